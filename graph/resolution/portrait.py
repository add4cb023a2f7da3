"""Why an entity is one: each of its names with the reason, and near misses that were kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names.reasons import reason
from graph.resolution import cypher
from graph.resolution.asking import ask
from graph.resolution.clusters import Evidence, Pair, pair
from graph.resolution.evidence import gather
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.references import Reference
from graph.resolution.resolve import Join, read_joins, why
from graph.resolution.weights import weights
from graph.resolution.witness import Witness

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

_LEAST = 0.05  # what is less likely to be the same is no near miss, unless it looks much alike
_ALIKE = 60.0  # of 100: so alike, as letters go
MOST_MISSES = 10


@dataclass(frozen=True, slots=True)
class JoinedName:
    """A name of an entity: what documents call it besides, in how many it stands, and why it
    is of this entity (``by`` name, evidence or judgement; ``like`` which other name)."""

    name: str
    names: tuple[str, ...]
    documents: int
    by: str
    probability: float
    like: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A name of another entity that is like one of these, and why it was kept apart."""

    name: str
    entity: str
    like: str
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """Who an entity is: the names joined to it, and the near misses, likeliest first."""

    joined: tuple[JoinedName, ...]
    misses: tuple[NearMiss, ...]


def portray(store: Store, entity: str) -> Portrait:
    """Explain the entity with this id. An unknown id has no names. Raises StoreError."""
    return store.consult(lambda tx: _portray(tx, entity))


def _portray(tx: ManagedTransaction, entity: str) -> Portrait:
    rows = ask(tx, cypher.REFERENCES_TO, [entity])
    own = {r.id: r for r in (Reference.stored(row["properties"]) for row in rows)}
    joins = read_joins(tx, sorted(own))
    joined = [_joined_name(own[id_], joins[id_]) for id_ in own]
    joined.sort(key=lambda one: (one.by != "name", -one.documents, one.name))
    near = Neighbourhood(tx, own)
    evidence = gather(near, Witness(tx, ()))
    likeliest: dict[str, Pair] = {}
    for link in sorted(_misses(near, evidence, own)):
        other = link[1] if link[0] in own else link[0]
        best = likeliest.get(other, link)
        likeliest[other] = max(best, link, key=lambda pair: (_rank(near, evidence, pair), pair))
    elsewhere = read_joins(tx, sorted(likeliest))
    misses = [
        _near_miss(near, evidence, link, own, elsewhere)
        for link in sorted(
            likeliest.values(), key=lambda link: (_rank(near, evidence, link), link), reverse=True
        )
    ]
    return Portrait(tuple(joined), tuple(misses[:MOST_MISSES]))


def _joined_name(reference: Reference, join: Join) -> JoinedName:
    names = tuple(name for name in reference.names if name != reference.name)
    return JoinedName(
        reference.name,
        names,
        reference.documents,
        join.by,
        join.probability,
        join.like,
        join.reasons,
    )


def _misses(
    near: Neighbourhood, evidence: Evidence, own: Mapping[str, Reference]
) -> Iterator[Pair]:
    """Pairs of an own name and one of another entity that are worth a look."""
    for link, probability in evidence.links.items():
        if (link[0] in own) == (link[1] in own):
            continue
        if probability >= _LEAST or _likeness(near, link) >= _ALIKE or link in evidence.different:
            yield link


def _rank(near: Neighbourhood, evidence: Evidence, link: Pair) -> tuple[float, float]:
    return (round(evidence.links[link], 3), _likeness(near, link))


def _likeness(near: Neighbourhood, link: Pair) -> float:
    from rapidfuzz import fuzz

    one, other = (near.references[id_].key for id_ in link)
    return float(fuzz.token_set_ratio(one, other))


def _near_miss(
    near: Neighbourhood,
    evidence: Evidence,
    link: Pair,
    own: Mapping[str, Reference],
    elsewhere: Mapping[str, Join],
) -> NearMiss:
    mine, theirs = link if link[0] in own else link[::-1]
    one, other = near.references[mine], near.references[theirs]
    told = (*_against(near, evidence, mine, theirs), *why(one, other, evidence))
    found = elsewhere.get(theirs)
    entity = found.entity if found else ""
    return NearMiss(other.name, entity, one.name, round(evidence.links[link], 3), told)


def _against(near: Neighbourhood, evidence: Evidence, mine: str, theirs: str) -> Iterator[str]:
    """What keeps two apart beyond what is known of the two alone."""
    link = pair(mine, theirs)
    if link in evidence.different:
        yield reason("judged_different")
    elif link in evidence.tied:
        yield reason("tied")
    elif rivals := _rivals(near, evidence, mine, theirs) | _rivals(near, evidence, theirs, mine):
        yield reason("doubtful", names=", ".join(sorted(rivals)[:3]))


def _rivals(near: Neighbourhood, evidence: Evidence, name: str, bearer: str) -> set[str]:
    """Others that a name may well be of, and that are surely not ``bearer``."""
    known = evidence.apart | evidence.different
    return {
        near.references[id_].name
        for id_ in near.references
        if evidence.links.get(pair(name, id_), 0) >= weights().join and pair(bearer, id_) in known
    }
