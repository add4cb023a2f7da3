"""How much is in a graph: documents, entities by kind, partnerships, statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.ontology import ontology

if TYPE_CHECKING:
    from graph.store import Store

_KINDS = "MATCH (e:Entity) RETURN e.kind AS kind, count(e) AS number"
_COUNTS = {
    "documents": "MATCH (n:Document) RETURN count(n) AS number",
    "statements": "MATCH (n:Statement) WHERE n.status <> 'possible' RETURN count(n) AS number",
    "partnerships": "MATCH (n:Partnership) WHERE n.status <> 'possible' RETURN count(n) AS number",
    "possible": (
        "MATCH (:Entity)-[r:UNCONFIRMED {status: 'possible'}]->(:Entity) RETURN count(r) AS number"
    ),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts; ``kinds`` maps kinds of the ontology, in its order, to numbers of entities.

    ``possible`` are ties that the reader is unsure of; they are in none of the other numbers.
    """

    documents: int
    statements: int
    partnerships: int
    kinds: Mapping[str, int]
    possible: int = 0

    def sentence(self) -> str:
        """The counts in one line for people."""
        counts = [
            (self.documents, "document", "documents"),
            (sum(self.kinds.values()), "entity", "entities"),
            (self.partnerships, "partnership", "partnerships"),
            (self.statements, "statement", "statements"),
        ]
        if self.possible:
            counts.append((self.possible, "possible tie", "possible ties"))
        return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts)


def summarise(store: Store) -> Summary:
    """Count what the graph holds."""
    counts = {name: int(store.read(cypher)[0]["number"]) for name, cypher in _COUNTS.items()}
    found = {row["kind"]: int(row["number"]) for row in store.read(_KINDS)}
    kinds = {name: found[name] for name in ontology().kinds if name in found}
    return Summary(**counts, kinds=kinds)
