"""Evidence beyond the names: what documents say of two references, put together with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.names import VETO
from graph.resolution.clusters import Evidence, Pair, pair
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.weights import shifted, weights
from graph.resolution.witness import Witness

_WIDE_KINDS = ("other",)  # they tell nothing of what it is
_MOST_TOGETHER = 50  # members of one neighbourhood of which every pair is looked up


def gather(near: Neighbourhood, witness: Witness) -> Evidence:
    """The evidence of all pairs in a neighbourhood."""
    links = {link: _by_name(near, link) for link in near.alike}
    likely = [link for link in sorted(links) if links[link] >= weights().unsure]
    tied = witness.tied(_together(near, likely))
    open_ = [
        link
        for link in likely
        if links[link] < weights().decided and link not in tied and link not in near.same
    ]
    links |= _weighed(near, witness, links, open_)
    vetoed = {link for link in links if _is_vetoed(near, link, links[link])}
    return Evidence(
        links=links,
        apart=frozenset((tied | vetoed) - near.same),
        same=frozenset(near.same),
        different=frozenset(near.different),
    )


def _by_name(near: Neighbourhood, link: Pair) -> float:
    """The probability from the two names, and from documents that use both for one."""
    probability = near.alike[link]
    if not near.stated(link):
        return probability
    if not _share_a_block(near, link):
        return weights().stated_unlike
    return probability if probability < VETO else shifted(probability, weights().stated)


def _is_vetoed(near: Neighbourhood, link: Pair, probability: float) -> bool:
    """Whether two names of one block are so unlike, all told, that they are two."""
    return probability < weights().apart and _share_a_block(near, link)


def _share_a_block(near: Neighbourhood, link: Pair) -> bool:
    one, other = (near.references[id_] for id_ in link)
    return one.is_like(other)


def _together(near: Neighbourhood, likely: Iterable[Pair]) -> set[Pair]:
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


def _weighed(
    near: Neighbourhood, witness: Witness, links: dict[Pair, float], open_: list[Pair]
) -> dict[Pair, float]:
    """The open links again, with what speaks for and against them beyond their names."""
    rarer_first = [_rarer_first(near, link) for link in open_]
    documents = witness.documents({rarer for rarer, _ in rarer_first})
    together = witness.named_together(rarer_first, documents)
    shared = witness.shared_neighbours(rarer_first, documents)
    found: dict[Pair, float] = {}
    for link, ordered in zip(open_, rarer_first, strict=True):
        odds = 0.0
        if ordered in together:
            odds += weights().shared_document
        neighbours = min(len(shared.get(ordered, ())), weights().most_neighbours)
        odds += weights().shared_neighbour * neighbours
        if _differ_in_kind(near, link):
            odds += weights().other_kind
        found[link] = shifted(links[link], odds)
    return found


def _rarer_first(near: Neighbourhood, link: Pair) -> Pair:
    one, other = sorted(link, key=lambda id_: (near.references[id_].documents, id_))
    return one, other


def _differ_in_kind(near: Neighbourhood, link: Pair) -> bool:
    kinds = {near.references[id_].subtype for id_ in link} - set(_WIDE_KINDS)
    return len(kinds) == 2
