"""The pairs of names that resolution is least sure of, with what documents say of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.resolution import cypher
from graph.resolution.clusters import Pair, pair
from graph.resolution.evidence import gather
from graph.resolution.judgements import Judged
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.pool import Pool
from graph.resolution.references import Reference
from graph.resolution.resolve import read_joins, why
from graph.resolution.weights import weights
from graph.resolution.witness import Witness

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

_AT_ONCE = 20_000  # pairs of names that are compared in one go
_SENTENCES = 3
_MOST_WEIGHED = 2000  # pairs that evidence is gathered for, the least sure by name
_SAID_OF = """
MATCH (:Reference {id: $id})<-[:USES]-(d:Document)
OPTIONAL MATCH (d)<-[:STATED_IN]-(s:Statement)
WHERE s.subject_reference = $id OR s.object_reference = $id
RETURN DISTINCT s.text AS text, d.title AS title, d.date AS date
ORDER BY text IS NULL, date DESC, title, text
LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two names: what is judged, its kind, in how many documents, and what they say."""

    judged: Judged
    kind: str
    documents: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsurePair:
    """Two names that may be of one bearer, or not; ``joined`` says whether they are now."""

    a: Side
    b: Side
    probability: float
    joined: bool
    reasons: tuple[str, ...]


def unsure_pairs(store: Store, limit: int = 50) -> list[UnsurePair]:
    """The pairs that nobody judged yet, the least sure first. Raises StoreError."""
    return store.consult(lambda tx: _unsure(tx, limit))


def _unsure(tx: ManagedTransaction, limit: int) -> list[UnsurePair]:
    rows = tx.run(cypher.ALL_REFERENCES).data()
    pool = Pool(Reference.stored(row["properties"]) for row in rows)
    references = pool.references
    open_ = sorted(_open(pool), key=lambda item: (abs(item[1] - 0.5), item[0]))
    chosen = [link for link, _ in open_[:_MOST_WEIGHED]]
    near = Neighbourhood(tx, {id_: references[id_] for link in chosen for id_ in link})
    evidence = gather(near, Witness(tx, ()))
    judged = near.same | near.different
    left = [
        link
        for link in chosen
        if link not in judged
        and link not in evidence.apart
        and weights().unsure <= evidence.links[link] < weights().decided
    ]
    left.sort(key=lambda link: (abs(evidence.links[link] - 0.5), link))
    joins = read_joins(tx, sorted({id_ for link in left[:limit] for id_ in link}))
    return [
        UnsurePair(
            _side(tx, references[a]),
            _side(tx, references[b]),
            round(evidence.links[pair(a, b)], 3),
            joins[a].entity == joins[b].entity,
            why(references[a], references[b], evidence),
        )
        for a, b in left[:limit]
    ]


def _open(pool: Pool) -> Iterator[tuple[Pair, float]]:
    """Pairs that their names leave open."""
    pairs = pool.meeting(pool.references.values())
    for start in range(0, len(pairs), _AT_ONCE):
        for link, probability in pool.alike(pairs[start : start + _AT_ONCE]).items():
            if weights().unsure <= probability < weights().decided:
                yield link, probability


def _side(tx: ManagedTransaction, reference: Reference) -> Side:
    rows = tx.run(_SAID_OF, {"id": reference.id, "most": _SENTENCES}).data()
    said = tuple(row["text"] or f"({row['title'] or 'untitled'})" for row in rows)
    return Side(
        Judged(reference.type, reference.name), reference.subtype, reference.documents, said
    )
