"""What the reader is too unsure of to call a tie: kept, and counted for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.records import Reading
from graph.doctor import PROBLEM, WARN, inspect
from graph.documents import list_documents
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.network import to_networkx
from graph.store import Store
from graph.summary import summarise

Make = Callable[..., Reading]


@pytest.fixture
def doubt(reading: Make) -> Reading:
    """A document with a possible tie that is a deal, and nothing else."""
    return reading(
        "Alpha, it seems, supplies Beta.",
        [
            (
                "Alpha",
                "SUPPLIES",
                "Beta",
                {"modality": "possible", "confidence": 0.3, "since": "2001"},
            )
        ],
        date="2025",
    )


@pytest.fixture
def statement(reading: Make) -> Reading:
    """A document that states this tie."""
    return reading("Alpha supplies Beta.", [("Alpha", "SUPPLIES", "Beta")], date="2024")


def _rows(store: Store, cypher: str) -> list[dict[str, Any]]:
    return [record.data() for record in store.read(cypher)]


def test_a_possible_tie_is_kept_and_listed(store: Store, doubt: Reading) -> None:
    load(store, [doubt])
    assert _rows(
        store,
        "MATCH (a:Entity)-[t:UNCONFIRMED {status: 'possible'}]->(b:Entity) "
        "MATCH (s:Statement {tie: t.id}) "
        "RETURN a.name AS a, t.type AS type, b.name AS b, t.confidence AS sure, s.text AS text",
    ) == [
        {
            "a": "Alpha",
            "type": "SUPPLIES",
            "b": "Beta",
            "sure": 0.3,
            "text": "Alpha, it seems, supplies Beta.",
        }
    ]
    assert not _rows(store, "MATCH (:Entity)-[t:SUPPLIES]->(:Entity) RETURN t.id AS id")


def test_a_possible_tie_is_counted_apart(store: Store, doubt: Reading) -> None:
    load(store, [doubt])
    found = summarise(store)
    assert (found.statements, found.partnerships, found.possible) == (0, 0, 1)
    assert found.sentence().endswith("0 partnerships, 0 statements, 1 possible tie")
    assert [row.statements for row in list_documents(store)] == [0]
    findings = inspect(store)
    assert not [finding for finding in findings if finding.level == PROBLEM]
    assert "0 statements, 0 partnerships, 1 possible ties" in "\n".join(f.text for f in findings)
    (silent,) = (f for f in findings if "no statement was found" in f.text)
    assert (silent.level, silent.text[:11]) == (WARN, "1 documents")


def test_a_possible_tie_is_no_edge_for_networkx(store: Store, doubt: Reading) -> None:
    load(store, [doubt])
    assert to_networkx(store, unconfirmed=True).number_of_edges() == 0


def test_a_second_document_that_states_it_makes_it_real(
    store: Store, doubt: Reading, statement: Reading
) -> None:
    load(store, [doubt])
    load(store, [statement])
    tie = "t.status AS status, t.confidence AS sure, t.since AS since, t.documents AS documents"
    assert _rows(store, f"MATCH (:Entity)-[t:SUPPLIES]->(:Entity) RETURN {tie}") == [
        {"status": "in_effect", "sure": 0.8, "since": None, "documents": 1}
    ]
    assert not _rows(store, "MATCH (:Entity)-[t:UNCONFIRMED]->(:Entity) RETURN t.id AS id")
    assert _rows(store, "MATCH (p:Partnership) RETURN p.status AS status, p.documents AS n") == [
        {"status": "in_effect", "n": 1}
    ]
    assert len(_rows(store, "MATCH (s:Statement {status: 'possible'}) RETURN s.id AS id")) == 1
    found = summarise(store)
    assert (found.statements, found.partnerships, found.possible) == (1, 1, 0)


def test_it_is_possible_again_without_that_document(
    store: Store, doubt: Reading, statement: Reading
) -> None:
    load(store, [doubt])
    before = list(dump(store))
    load(store, [statement])
    forget(store, [statement.document.id])
    assert list(dump(store)) == before


def test_a_possible_site_is_no_place_of_a_real_deal(store: Store, reading: Make) -> None:
    real = reading("Alpha with Beta.", [("Alpha", "PARTNERS_WITH", "Beta")])
    options = {"modality": "possible", "site": "Hefei"}
    doubt = reading(
        "Alpha, Beta: Hefei?", [("Alpha", "PARTNERS_WITH", "Beta", options)], names=["Hefei"]
    )
    load(store, [doubt])
    sited = "MATCH (:Partnership)-[:SITED_IN]->(place:Place) RETURN place.name AS place"
    assert _rows(store, sited) == [{"place": "Hefei"}]
    load(store, [real])
    assert not _rows(store, sited)
