"""Resolution in a transaction: which entity each touched reference refers to, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.contribution import Contribution
from graph.names import compare
from graph.names.reasons import reason
from graph.resolution import cypher
from graph.resolution.asking import ask
from graph.resolution.clusters import Evidence, Pair, cluster, pair
from graph.resolution.evidence import Testimony, gather
from graph.resolution.neighbourhood import Neighbourhood, Surroundings
from graph.resolution.references import Reference
from graph.resolution.weights import weights
from graph.resolution.witness import Witness

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


@dataclass(frozen=True, slots=True)
class Join:
    """That a reference refers to an entity, and why: the properties of REFERS_TO.

    ``by`` is "name" (it is the entity's own), "evidence" or "judgement"; ``like`` the name of
    the reference that it was joined with.
    """

    entity: str
    by: str = "name"
    probability: float = 1.0
    like: str = ""
    reasons: tuple[str, ...] = ()

    def properties(self) -> dict[str, Any]:
        """Those of REFERS_TO."""
        row: dict[str, Any] = {"by": self.by, "probability": self.probability}
        return row | ({"like": self.like, "reasons": list(self.reasons)} if self.like else {})


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who after a change: the join of each reference that the change may touch, and
    what it was before, by reference."""

    before: Mapping[str, Join]
    after: Mapping[str, Join]

    def moved(self) -> list[str]:
        """References that were there before and refer to another entity now."""
        return sorted(
            id_
            for id_, join in self.after.items()
            if id_ in self.before and self.before[id_].entity != join.entity
        )

    def names_alone(self) -> dict[str, str]:
        """Entity → its reference, where it has one only: it is called what that one is."""
        names: dict[str, list[str]] = defaultdict(list)
        for id_, join in self.after.items():
            names[join.entity].append(id_)
        return {entity: of[0] for entity, of in names.items() if len(of) == 1}


def resolve(
    tx: ManagedTransaction,
    now: Mapping[str, Reference],
    former: Sequence[Reference],
    added: Iterable[Contribution] = (),
    judged: Iterable[str] = (),
) -> Resolution:
    """Resolve anew all that a change may touch.

    Args:
        tx: the transaction; documents that the change takes out are out already.
        now: references that the change touches, as they are after it, by id.
        former: the same as they were before it, and those that are gone.
        added: contributions of documents that are not written yet.
        judged: ids of references of which a judgement came or went.
    """
    after = decide(Neighbourhood(tx, now, former, judged), Witness(tx, added))
    touched = sorted(set(after) | {reference.id for reference in former})
    return Resolution(read_joins(tx, touched), after)


def decide(near: Surroundings, witness: Testimony) -> dict[str, Join]:
    """Which entity each of some references refers to, where no other could be one with them."""
    evidence = gather(near, witness)
    limits = weights()
    clusters = cluster(
        near.members,
        evidence,
        join=limits.join,
        margin=limits.margin,
        decided=limits.decided,
    )
    within = _within(clusters, near.references, evidence)
    after: dict[str, Join] = {}
    for place, members in enumerate(clusters):
        known = [near.references[id_] for id_ in sorted(members) if id_ in near.references]
        after |= _joins(known, within[place], evidence)
    return after


def read_joins(tx: ManagedTransaction, references: Sequence[str]) -> dict[str, Join]:
    """The join of each of these references, as it is in the graph."""
    found = {}
    for row in ask(tx, cypher.REFERENT_OF, references):
        told = row["properties"]
        found[row["id"]] = Join(
            entity=row["entity"],
            by=told["by"],
            probability=told["probability"],
            like=told.get("like", ""),
            reasons=tuple(told.get("reasons", ())),
        )
    return found


def _joins(
    members: list[Reference], within: Mapping[Pair, float], evidence: Evidence
) -> dict[str, Join]:
    """The joins of a cluster: its entity has the id of the name that most documents use."""
    if not members:
        return {}
    first = min(members, key=lambda member: (-member.documents, member.id))
    joins = {first.id: Join(first.id)}
    names = {member.id: member for member in members}
    near: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
    for (one, other), probability in within.items():
        rank = int((one, other) in evidence.same)
        near[one].append((rank, probability, other))
        near[other].append((rank, probability, one))
    for member in members:
        if member is not first:
            joins[member.id] = _join(member, first, near[member.id], names, evidence)
    return joins


def _within(
    clusters: Sequence[frozenset[str]], references: Mapping[str, Reference], evidence: Evidence
) -> dict[int, dict[Pair, float]]:
    """By the place of a cluster: how probably pairs of its members are one."""
    place_of = {
        id_: place for place, members in enumerate(clusters) for id_ in members if id_ in references
    }
    found: dict[int, dict[Pair, float]] = defaultdict(dict)
    for link, probability in (*evidence.links.items(), *((same, 1.0) for same in evidence.same)):
        place = place_of.get(link[0])
        if place is not None and place == place_of.get(link[1]):
            found[place][link] = probability
    return found


def _join(
    member: Reference,
    first: Reference,
    near: list[tuple[int, float, str]],
    names: Mapping[str, Reference],
    evidence: Evidence,
) -> Join:
    """Why a member is in its cluster: its likeliest other member, the entity's own at best."""
    if not near:  # judged the same as something that no document speaks of
        return Join(first.id, "judgement", 1.0, first.name, (reason("judged"),))
    judged, probability, other = min(near, key=lambda n: (-n[0], -n[1], n[2] != first.id, n[2]))
    if judged:
        return Join(first.id, "judgement", 1.0, names[other].name, (reason("judged"),))
    told = why(member, names[other], evidence)
    return Join(first.id, "evidence", round(probability, 6), names[other].name, told)


def why(one: Reference, other: Reference, evidence: Evidence) -> tuple[str, ...]:
    """What speaks for or against two references being one, in words."""
    told = compare(one.type, one.name, other.name).reasons if one.type == other.type else ()
    return (*evidence.notes.get(pair(one.id, other.id), ()), *told)
