"""A graph that an earlier version wrote becomes what this one would have written."""

from __future__ import annotations

from extract.records import Reading
from graph.dump import dump
from graph.load import load
from graph.schema import ensure_schema
from graph.store import Store

_NEW = ("subject_reference", "object_reference", "site_reference", "pair", "deal_parties")


def test_a_graph_of_version_1_is_brought_up_to_date(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    apart = [reading for reading in corpus if "Volkswagen AG" not in reading.document.text]
    load(store, apart)
    expected = list(dump(store))
    removed = ", ".join(f"s.{name}" for name in (*_NEW, "deal_sites"))
    store.write(f"MATCH (s:Statement) REMOVE {removed}")
    store.write("MATCH (r:Reference) DETACH DELETE r")
    store.write("MATCH (b:Block) DETACH DELETE b")
    store.write("MATCH (v:PartnergraphSchema) SET v.version = 1")
    ensure_schema(store)
    assert list(dump(store)) == expected
