"""The documents in a graph: what came out of each, and taking them out by id or source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from extract.errors import QueryError, StoreError
from extract.records import Failure
from graph.forget import forget
from graph.left_out import clear_left_out, list_left_out

if TYPE_CHECKING:
    from graph.store import Store

LOADED = "loaded"
STATUSES = (LOADED, "skipped", "failed")

_LIST = """
MATCH (d:Document)
RETURN d.id AS id, d.date AS date, d.title AS title, d.publisher AS publisher,
       d.source AS source, d.words AS words, coalesce(d.story, d.id) AS story,
       COUNT { (d)-[:MENTIONS]->() } AS entities,
       COUNT { MATCH (d)<-[:STATED_IN]-(s:Statement) WHERE s.status <> 'possible' } AS statements
ORDER BY date, title, id
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and what became of it: ``status`` is "loaded", "skipped" or "failed", and
    ``reason`` says why, where there is something to say.

    Of a loaded one: how many entities and statements (no possible ones) it gave, and its
    ``story``, one for all near-copies. The others have only a source.
    """

    id: str
    date: str
    title: str
    publisher: str
    source: str
    words: int
    entities: int
    statements: int
    story: str
    status: str = LOADED
    reason: str = ""

    def to_dict(self) -> dict[str, str | int]:
        """The row for a program to read."""
        return asdict(self)


def list_documents(store: Store, status: str = "", match: str = "") -> tuple[DocumentRow, ...]:
    """The documents by date, then those that were left out, by source.

    ``status`` keeps those that have it, ``match`` those with these letters in the source, the
    title or the id, in any case. Raises QueryError for a status that there is not.
    """
    if status and status not in STATUSES:
        raise QueryError(f"no document has the status {status!r}: use {', '.join(STATUSES)}")
    loaded = [DocumentRow(**record.data()) for record in store.read(_LIST)]
    titles = {row.id: row.title or row.source or row.id for row in loaded}
    rows = [replace(row, reason=_reason(row, titles)) for row in loaded]
    for failure in list_left_out(store):
        rows.append(_left_out_row(failure))
    wanted = match.casefold()
    return tuple(
        row
        for row in rows
        if (not status or row.status == status)
        and any(wanted in text.casefold() for text in (row.source, row.title, row.id))
    )


def _reason(row: DocumentRow, titles: Mapping[str, str]) -> str:
    told = [] if row.statements else ["no statement found"]
    if row.story != row.id:
        told.append(f"near-copy of {titles.get(row.story, row.story)}")
    return "; ".join(told)


def _left_out_row(failure: Failure) -> DocumentRow:
    source, reason = failure.source, failure.reason
    return DocumentRow("", "", "", "", source, 0, 0, 0, "", failure.status, reason)


def forget_documents(store: Store, names: Iterable[str]) -> tuple[str, ...]:
    """Take out the documents with these ids or sources; returns the ids that were there, or
    the sources of what had been left out.

    A source may be given as it was read, or by its last parts ("article.txt").
    Raises StoreError, before anything is changed, where a name fits no document.
    """
    known = list_documents(store)
    chosen: dict[str, DocumentRow] = {}
    for name in names:
        fitting = [row for row in known if name == row.id or _ends(row.source, name)]
        if not fitting:
            raise StoreError(
                f"no document {name!r} in this graph; `partnergraph documents` lists them"
            )
        chosen |= {row.id or row.source: row for row in fitting}
    forget(store, [row.id for row in chosen.values() if row.id])
    clear_left_out(store, [row.source for row in chosen.values() if not row.id])
    return tuple(chosen)


def _ends(source: str, name: str) -> bool:
    """Whether a path ends in these parts: "news/a.txt" in "a.txt"."""
    return f"/{source}".endswith(f"/{name.removeprefix('./').removeprefix('/')}")
