"""One change of the graph: documents taken out and put in, and all that follows from it.

A change takes documents out, finds out anew who is who where that may have changed
(graph/resolution), tells documents anew whose names refer to others now, computes what must
hold (graph/derive.py) and writes the difference; all in the transaction of its caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph import cypher
from graph.contribution import Contribution
from graph.dealings import Dealings
from graph.measures import clear_measures
from graph.placement import Placed, place
from graph.resolution.asking import ask, tell
from graph.resolution.records import Records
from graph.resolution.resolve import Resolution, resolve
from graph.roster import Roster
from graph.stories import Stories

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


def apply(
    tx: ManagedTransaction,
    remove: Sequence[str],
    add: Sequence[Contribution],
    judged: Iterable[str] = (),
) -> list[Placed]:
    """Take the documents with the ids ``remove`` out and put ``add`` in.

    A document to be replaced is in both. ``judged`` are references of which a judgement came
    or went. Everything derived is right afterwards. Returns ``add``, placed among entities.
    """
    return _Change(tx).run(remove, add, judged)


class _Change:
    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.records = Records(tx)
        self.stories = Stories(tx)
        self.roster = Roster(tx)
        self.dealings = Dealings(tx)
        self.removed: set[str] = set()
        self.placed: list[Placed] = []

    def run(
        self, remove: Sequence[str], add: Sequence[Contribution], judged: Iterable[str]
    ) -> list[Placed]:
        self.tx.run(cypher.LOCK).consume()
        clear_measures(self.tx)
        self.records.touch(remove, add, judged)
        self.stories.take_out(remove)
        self._take_out(remove)
        self.stories.settle(add)
        self.dealings.take_out(sorted(self.stories.moved))  # they stay; what they say is recounted
        who = resolve(self.tx, self.records.now(add), self.records.former, add, judged)
        retold = self.records.retell(who.moved(), add)
        self._take_out([str(item.document["id"]) for item in retold])
        self.placed = [place(item, self.records.referents(item, who)) for item in [*add, *retold]]
        self._put_in(who)
        return self.placed[: len(add)]

    def _take_out(self, documents: Sequence[str]) -> None:
        """Note what documents touch, then delete them with their statements."""
        self.roster.take_out(documents)
        self.dealings.take_out(documents)
        tell(self.tx, cypher.DELETE_STATEMENTS, "ids", documents)
        tell(self.tx, cypher.DELETE_DOCUMENTS, "ids", documents)
        self.removed |= set(documents)

    def _put_in(self, who: Resolution) -> None:
        """Write the placed contributions, and all that follows from the change."""
        joins = (*who.before.values(), *who.after.values())
        alone = {
            entity: self.records.tallies[name]
            for entity, name in who.names_alone().items()
            if name in self.records.tallies
        }
        self.roster.settle(self.placed, {join.entity for join in joins}, alone)
        retitled = ask(self.tx, cypher.DEALS_OF, self.roster.renamed())
        self.dealings.settle(
            self.placed, self.removed, self.stories.of, [str(row["deal"]) for row in retitled]
        )
        self.roster.write()
        self._write_documents(who)
        self.dealings.write(self.placed, self.roster)
        self.roster.clear()
        self.records.clear()

    def _write_documents(self, who: Resolution) -> None:
        documents = []
        for new in self.placed:
            row = dict(new.contribution.document)
            row["story"] = self.stories.of.get(row["id"]) or row.get("story") or row["id"]
            documents.append(row)
        tell(self.tx, cypher.CREATE_DOCUMENTS, "rows", documents)
        self.stories.write(row["id"] for row in documents)
        self.records.write([new.contribution for new in self.placed], who)
        mentions = [
            {
                "document": new.contribution.document["id"],
                "entity": mention.entity,
                "properties": dict(mention.properties),
            }
            for new in self.placed
            for mention in new.mentions
        ]
        tell(self.tx, cypher.CREATE_MENTIONS, "rows", mentions)
        statements = [s for new in self.placed for s in new.statements]
        rows = [
            {
                "document": s.row.properties["document"],
                "head": s.head,
                "tail": s.tail,
                "properties": s.properties,
            }
            for s in statements
        ]
        tell(self.tx, cypher.CREATE_STATEMENTS, "rows", rows)
        sites = [{"id": s.row.id, "site": s.site} for s in statements if s.site]
        tell(self.tx, cypher.CREATE_SITE, "rows", sites)
