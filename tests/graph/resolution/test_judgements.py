"""Judgements: kept, applied whenever, undone without a trace, never contradictory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.errors import QueryError
from extract.records import Reading
from graph.dump import dump
from graph.load import load
from graph.resolution.judgements import Judged, Judgement, judge, list_judgements, undo
from graph.store import Store

Make = Callable[..., Reading]


def _same(one: str, other: str, time: str = "2026-01-01") -> Judgement:
    return _judgement("same", one, other, time)


def _different(one: str, other: str, time: str = "2026-01-01") -> Judgement:
    return _judgement("different", one, other, time)


def _judgement(verdict: str, one: str, other: str, time: str) -> Judgement:
    sides = (Judged("ORG", one), Judged("ORG", other))
    return Judgement(verdict, *sides, by="ann", time=time, action=f"{time}{one}{other}")


def _firms(store: Store) -> list[list[str]]:
    rows = store.read("MATCH (e:Entity) RETURN e.name AS name, e.aliases AS aliases ORDER BY name")
    return [[row["name"], *row["aliases"]] for row in rows]


@pytest.fixture
def texts(reading: Make) -> list[Reading]:
    return [
        reading("Zephyr works with Beta.", [("Zephyr", "PARTNERS_WITH", "Beta")], date="2025"),
        reading("Quorum works with Beta.", [("Quorum", "PARTNERS_WITH", "Beta")], date="2024"),
        reading("Quorum again.", names=["Quorum"]),
    ]


def test_merged_names_share_one_node_and_one_tie(store: Store, texts: list[Reading]) -> None:
    load(store, texts)
    judge(store, [_same("Zephyr", "Quorum")])
    assert _firms(store) == [["Beta"], ["Quorum", "Zephyr"]]
    (tie,) = store.read("MATCH ()-[t:PARTNERS_WITH]->() RETURN t.documents AS documents")
    assert tie["documents"] == 2
    (deal,) = store.read("MATCH (p:Partnership) RETURN p.title AS title")
    assert sorted(deal["title"].partition(" (")[0].split(" – ")) == ["Beta", "Quorum"]


def test_it_does_not_matter_whether_judgement_or_document_came_first(
    store: Store, texts: list[Reading]
) -> None:
    load(store, texts)
    judge(store, [_same("Zephyr", "Quorum")])
    graph = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    judge(store, [_same("Zephyr", "Quorum")])
    load(store, texts[::-1], batch_size=1)
    assert list(dump(store)) == graph


def test_undo_restores_exactly_what_was_there(store: Store, texts: list[Reading]) -> None:
    load(store, texts)
    graphs = [list(dump(store))]
    judge(store, [_same("Zephyr", "Quorum", "2026-01-01")])
    graphs.append(list(dump(store)))
    judge(store, [_same("Beta", "Gamma", "2026-01-02")])
    assert [str(item) for item in undo(store)] == ["Beta = Gamma (ann, 2026-01-02)"]
    assert list(dump(store)) == graphs[1]
    undo(store)
    assert list(dump(store)) == graphs[0]


def test_what_ties_the_two_that_are_merged_is_kept_and_draws_nothing(
    store: Store, reading: Make
) -> None:
    load(store, [reading("Zephyr with Quorum.", [("Zephyr", "PARTNERS_WITH", "Quorum")])])
    graph = list(dump(store))
    judge(store, [_same("Zephyr", "Quorum")])
    assert not store.read("MATCH (:Entity)-[t]->(:Entity) RETURN t")
    assert not store.read("MATCH (p:Partnership) RETURN p")
    assert len(store.read("MATCH (s:Statement) RETURN s")) == 1
    undo(store)
    assert list(dump(store)) == graph


def test_a_name_between_two_that_no_document_speaks_of_joins_them(
    store: Store, texts: list[Reading]
) -> None:
    load(store, texts)
    judge(store, [_same("Zephyr", "Nobody yet"), _same("Nobody yet", "Quorum")])
    assert _firms(store) == [["Beta"], ["Quorum", "Zephyr"]]


def test_a_contradiction_is_refused_with_the_chain(store: Store, texts: list[Reading]) -> None:
    load(store, texts)
    judge(store, [_same("A", "B", "2026-01-01"), _same("B", "C", "2026-01-02")])
    graph = list(dump(store))
    with pytest.raises(QueryError) as refused:
        judge(store, [_different("A", "C", "2026-01-03")])
    assert str(refused.value).startswith(
        "A ≠ C contradicts what is judged: A = B (ann, 2026-01-01); B = C (ann, 2026-01-02)."
    )
    assert list(dump(store)) == graph


def test_the_last_link_of_a_chain_is_refused_too(store: Store) -> None:
    judge(store, [_different("A", "C"), _same("A", "B")])
    with pytest.raises(QueryError, match=r"^C = B contradicts what is judged: .*A ≠ C"):
        judge(store, [_same("C", "B", "2026-02-01")])


def test_judging_otherwise_is_refused_until_it_is_undone(store: Store) -> None:
    judge(store, [_same("A", "B")])
    with pytest.raises(QueryError, match=r"B ≠ A contradicts"):
        judge(store, [_different("B", "A", "2026-02-01")])
    undo(store)
    assert judge(store, [_different("A", "B")])


def test_judging_the_same_again_changes_nothing(store: Store) -> None:
    first = judge(store, [_same("A", "B")])
    assert judge(store, [_same("B", "A", "2027-01-01")]) == []
    assert list_judgements(store) == first


def test_one_name_can_not_be_told_from_itself(store: Store) -> None:
    with pytest.raises(QueryError, match="one name"):
        judge(store, [_different("Zephyr", "Zephyr AG")])


def test_undo_of_nothing_says_so(store: Store) -> None:
    with pytest.raises(QueryError, match="no judgement to undo"):
        undo(store)
    with pytest.raises(QueryError, match="no action 'act-1'"):
        undo(store, "act-1")
