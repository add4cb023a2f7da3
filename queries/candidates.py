"""Who goes by a name, where that is more than one, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.ontology import ontology

if TYPE_CHECKING:
    from graph.store import Store

_NAMED = """
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(e:Entity)
OPTIONAL MATCH (e)-[tie:HEADQUARTERED_IN|LOCATED_IN]->(place:Entity)
WHERE tie.status IN ['in_effect', 'announced']
WITH e, place ORDER BY place.name
RETURN e.name AS name, e.kind AS kind, e.country AS country, e.documents AS documents,
       collect(DISTINCT place.name) AS places
ORDER BY documents DESC, name, kind
"""
_TOLD = 5  # of them, and of the places of each two


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who goes by a name: the own name, kind, where it is, how many documents name it."""

    name: str
    kind: str
    places: tuple[str, ...]
    documents: int

    def __str__(self) -> str:
        kinds = ontology().kinds
        kind = kinds[self.kind].title.lower() if self.kind in kinds else self.kind
        number = f"{self.documents:,} document{'' if self.documents == 1 else 's'}"
        return f"{self.name} ({', '.join((kind, *self.places[:2], number))})"


def find_candidates(store: Store, name: str) -> list[Candidate]:
    """All who go by ``name`` (case is ignored), those of most documents first."""
    return [
        Candidate(
            row["name"],
            row["kind"],
            tuple(filter(None, (row["country"], *row["places"]))),
            int(row["documents"]),
        )
        for row in store.read(_NAMED, {"name": name})
    ]


def word_candidates(name: str, found: list[Candidate]) -> str:
    """What to tell who asked for ``name``; "" where only one goes by it."""
    if len(found) < 2:
        return ""
    told = "; ".join(str(one) for one in found[:_TOLD])
    more = f"; and {len(found) - _TOLD:,} more" if len(found) > _TOLD else ""
    return f"{name!r} is the name of {len(found):,}, and all of them were asked for: {told}{more}."
