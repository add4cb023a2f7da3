"""All references whose entity a change may touch, with how alike their names are.

Two references can come together only over pairs of likely names, of names that documents use
for both, or of judgements. So what a change may touch is what such pairs reach from it, before
the change and after it; the rest of the graph is never looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.names import probabilities
from graph.resolution import cypher
from graph.resolution.asking import ask
from graph.resolution.clusters import Pair, pair
from graph.resolution.references import Reference
from graph.resolution.weights import weights

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

SAME, DIFFERENT = "same", "different"


class Neighbourhood:
    """The references in reach of a change. ``members`` are their ids, also of names that
    people judged and no document speaks of; ``alike`` the probability of pairs of one block,
    from their names alone; ``same`` and ``different`` what people judged."""

    def __init__(
        self,
        tx: ManagedTransaction,
        now: Mapping[str, Reference],
        former: Iterable[Reference] = (),
        judged: Iterable[str] = (),
    ) -> None:
        self.tx = tx
        self.references: dict[str, Reference] = dict(now)
        self.alike: dict[Pair, float] = {}
        self.same: set[Pair] = set()
        self.different: set[Pair] = set()
        self.members: set[str] = set()
        self._gone = {reference.id for reference in former} - set(now)
        self._blocks: dict[str, set[str]] = defaultdict(set)  # ids by key of the block
        for id_ in sorted(now):
            self._put(now[id_])
        reached = set(now) | set(judged)
        reached |= self._alike_before(list(former))
        while reached:
            reached = self._widen(sorted(reached)) - self.members

    def _widen(self, ids: list[str]) -> set[str]:
        """Make ``ids`` members; returns those that they reach."""
        self.members.update(ids)
        self._read(cypher.REFERENCES, [id_ for id_ in ids if id_ not in self.references])
        fresh = [self.references[id_] for id_ in ids if id_ in self.references]
        self._read(cypher.IN_BLOCKS, sorted({key for one in fresh for key in one.sought()}))
        reached = self._judged(ids)
        pairs = {
            pair(one.id, other)
            for one in fresh
            for key in one.sought()
            for other in self._blocks[key]
            if other != one.id
        } - self.alike.keys()
        self.alike |= self._scored(sorted(pairs))
        for link in pairs:
            if self.alike[link] >= weights().unsure or self.stated(link):
                reached.update(link)
        return reached

    def stated(self, link: Pair) -> bool:
        """Whether a document calls one of the two by the other's name."""
        one, other = self.references[link[0]], self.references[link[1]]
        return other.key in one.keys or one.key in other.keys

    def _alike_before(self, former: list[Reference]) -> set[str]:
        """Whom references reached before the change, by names that may be gone since."""
        kept, self.references = self.references, {}
        blocks, self._blocks = self._blocks, defaultdict(set)
        gone, self._gone = self._gone, set()
        for one in former:
            self.references[one.id] = one
            self._put(one)
        self._read(cypher.IN_BLOCKS, sorted({key for one in former for key in one.sought()}))
        pairs = sorted(
            {
                pair(one.id, other)
                for one in former
                for key in one.sought()
                for other in self._blocks[key]
                if other != one.id
            }
        )
        scored = self._scored(pairs)
        reached = {
            id_
            for link in pairs
            if scored[link] >= weights().unsure or self.stated(link)
            for id_ in link
        }
        self.references, self._blocks, self._gone = kept, blocks, gone
        return reached - gone

    def _read(self, query: str, ids: list[str]) -> None:
        for row in ask(self.tx, query, ids):
            found = Reference.stored(row["properties"])
            if found.id not in self.references and found.id not in self._gone:
                self.references[found.id] = found
                self._put(found)

    def _put(self, reference: Reference) -> None:
        for key in reference.blocks():
            self._blocks[key].add(reference.id)

    def _judged(self, ids: list[str]) -> set[str]:
        """Note what people judged of ``ids``; returns what they judged the same."""
        reached: set[str] = set()
        for query in (cypher.JUDGED_AS_A, cypher.JUDGED_AS_B):
            for row in ask(self.tx, query, ids):
                told = row["properties"]
                link = pair(told["a"], told["b"])
                if told["verdict"] == SAME:
                    self.same.add(link)
                    reached.update(link)
                else:
                    self.different.add(link)
        return reached

    def _scored(self, pairs: list[Pair]) -> dict[Pair, float]:
        """The probabilities of pairs of one type each."""
        by_type: dict[str, list[Pair]] = defaultdict(list)
        for link in pairs:
            by_type[self.references[link[0]].type].append(link)
        found: dict[Pair, float] = {}
        for type_, links in sorted(by_type.items()):
            names = [(self.references[a].name, self.references[b].name) for a, b in links]
            found |= zip(links, map(float, probabilities(type_, names)), strict=True)
        return found
