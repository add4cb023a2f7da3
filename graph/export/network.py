"""The network that most programs can hold: entities and the ties between them, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from graph.derive import UNCONFIRMED
from graph.resolution.asking import own_properties

if TYPE_CHECKING:
    from neo4j import Record

    from graph.store import Store

Row = dict[str, Any]

BATCH = 500  # names asked for at once
_IDS = "MATCH (e:Entity) RETURN e.id AS id"
_ENTITIES = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, properties(e) AS properties"
_TIES = """
UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity)
WHERE r.status <> 'possible'
OPTIONAL MATCH (s:Statement {id: r.statements[0]})-[:STATED_IN]->(d:Document)
RETURN r.id AS id, a.id AS source, a.name AS source_name, a.kind AS source_kind,
       b.id AS target, b.name AS target_name, b.kind AS target_kind,
       type(r) AS type, properties(r) AS properties, s.text AS sentence, d.title AS document
"""
_TIE_ORDER = ("source", "target", "id")
_ENDS = ("source", "target", "source_name", "target_name", "source_kind", "target_kind")

ENTITY_COLUMNS: Mapping[str, type] = {
    "name": str,
    "kind": str,
    "aliases": str,
    "country": str,
    "documents": int,
    "mentions": int,
}
"""What an export tells of an entity besides its id."""

TIE_COLUMNS: Mapping[str, type] = {
    "type": str,
    "label": str,
    "status": str,
    "kind": str,
    "role": str,
    "since": str,
    "until": str,
    "stake": str,
    "amount": float,
    "currency": str,
    "amount_text": str,
    "confidence": float,
    "documents": int,
    "sentence": str,
    "document": str,
}
"""What it tells of a tie: one of its sentences, and the document of that."""


def stream_entities(store: Store) -> Iterator[Row]:
    """Each entity, by id: its id, its other_names (a list), and what ENTITY_COLUMNS names, as far
    as it is known."""
    for record in in_batches(store, _ENTITIES, sorted_ids(store, _IDS), "id"):
        known = own_properties(record["properties"])
        others = list(known.get("aliases") or ())
        known["aliases"] = "; ".join(others)
        yield {"id": known["id"], "other_names": others, **_chosen(known, ENTITY_COLUMNS)}


def stream_ties(store: Store, *, unconfirmed: bool = False) -> Iterator[Row]:
    """Each tie, by source and target: id, source, target, the ends' names and kinds, and what
    TIE_COLUMNS names.

    Denied, rumoured and disputed ones only with ``unconfirmed``, under their own type, marked by
    their status.
    """
    for record in in_batches(store, _TIES, sorted_ids(store, _IDS), *_TIE_ORDER):
        known = own_properties(record["properties"])
        if record["type"] == UNCONFIRMED and not unconfirmed:
            continue
        type_ = known.get("type") if record["type"] == UNCONFIRMED else record["type"]
        relation = ontology().relations.get(str(type_))
        known |= {
            "type": type_,
            "label": relation.label if relation else str(type_),
            "sentence": record["sentence"],
            "document": record["document"],
        }
        ends = {name: record[name] for name in _ENDS}
        yield {"id": known["id"], **ends, **_chosen(known, TIE_COLUMNS)}


def sorted_ids(store: Store, query: str) -> list[str]:
    """The ids that ``query`` returns, sorted here: an engine that sorts whole rows holds them."""
    return sorted(record["id"] for record in store.stream(query))


def in_batches(store: Store, query: str, ids: Sequence[str], *order: str) -> Iterator[Record]:
    """The records of ``query`` for its parameter ``ids``, BATCH of them at a time, each batch
    sorted by the columns of ``order``: memory holds the ids, and one batch."""
    for start in range(0, len(ids), BATCH):
        found = store.stream(query, {"ids": list(ids[start : start + BATCH])})
        yield from sorted(found, key=itemgetter(*order))


def is_symmetric(type_: str) -> bool:
    """Whether a tie of this type reads the same from either end."""
    relation = ontology().relations.get(type_)
    return bool(relation and relation.symmetric)


def _chosen(known: Mapping[str, Any], columns: Mapping[str, type]) -> Row:
    """These properties where they are known, as their types."""
    return {
        name: kind(known[name])
        for name, kind in columns.items()
        if known.get(name) is not None and known[name] != ""
    }
