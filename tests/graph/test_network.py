"""The graph for networkx."""

from __future__ import annotations

from extract.records import Reading
from graph.load import load
from graph.network import to_networkx
from graph.store import Store


def test_entities_and_real_ties(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    network = to_networkx(store)
    names = dict(network.nodes(data="name"))
    ties = {
        (*sorted((names[head], names[tail])), type_)
        for head, tail, type_ in network.edges(keys=True)
    }
    assert ("Hefei", "Volkswagen", "FACILITY_IN") in ties
    assert not [tie for tie in ties if tie[2] in ("ACQUIRED", "UNCONFIRMED")]
    assert {kind for _, kind in network.nodes(data="kind")} >= {"Firm", "City", "Group", "Person"}


def test_unconfirmed_ties_on_request(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    statuses = {
        status
        for *_, type_, status in to_networkx(store, unconfirmed=True).edges(
            keys=True, data="status"
        )
        if type_.startswith("tie-")
    }
    assert statuses == {"denied", "disputed"}
