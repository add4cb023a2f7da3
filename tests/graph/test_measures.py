"""Measures kept beside entities: written whole, and gone with the next change of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import StoreError
from extract.records import Reading
from graph.backup import backup, restore, verify
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.measures import Measure, count_changes, list_measures, write_measure
from graph.store import Store

WEIGHT = Measure("weight", "Weight", "As told.", "2025", 2, "a test", "2025-01-02T03:04:05Z")


@pytest.fixture
def measured(store: Store, corpus: tuple[Reading, ...]) -> dict[str, float]:
    """The graph of the corpus, of which two entities were measured: their values by id."""
    load(store, corpus[:4])
    rows = store.read("MATCH (e:Firm) RETURN e.id AS id ORDER BY id LIMIT 2")
    values = {row["id"]: number + 0.5 for number, row in enumerate(rows)}
    write_measure(store, WEIGHT, values, changes=count_changes(store))
    return values


def values_in(store: Store) -> dict[str, float]:
    rows = store.read(
        "MATCH (e:Entity) WHERE e.weight IS NOT NULL RETURN e.id AS id, e.weight AS w"
    )
    return {row["id"]: row["w"] for row in rows}


def test_values_and_where_they_are_from_are_kept(store: Store, measured: dict[str, float]) -> None:
    assert values_in(store) == measured
    assert list_measures(store) == [WEIGHT]


def test_a_second_measuring_takes_the_place_of_the_first(
    store: Store, measured: dict[str, float]
) -> None:
    one = min(measured)
    write_measure(store, WEIGHT, {one: 9.0}, changes=count_changes(store))

    assert values_in(store) == {one: 9.0}
    assert list_measures(store) == [WEIGHT]


def test_loading_the_same_again_leaves_them(
    store: Store, measured: dict[str, float], corpus: tuple[Reading, ...]
) -> None:
    load(store, corpus[:4])

    assert values_in(store) == measured


@pytest.mark.usefixtures("measured")
def test_another_document_takes_them_away(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)

    assert values_in(store) == {}
    assert list_measures(store) == []


@pytest.mark.usefixtures("measured")
def test_what_is_changed_afterwards_is_as_if_never_measured(
    store: Store, corpus: tuple[Reading, ...], tmp_path: Path
) -> None:
    forget(store, [corpus[0].document.id])

    with Store.open(tmp_path / "never.db") as never:
        load(never, corpus[1:4])
        assert list(dump(store)) == list(dump(never))


def test_a_graph_that_changed_meanwhile_is_not_written(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    load(store, corpus[:2])
    before = count_changes(store)
    load(store, corpus[:3])

    with pytest.raises(StoreError, match="measure it once more"):
        write_measure(store, WEIGHT, {}, changes=before)
    assert list_measures(store) == []


def test_no_property_makes_a_statement(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus[:1])
    hostile = Measure("x = 1 DETACH DELETE e //", "", "", "", 0, "", "")

    with pytest.raises(StoreError, match="is no property of a measure"):
        write_measure(store, hostile, {}, changes=count_changes(store))


def test_a_backup_holds_them(store: Store, measured: dict[str, float], tmp_path: Path) -> None:
    backup(store, tmp_path / "graph.backup.gz")
    with Store.open(tmp_path / "other.db", restoring=True) as other:
        restore(other, verify(tmp_path / "graph.backup.gz"))
        assert values_in(other) == measured
        assert list_measures(other) == [WEIGHT]
