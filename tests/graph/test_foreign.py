"""A database that holds other data is left alone, unless told; then theirs is never touched."""

from __future__ import annotations

import pytest

from extract.errors import StoreError
from extract.records import Reading
from graph.doctor import PROBLEM, inspect
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.store import Store

THEIRS = "CREATE (:Person {name: 'Ada', id: 'x'})-[:KNOWS]->(:Movie {name: 'Volkswagen'})"


def _theirs(store: Store) -> list[dict[str, object]]:
    return [
        record.data()
        for record in store.read(
            "MATCH (a:Person)-[r:KNOWS]->(b:Movie) RETURN labels(a) AS a, properties(a) AS a_told, "
            "properties(r) AS r, labels(b) AS b, properties(b) AS b_told"
        )
    ]


def test_other_data_is_left_alone(store: Store, corpus: tuple[Reading, ...]) -> None:
    store.write(THEIRS)
    before = _theirs(store)
    with pytest.raises(StoreError, match="2 nodes of something else"):
        load(store, corpus)
    assert _theirs(store) == before
    assert store.read("MATCH (n) RETURN count(n) AS n")[0]["n"] == 2


def test_both_in_one_database_where_that_is_wanted(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    load(store, corpus)
    expected = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    store.write(THEIRS)
    before = _theirs(store)
    store.share = True
    try:
        load(store, corpus)
    finally:
        store.share = False
    assert list(dump(store)) == expected
    assert not [finding for finding in inspect(store) if finding.level == PROBLEM]
    load(store, corpus)  # it is known now: no need to say it again
    forget(store, [reading.document.id for reading in corpus])
    assert _theirs(store) == before


def test_nodes_with_our_labels_are_never_taken_for_ours(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    store.write("CREATE (:Document {name: 'theirs'})")
    store.share = True
    try:
        with pytest.raises(StoreError, match="labelled Document"):
            load(store, corpus)
    finally:
        store.share = False
    assert store.read("MATCH (d:Document) RETURN d.name AS name")[0]["name"] == "theirs"
