"""Organisations that occur in several documents under different names end as one node each.

The names are in corpus/organisations.csv, written for this test: real and invented bearers,
with others beside them whose names are nearly the same. Each name has a document of its own.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from extract.records import Document, Entity, Mention, Reading, document_id
from graph.load import load
from graph.store import Store

CORPUS = Path(__file__).parent / "corpus" / "organisations.csv"
_WHO = """
MATCH (r:Reference)-[:REFERS_TO]->(e:Entity) RETURN r.names AS names, r.name AS name, e.id AS entity
"""


def test_names_of_one_come_together_and_names_of_two_never(embedded_store: Store) -> None:
    bearers = _bearers()
    load(embedded_store, [_naming(name) for names in bearers.values() for name in names])
    entity: dict[str, str] = {}
    for row in embedded_store.read(_WHO):
        entity |= dict.fromkeys((row["name"], *row["names"]), row["entity"])
    whose: dict[str, set[str]] = defaultdict(set)
    for who, names in bearers.items():
        for name in names:
            whose[entity[name]].add(who)
    assert not [sorted(mixed) for mixed in whose.values() if len(mixed) > 1]
    several = {who: names for who, names in bearers.items() if len(names) > 1}
    torn = [who for who, names in several.items() if len({entity[n] for n in names}) > 1]
    assert len(torn) <= 0.1 * len(several), torn


def _bearers() -> dict[str, list[str]]:
    rows = list(csv.DictReader(CORPUS.read_text(encoding="utf-8").splitlines()))
    assert not [who for who, count in Counter(row["who"] for row in rows).items() if count > 1]
    return {row["who"]: row["names"].split("|") for row in rows}


def _naming(name: str) -> Reading:
    text = f"{name} spoke."
    entity = Entity("e0", "ORG", "firm", name, mentions=(Mention(0, len(name), name),))
    return Reading(Document(document_id(text), text, text), (entity,))
