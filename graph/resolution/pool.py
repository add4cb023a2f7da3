"""References at hand, and how alike the names of those are that meet in a block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.names import BlockIndex, probabilities
from graph.resolution.clusters import Pair
from graph.resolution.references import Reference


class Pool:
    """References by id, with an index of their blocks."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self.references: dict[str, Reference] = {}
        self._index = BlockIndex()
        self._keys: dict[str, tuple[str, frozenset[str]]] = {}
        for reference in references:
            self.put(reference)

    def put(self, reference: Reference) -> None:
        """Add a reference that is not there yet."""
        self.references[reference.id] = reference
        self._keys[reference.id] = (reference.key, reference.keys)
        self._index.put(reference.id, reference.blocks())

    def meeting(self, some: Iterable[Reference]) -> list[Pair]:
        """The pairs of these with any in the pool that meet in a block, sorted."""
        return self._index.pairs({reference.id: reference.sought() for reference in some})

    def alike(self, pairs: Sequence[Pair]) -> dict[Pair, float]:
        """How probably the names of pairs, each of one type, are of one bearer."""
        by_type: dict[str, list[Pair]] = defaultdict(list)
        for link in pairs:
            by_type[self.references[link[0]].type].append(link)
        found: dict[Pair, float] = {}
        for type_, links in sorted(by_type.items()):
            names = [(self.references[a].name, self.references[b].name) for a, b in links]
            found |= zip(links, map(float, probabilities(type_, names)), strict=True)
        return found

    def stated(self, link: Pair) -> bool:
        """Whether a document calls one of the two by the other's name."""
        (one, ones), (other, others) = self._keys[link[0]], self._keys[link[1]]
        return other in ones or one in others
