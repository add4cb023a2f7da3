"""The whole graph as sorted JSON lines, equal byte for byte on every engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.schema import KEYS

if TYPE_CHECKING:
    from graph.store import Store

_LABELS = KEYS.keys() - {"LeftOut", "PartnergraphSchema"}
_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
_TIES = """
MATCH (a)-[r]->(b)
RETURN labels(a) AS start_labels, a.id AS start_id, a.key AS start_key, type(r) AS type,
       labels(b) AS end_labels, b.id AS end_id, b.key AS end_key, properties(r) AS properties
"""


def dump(store: Store) -> Iterator[str]:
    """Lines of JSON: nodes {labels, properties}, then relationships {type, start, end,
    properties}, where start and end are the ids of the nodes. For comparing; nodes that are not
    partnergraph's are left out, and so are what was left out of the graph itself and how often
    that was changed."""
    yield from sorted(_node_lines(store))
    yield from sorted(_tie_lines(store))


def _node_lines(store: Store) -> Iterator[str]:
    for record in store.read(_NODES):
        if not _LABELS.isdisjoint(record["labels"]):
            yield node_line(record["labels"], record["properties"])


def _tie_lines(store: Store) -> Iterator[str]:
    for record in store.read(_TIES):
        ends = (record["start_labels"], record["end_labels"])
        if any(_LABELS.isdisjoint(labels) for labels in ends):
            continue
        start = record["start_id"] or record["start_key"]
        end = record["end_id"] or record["end_key"]
        yield tie_line(record["type"], start, end, record["properties"])


def node_line(labels: Iterable[str], properties: Mapping[str, Any]) -> str:
    """The line of a node."""
    return _line({"labels": sorted(labels), "properties": _plain(properties)})


def tie_line(type_: str, start: str, end: str, properties: Mapping[str, Any]) -> str:
    """The line of a relationship between nodes with these ids."""
    told = {"type": type_, "start": start, "end": end}
    return _line({**told, "properties": _plain(properties)})


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without the embedded engine's own @fields; whole numbers without a point."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in properties.items()
        if not name.startswith("@") and value is not None
    }
