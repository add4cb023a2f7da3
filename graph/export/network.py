"""The network that most programs can hold: entities and the ties between them, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from graph.derive import UNCONFIRMED
from graph.resolution.asking import own_properties

if TYPE_CHECKING:
    from graph.store import Store

Row = dict[str, Any]

_ENTITIES = "MATCH (e:Entity) RETURN properties(e) AS properties ORDER BY e.id"
_TIES = """
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.status <> 'possible'
OPTIONAL MATCH (s:Statement {id: r.statements[0]})-[:STATED_IN]->(d:Document)
RETURN a.id AS source, a.name AS source_name, b.id AS target, b.name AS target_name,
       type(r) AS type, properties(r) AS properties, s.text AS sentence, d.title AS document
ORDER BY source, target, r.id
"""

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
    """Each entity: its id and what ENTITY_COLUMNS names, as far as it is known."""
    for record in store.stream(_ENTITIES):
        known = own_properties(record["properties"])
        known["aliases"] = "; ".join(known.get("aliases") or ())
        yield {"id": known["id"], **_chosen(known, ENTITY_COLUMNS)}


def stream_ties(store: Store, *, unconfirmed: bool = False) -> Iterator[Row]:
    """Each tie: id, source, target, the ends' names, and what TIE_COLUMNS names.

    Denied, rumoured and disputed ones only with ``unconfirmed``, under their own type, marked by
    their status.
    """
    for record in store.stream(_TIES):
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
        ends = {name: record[name] for name in ("source", "target", "source_name", "target_name")}
        yield {"id": known["id"], **ends, **_chosen(known, TIE_COLUMNS)}


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
