"""Asking a transaction in parts that no engine finds too large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

CHUNK = 5000  # rows a query


def ask(
    tx: ManagedTransaction, query: str, ids: Sequence[str], **parameters: Any
) -> Iterator[dict[str, Any]]:
    """The rows of ``query`` for its parameter ``ids``."""
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        result = tx.run(query, {"ids": part, **parameters})
        names = result.keys()
        # Records of plain values only: their own ``data()`` looks into each for nodes.
        yield from [dict(zip(names, record.values(), strict=True)) for record in result]


def tell(tx: ManagedTransaction, query: str, name: str, values: Sequence[Any]) -> None:
    """Run a writing query for ``values``, as its parameter ``name``."""
    for start in range(0, len(values), CHUNK):
        tx.run(query, {name: list(values[start : start + CHUNK])}).consume()


def own_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without the embedded engine's own @fields."""
    return {name: value for name, value in properties.items() if not name.startswith("@")}
