"""Clustering: from probabilities of pairs to entities, never against what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """The two in order."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of pairs (each in order): how probably they are one, which are surely
    different (``apart``; of these ``tied`` because a document ties them to each other), what
    people judged, and in ``notes`` what beyond the names spoke for or against it."""

    links: Mapping[Pair, float] = field(default_factory=dict)
    apart: frozenset[Pair] = frozenset()
    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    tied: frozenset[Pair] = frozenset()
    notes: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)


def cluster(
    members: Iterable[str], evidence: Evidence, *, join: float, margin: float, decided: float
) -> list[frozenset[str]]:
    """Put together what is one, most probable pairs first; sorted, whatever came in first.

    Args:
        members: ids.
        evidence: of pairs of them.
        join: the least probability that puts two together.
        margin: a name that may be of several bearers that are surely different goes to one of
            them only if that is so much more probable; else it stays by itself.
        decided: from this probability on, ``margin`` does not matter.

    No cluster holds a pair that people judged different, nor one that is surely different,
    unless people judged otherwise. Pairs that people judged the same are together, always.
    """
    union = _Union(members, evidence)
    for one, other in sorted(evidence.same):
        union.unite(one, other)
    usable = {
        link: probability
        for link, probability in evidence.links.items()
        if probability >= join and link not in evidence.apart
    }
    doubtful = _doubtful(usable, evidence.apart | evidence.different, margin, decided)
    for link in sorted(usable, key=lambda link: (-usable[link], link)):
        if link not in doubtful and union.may_unite(*link):
            union.unite(*link)
    return sorted((frozenset(group) for group in union.groups()), key=min)


class _Union:
    def __init__(self, members: Iterable[str], evidence: Evidence) -> None:
        self.group = {member: {member} for member in members}
        self.known: dict[str, set[str]] = defaultdict(set)  # different ones, by id
        for one, other in evidence.apart | evidence.different:
            self.known[one].add(other)
            self.known[other].add(one)

    def may_unite(self, one: str, other: str) -> bool:
        first, second = self.group[one], self.group[other]
        if first is second:
            return False
        small, large = sorted((first, second), key=len)
        return all(self.known[member].isdisjoint(large) for member in small if member in self.known)

    def unite(self, one: str, other: str) -> None:
        first, second = self.group[one], self.group[other]
        if first is not second:
            first |= second
            for member in second:
                self.group[member] = first

    def groups(self) -> list[set[str]]:
        return list({id(group): group for group in self.group.values()}.values())


def _doubtful(
    links: Mapping[Pair, float], apart: Iterable[Pair], margin: float, decided: float
) -> set[Pair]:
    """Links of a name to one of several bearers that are different and about as probable."""
    known = set(apart)
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), probability in links.items():
        near[one][other] = near[other][one] = probability
    found: set[Pair] = set()
    for name, bearers in near.items():
        for bearer, probability in bearers.items():
            if probability < decided and any(
                rival > probability - margin and pair(bearer, third) in known
                for third, rival in bearers.items()
                if third != bearer
            ):
                found.add(pair(name, bearer))
    return found
