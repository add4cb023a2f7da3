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


class Shelf:
    """The texts of one kind (``mentions`` by entity, ``claims`` by tie or deal), read and
    written in one transaction."""

    def __init__(self, tx: ManagedTransaction, kind: str) -> None:
        self.tx = tx
        self.kind = kind
        self.there: dict[str, str] = {}

    def read(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The texts of those ``ids`` that have one."""
        keys = {f"{self.kind}:{id_}": id_ for id_ in ids}
        found = {
            keys[row["key"]]: str(row["text"]) for row in ask(self.tx, cypher.DIGESTS, sorted(keys))
        }
        self.there |= found
        return found

    def write(self, texts: Mapping[str, str | None]) -> None:
        """Keep these texts, and drop where there is None; the ids were read before."""
        new, changed, gone = [], [], []
        for id_, text in sorted(texts.items()):
            row = {"key": f"{self.kind}:{id_}", "text": text}
            if text is None:
                gone += [row["key"]] if id_ in self.there else []
            elif id_ not in self.there:
                new.append(row)
            elif text != self.there[id_]:
                changed.append(row)
        tell(self.tx, cypher.CREATE_DIGESTS, "rows", new)
        tell(self.tx, cypher.SET_DIGESTS, "rows", changed)
        tell(self.tx, cypher.DELETE_DIGESTS, "keys", gone)
