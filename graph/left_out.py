"""What could not be read: kept in the graph with the reason, until it is read after all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extract.records import Failure, content_id
from graph.schema import ensure_schema

if TYPE_CHECKING:
    from graph.store import Store

_BATCH = 1000
_NOTE = """
UNWIND $rows AS row MERGE (o:LeftOut {id: row.id})
SET o.source = row.source, o.status = row.status, o.reason = row.reason
"""
_CLEAR = "UNWIND $ids AS id MATCH (o:LeftOut {id: id}) DELETE o"
_LIST = """
MATCH (o:LeftOut)
RETURN o.source AS source, o.status AS status, o.reason AS reason ORDER BY source
"""


def note_left_out(store: Store, failures: Iterable[Failure]) -> None:
    """Keep which sources gave no document, and why. Raises StoreError."""
    rows = [
        {"id": _id(f.source), "source": f.source, "status": f.status, "reason": f.reason}
        for f in {failure.source: failure for failure in failures}.values()
    ]
    if rows:
        ensure_schema(store)
    for start in range(0, len(rows), _BATCH):
        store.write(_NOTE, {"rows": rows[start : start + _BATCH]})


def clear_left_out(store: Store, sources: Iterable[str]) -> None:
    """Take back what was noted of these sources: they are read now, or forgotten."""
    ids = sorted({_id(source) for source in sources})
    for start in range(0, len(ids), _BATCH):
        store.write(_CLEAR, {"ids": ids[start : start + _BATCH]})


def list_left_out(store: Store) -> tuple[Failure, ...]:
    """All that was left out, by source."""
    return tuple(Failure(r["source"], r["reason"], r["status"]) for r in store.read(_LIST))


def _id(source: str) -> str:
    return content_id("out", source)
