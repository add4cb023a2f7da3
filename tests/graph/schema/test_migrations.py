"""A graph that an earlier version wrote becomes what this one would have written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.records import Reading
from graph.dump import dump
from graph.load import load
from graph.schema import VERSION, check_version, ensure_schema
from graph.schema.migrations import migrations
from graph.store import Store

_NEW_IN_2 = ("subject_reference", "object_reference", "site_reference", "pair", "deal_parties")


def _back_to_4(store: Store) -> None:
    store.write("MATCH (v:PartnergraphSchema) REMOVE v.changes SET v.version = 4")


def _back_to_3(store: Store) -> None:
    _back_to_4(store)
    store.write("MATCH (p:Place) REMOVE p.country")
    store.write("MATCH (v:PartnergraphSchema) SET v.version = 3")


def _back_to_2(store: Store) -> None:
    _back_to_3(store)
    store.write("MATCH (k:Sketch) DETACH DELETE k")
    store.write("MATCH (k:Digest) DETACH DELETE k")
    store.write("MATCH (:Document)-[r:SAME_STORY_AS]->() DELETE r")
    store.write("MATCH (d:Document) REMOVE d.story SET d.fingerprint = '2-' + d.fingerprint")
    store.write("MATCH (v:PartnergraphSchema) SET v.version = 2")


def _back_to_1(store: Store) -> None:
    _back_to_2(store)
    removed = ", ".join(f"s.{name}" for name in (*_NEW_IN_2, "deal_sites"))
    store.write(f"MATCH (s:Statement) REMOVE {removed}")
    store.write("MATCH (r:Reference) DETACH DELETE r")
    store.write("MATCH (b:Block) DETACH DELETE b")
    store.write("MATCH (v:PartnergraphSchema) SET v.version = 1")


BACK: dict[int, Callable[[Store], None]] = {
    1: _back_to_1,
    2: _back_to_2,
    3: _back_to_3,
    4: _back_to_4,
}


def _lines(store: Store) -> list[str]:
    """The dump without what is made of texts, which a graph of old does not hold."""
    return [
        line
        for line in dump(store)
        if '"labels":["Sketch"]' not in line and '"labels":["Document"]' not in line
    ]


def test_there_is_a_migration_from_each_version() -> None:
    assert list(migrations()) == list(range(2, VERSION + 1))
    assert list(BACK) == list(range(1, VERSION))


@pytest.mark.parametrize("version", BACK)
def test_an_older_graph_is_brought_up_to_date(
    store: Store, corpus: tuple[Reading, ...], version: int
) -> None:
    apart = [reading for reading in corpus if "Volkswagen AG" not in reading.document.text]
    load(store, apart)
    expected, whole = _lines(store), list(dump(store))
    BACK[version](store)
    ensure_schema(store)
    assert check_version(store) == VERSION
    assert _lines(store) == expected
    assert not store.read("MATCH (d:Document) WHERE d.story IS NULL RETURN d")
    load(store, apart)
    assert list(dump(store)) == whole
