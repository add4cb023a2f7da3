"""The documents in a graph: what came out of each, and taking them out by id or source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph.forget import forget

if TYPE_CHECKING:
    from graph.store import Store

_LIST = """
MATCH (d:Document)
RETURN d.id AS id, d.date AS date, d.title AS title, d.publisher AS publisher,
       d.source AS source, d.words AS words,
       COUNT { (d)-[:MENTIONS]->() } AS entities,
       COUNT { MATCH (d)<-[:STATED_IN]-(s:Statement) WHERE s.status <> 'possible' } AS statements
ORDER BY date, title, id
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A loaded document and how many entities and statements (no possible ones) it gave."""

    id: str
    date: str
    title: str
    publisher: str
    source: str
    words: int
    entities: int
    statements: int

    def to_dict(self) -> dict[str, str | int]:
        """The row for a program to read."""
        return asdict(self)


def list_documents(store: Store) -> tuple[DocumentRow, ...]:
    """All documents in the graph, by date."""
    return tuple(DocumentRow(**record.data()) for record in store.read(_LIST))


def forget_documents(store: Store, names: Iterable[str]) -> tuple[str, ...]:
    """Take out the documents with these ids or sources; returns the ids that were there.

    A source may be given as it was read, or by its last parts ("article.txt").
    Raises StoreError, before anything is changed, where a name fits no document.
    """
    known = list_documents(store)
    chosen: list[str] = []
    for name in names:
        fitting = [row.id for row in known if name == row.id or _ends(row.source, name)]
        if not fitting:
            raise StoreError(
                f"no document {name!r} in this graph; `partnergraph documents` lists them"
            )
        chosen += [found for found in fitting if found not in chosen]
    forget(store, chosen)
    return tuple(chosen)


def _ends(source: str, name: str) -> bool:
    """Whether a path ends in these parts: "news/a.txt" in "a.txt"."""
    return f"/{source}".endswith(f"/{name.removeprefix('./').removeprefix('/')}")
