"""What documents say of references: those in the graph, and those about to be put there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.contribution import Contribution
from graph.digest import POSSIBLE
from graph.ids import pair_id
from graph.resolution import cypher
from graph.resolution.asking import ask
from graph.resolution.clusters import Pair

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_MOST_ASKED = 50  # neighbours of a reference that are looked up, the first by id


class Witness:
    """Tells ties and neighbours of references, in the graph of a transaction and in the
    contributions ``added`` to it."""

    def __init__(self, tx: ManagedTransaction, added: Iterable[Contribution]) -> None:
        self.tx = tx
        self.pairs: set[str] = set()
        self.uses: dict[str, set[str]] = defaultdict(set)  # documents, by reference
        self.beside: dict[str, set[str]] = defaultdict(set)  # neighbours, by reference
        for item in added:
            for use in item.uses:
                self.uses[use.reference].add(str(item.document["id"]))
            for row in item.statements:
                if row.properties["status"] != POSSIBLE:
                    self.pairs.add(pair_id(row.head, row.tail))
                    self.beside[row.head].add(row.tail)
                    self.beside[row.tail].add(row.head)

    def tied(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Those of ``pairs`` that a document ties to each other: two, not one."""
        keys = {pair_id(*pair): pair for pair in pairs}
        found = keys.keys() & self.pairs
        found |= {str(row["pair"]) for row in self._ask(cypher.STATED_BETWEEN, set(keys) - found)}
        return {keys[key] for key in found}

    def documents(self, references: Iterable[str]) -> Mapping[str, set[str]]:
        """The documents that use each reference. For a name in the news that is long: ask it
        of the rarer of two."""
        found: dict[str, set[str]] = {id_: set(self.uses.get(id_, ())) for id_ in references}
        for row in self._ask(cypher.DOCUMENTS_OF, found):
            found[row["id"]].add(row["document"])
        return found

    def named_together(self, pairs: Sequence[Pair], documents: Mapping[str, set[str]]) -> set[Pair]:
        """Those of (rarer, other) that one document names both."""
        others = {other for _, other in pairs}
        users: dict[str, set[str]] = defaultdict(set)
        for other in others:
            users[other] |= self.uses.get(other, set())
        asked = {document for rarer, _ in pairs for document in documents[rarer]}
        for row in self._ask(cypher.REFERENCES_OF, asked):
            if row["reference"] in others:
                users[row["reference"]].add(row["document"])
        return {pair for pair in pairs if not documents[pair[0]].isdisjoint(users[pair[1]])}

    def shared_neighbours(
        self, pairs: Sequence[Pair], documents: Mapping[str, set[str]]
    ) -> dict[Pair, list[str]]:
        """(rarer, other) → the references that documents tie to both."""
        beside = self._neighbours({rarer for rarer, _ in pairs}, documents)
        asked = {
            (pair, third): pair_id(pair[1], third)
            for pair in pairs
            for third in sorted(beside[pair[0]] - set(pair))[:_MOST_ASKED]
        }
        there = self.pairs & set(asked.values())
        rest = set(asked.values()) - there
        there |= {str(row["pair"]) for row in self._ask(cypher.STATED_BETWEEN, rest)}
        found: dict[Pair, list[str]] = defaultdict(list)
        for (pair, third), key in asked.items():
            if key in there:
                found[pair].append(third)
        return dict(found)

    def _neighbours(
        self, references: set[str], documents: Mapping[str, set[str]]
    ) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for id_ in references:
            found[id_] |= self.beside.get(id_, set())
        asked = {document for id_ in references for document in documents[id_]}
        for row in self._ask(cypher.STATED_OF, asked):
            for one, other in ((row["subject"], row["object"]), (row["object"], row["subject"])):
                if one in references:
                    found[one].add(other)
        return found

    def _ask(self, query: str, ids: Iterable[str]) -> Iterator[dict[str, str]]:
        return ask(self.tx, query, sorted(ids))
