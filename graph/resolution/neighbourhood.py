"""All references whose entity a change may touch, with how alike their names are.

Two references can come together only over pairs of likely names, of names that documents use
for both, or of judgements. So what a change may touch is what such pairs reach from it, before
the change and after it; the rest of the graph is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.resolution import cypher
from graph.resolution.asking import ask
from graph.resolution.clusters import Pair, pair
from graph.resolution.pool import Pool
from graph.resolution.references import Reference
from graph.resolution.weights import weights

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

SAME, DIFFERENT = "same", "different"


@dataclass(slots=True)
class Surroundings:
    """References that may be one, some of them. ``members`` are their ids, also of names that
    people judged and no document speaks of; ``alike`` the probability of pairs of one block,
    from their names alone; ``same`` and ``different`` what people judged."""

    pool: Pool
    alike: dict[Pair, float] = field(default_factory=dict)
    same: set[Pair] = field(default_factory=set)
    different: set[Pair] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    @property
    def references(self) -> Mapping[str, Reference]:
        """All references that were looked at, by id."""
        return self.pool.references


class Neighbourhood(Surroundings):
    """The references in reach of a change, read from a graph."""

    def __init__(
        self,
        tx: ManagedTransaction,
        now: Mapping[str, Reference],
        former: Sequence[Reference] = (),
        judged: Iterable[str] = (),
    ) -> None:
        super().__init__(Pool(now[id_] for id_ in sorted(now)))
        self.tx = tx
        self._gone = {reference.id for reference in former} - set(now)
        renamed = [one for one in former if one.id not in now or one.is_renamed(now[one.id])]
        reached = set(now) | set(judged) | self._reached_before(renamed)
        while reached:
            reached = self._widen(sorted(reached)) - self.members

    def _widen(self, ids: list[str]) -> set[str]:
        """Make ``ids`` members; returns those that they reach."""
        self.members.update(ids)
        self._read(self.pool, cypher.REFERENCES, [i for i in ids if i not in self.references])
        fresh = [self.references[id_] for id_ in ids if id_ in self.references]
        self._read(self.pool, cypher.IN_BLOCKS, _sought(fresh))
        pairs = [link for link in self.pool.meeting(fresh) if link not in self.alike]
        self.alike |= self.pool.alike(pairs)
        return self._judged(ids) | reach(self.pool, pairs, self.alike)

    def _reached_before(self, former: Sequence[Reference]) -> set[str]:
        """Whom references reached before the change, by names that may be gone since."""
        pool = Pool(former)
        self._read(pool, cypher.IN_BLOCKS, _sought(former))
        pairs = pool.meeting(former)
        return reach(pool, pairs, pool.alike(pairs)) - self._gone

    def _read(self, pool: Pool, query: str, ids: Sequence[str]) -> None:
        for row in ask(self.tx, query, ids):
            found = Reference.stored(row["properties"])
            if found.id not in pool.references and found.id not in self._gone:
                pool.put(found)

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


def _sought(references: Iterable[Reference]) -> list[str]:
    return sorted({key for reference in references for key in reference.sought()})


def reach(pool: Pool, pairs: Iterable[Pair], alike: Mapping[Pair, float]) -> set[str]:
    """The ids of pairs that may be one."""
    least = weights().unsure
    return {id_ for link in pairs if alike[link] >= least or pool.stated(link) for id_ in link}
