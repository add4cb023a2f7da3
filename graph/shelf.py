"""The shelf: digests and tallies that are kept in the graph, a text each.

Of what few documents speak, they are made anew from these documents; what many speak of has
its text here, so that loading one more document need not read them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph import cypher
from graph.resolution.asking import ask, tell

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

KEPT_ABOVE = 8
"""Documents or claims from which on a text is kept."""

MENTIONS, CLAIMS = "mentions", "claims"


def shelf_key(kind: str, id_: str) -> str:
    """Under which key the text of ``id_`` is kept."""
    return f"{kind}:{id_}"


def digest_row(kind: str, id_: str, text: str) -> dict[str, str]:
    """The properties of a text's node."""
    return {"key": shelf_key(kind, id_), "text": text}


class Shelf:
    """The texts of one kind (``mentions`` by entity, ``claims`` by tie or deal), read and
    written in one transaction."""

    def __init__(self, tx: ManagedTransaction, kind: str) -> None:
        self.tx = tx
        self.kind = kind
        self.there: dict[str, str] = {}

    def read(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The texts of those ``ids`` that have one."""
        keys = {shelf_key(self.kind, id_): id_ for id_ in ids}
        found = {
            keys[row["key"]]: str(row["text"]) for row in ask(self.tx, cypher.DIGESTS, sorted(keys))
        }
        self.there |= found
        return found

    def write(self, texts: Mapping[str, str | None]) -> None:
        """Keep these texts, and drop where there is None; the ids were read before."""
        new, changed, gone = [], [], []
        for id_, text in sorted(texts.items()):
            if text is None:
                gone += [shelf_key(self.kind, id_)] if id_ in self.there else []
                continue
            row = digest_row(self.kind, id_, text)
            if id_ not in self.there:
                new.append(row)
            elif text != self.there[id_]:
                changed.append(row)
        tell(self.tx, cypher.CREATE_DIGESTS, "rows", new)
        tell(self.tx, cypher.SET_DIGESTS, "rows", changed)
        tell(self.tx, cypher.DELETE_DIGESTS, "keys", gone)
