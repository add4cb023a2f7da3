"""Evidence beyond the names: what documents say of two references, put together with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from graph.names import VETO
from graph.names.reasons import reason
from graph.resolution.clusters import Evidence, Pair, pair
from graph.resolution.neighbourhood import Surroundings
from graph.resolution.weights import shifted, weights

_WIDE_KINDS = ("other",)  # they tell nothing of what it is
_MOST_TOGETHER = 50  # members of one neighbourhood of which every pair is looked up


class Testimony(Protocol):
    """What documents say of references; graph/resolution/witness.py tells what each is."""

    def tied(self, pairs: Iterable[Pair]) -> set[Pair]: ...
    def documents(self, references: Iterable[str]) -> Mapping[str, set[str]]: ...
    def named_together(
        self, pairs: Sequence[Pair], documents: Mapping[str, set[str]]
    ) -> set[Pair]: ...
    def shared_neighbours(
        self, pairs: Sequence[Pair], documents: Mapping[str, set[str]]
    ) -> Mapping[Pair, Sequence[str]]: ...


def gather(near: Surroundings, witness: Testimony) -> Evidence:
    """The evidence of all pairs of some references."""
    links = {link: _by_name(near, link) for link in near.alike}
    likely = [link for link in sorted(links) if links[link] >= weights().unsure]
    tied = witness.tied(_together(near, likely))
    open_ = [
        link
        for link in likely
        if links[link] < weights().decided and link not in tied and link not in near.same
    ]
    weighed = _weigh(near, witness, open_)
    links |= {link: shifted(links[link], odds) for link, (odds, _) in weighed.items()}
    notes = {link: told for link, (_, told) in weighed.items()}
    for link in filter(near.pool.stated, links):
        notes[link] = (reason("stated"), *notes.get(link, ()))
    vetoed = {link for link in links if _is_vetoed(near, link, links[link])}
    return Evidence(
        links=links,
        apart=frozenset((tied | vetoed) - near.same),
        same=frozenset(near.same),
        different=frozenset(near.different),
        tied=frozenset(tied),
        notes=notes,
    )


def _by_name(near: Surroundings, link: Pair) -> float:
    """The probability from the two names, and from documents that use both for one."""
    probability = near.alike[link]
    if not near.pool.stated(link):
        return probability
    if not _share_a_block(near, link):
        return weights().stated_unlike
    return probability if probability < VETO else shifted(probability, weights().stated)


def _is_vetoed(near: Surroundings, link: Pair, probability: float) -> bool:
    """Whether two names of one block are so unlike, all told, that they are two."""
    return probability < weights().apart and _share_a_block(near, link)


def _share_a_block(near: Surroundings, link: Pair) -> bool:
    one, other = (near.references[id_] for id_ in link)
    return one.is_like(other)


def _together(near: Surroundings, likely: Iterable[Pair]) -> set[Pair]:
    """Pairs that could come into one cluster: all of what is linked, over others too."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in [*likely, *near.same]:
        beside[one].add(other)
        beside[other].add(one)
    found = set(likely)
    seen: set[str] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = beside[waiting.pop()] - group
            group |= new
            waiting += new
        seen |= group
        if len(group) <= _MOST_TOGETHER:
            found |= {pair(a, b) for a in group for b in group if a < b}
    return found


def _weigh(
    near: Surroundings, witness: Testimony, open_: list[Pair]
) -> dict[Pair, tuple[float, tuple[str, ...]]]:
    """What speaks for and against open links beyond their names: log odds, and in words."""
    rarer_first = [_rarer_first(near, link) for link in open_]
    documents = witness.documents({rarer for rarer, _ in rarer_first})
    together = witness.named_together(rarer_first, documents)
    shared = witness.shared_neighbours(rarer_first, documents)
    found: dict[Pair, tuple[float, tuple[str, ...]]] = {}
    for link, ordered in zip(open_, rarer_first, strict=True):
        odds, told = 0.0, []
        if number := len(shared.get(ordered, ())):
            odds += weights().shared_neighbour * min(number, weights().most_neighbours)
            told.append(reason("shared_neighbour", number=str(number)))
        if ordered in together:
            odds += weights().shared_document
            told.append(reason("shared_document"))
        if len(kinds := _kinds(near, link)) > 1:
            odds += weights().other_kind
            told.append(reason("other_kind", one=kinds[0], other=kinds[1]))
        found[link] = odds, tuple(told)
    return found


def _rarer_first(near: Surroundings, link: Pair) -> Pair:
    one, other = sorted(link, key=lambda id_: (near.references[id_].documents, id_))
    return one, other


def _kinds(near: Surroundings, link: Pair) -> list[str]:
    """The kinds of the two that tell something, in order."""
    return sorted({near.references[id_].subtype for id_ in link} - set(_WIDE_KINDS))
