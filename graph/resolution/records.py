"""The records behind resolution in the graph: references, their blocks, their uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.contribution import Contribution, Use, stored_statement
from graph.resolution import cypher
from graph.resolution.asking import ask, own_properties, tell
from graph.resolution.references import Reference, derive_reference
from graph.resolution.resolve import Join, Resolution, read_joins
from graph.tallies import Tallies

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


class Records:
    """Reads and writes references for one change. ``former`` are those that it touches, as
    they were before it."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.former: list[Reference] = []
        self._ids: set[str] = set()
        self._dropped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)  # uses taken out
        self.tallies: dict[str, Tallies] = {}  # of touched references, as they will be
        self._told: set[str] = set()  # references whose tallies are in the graph
        self._now: dict[str, Reference] = {}
        self._stale: set[str] = set()  # blocks that may be empty afterwards

    def touch(
        self, remove: Sequence[str], add: Iterable[Contribution], judged: Iterable[str]
    ) -> None:
        """Note, before anything is changed, which references a change touches."""
        for row in ask(self.tx, cypher.USE_ROWS, remove):
            self._dropped[row["reference"]].append(row["properties"])
        self._ids = set(self._dropped) | {use.reference for item in add for use in item.uses}
        for row in ask(self.tx, cypher.TALLIED, sorted(self._ids | set(judged))):
            reference = Reference.stored(row["properties"])
            self.former.append(reference)
            if row["tallies"]:
                self.tallies[reference.id] = Tallies.from_text(row["tallies"])
        self._told = set(self.tallies)

    def now(self, add: Iterable[Contribution]) -> Mapping[str, Reference]:
        """The touched references as they are once ``add`` is in, by id; documents that are
        taken out are out already."""
        for reference in self._told & self._dropped.keys():
            for row in self._dropped[reference]:
                self.tallies[reference].remove(row)
        untold = {reference.id for reference in self.former} - self._told
        for row in ask(self.tx, cypher.USES, sorted(untold)):
            self.tallies.setdefault(row["id"], Tallies()).add(row["properties"])
        for item in add:
            for use in item.uses:
                self.tallies.setdefault(use.reference, Tallies()).add(use.properties)
        found = {id_: derive_reference(id_, told) for id_, told in sorted(self.tallies.items())}
        self._now = {id_: reference for id_, reference in found.items() if reference}
        return self._now

    def retell(self, moved: Sequence[str], add: Iterable[Contribution]) -> list[Contribution]:
        """The contributions of documents whose references refer to others now, besides ``add``."""
        new = {str(item.document["id"]) for item in add}
        rows = ask(self.tx, cypher.DOCUMENTS_OF, moved)
        documents = sorted({str(row["document"]) for row in rows} - new)
        return list(read_contributions(self.tx, documents))

    def referents(self, item: Contribution, who: Resolution) -> Mapping[str, str]:
        """The entity of each reference of a contribution."""
        needed = {use.reference for use in item.uses}
        known = {id_: who.after[id_].entity for id_ in needed & who.after.keys()}
        rest = sorted(needed - known.keys())
        return known | {id_: join.entity for id_, join in read_joins(self.tx, rest).items()}

    def write(self, told: Iterable[Contribution], who: Resolution) -> None:
        """Write the touched references, their uses, and whom they refer to."""
        self._write_references()
        uses = [
            {
                "document": item.document["id"],
                "reference": use.reference,
                "properties": dict(use.properties),
            }
            for item in told
            for use in item.uses
        ]
        tell(self.tx, cypher.CREATE_USES, "rows", uses)
        before = {id_: join for id_, join in who.before.items() if id_ in who.after}
        moved = [id_ for id_ in sorted(before) if before[id_].entity != who.after[id_].entity]
        tell(self.tx, cypher.DELETE_REFERS_TO, "ids", moved)
        fresh = {id_: join for id_, join in who.after.items() if id_ not in before} | {
            id_: who.after[id_] for id_ in moved
        }
        tell(self.tx, cypher.CREATE_REFERS_TO, "rows", list(_join_rows(fresh)))
        same = {
            id_: join for id_, join in who.after.items() if id_ not in fresh and join != before[id_]
        }
        tell(self.tx, cypher.SET_REFERS_TO, "rows", list(_join_rows(same)))

    def _write_references(self) -> None:
        before = {reference.id: reference for reference in self.former}
        now = self._now
        created = [self._row(id_) for id_ in sorted(now) if id_ not in before]
        tell(self.tx, cypher.CREATE_REFERENCES, "rows", created)
        changed = [
            self._row(id_)
            for id_ in sorted(now)
            if id_ in before and (now[id_] != before[id_] or self._is_retold(id_))
        ]
        tell(self.tx, cypher.SET_REFERENCES, "rows", changed)
        added = _in_blocks(now, before)
        dropped = _in_blocks(before, now)
        tell(self.tx, cypher.MERGE_BLOCKS, "keys", sorted({row["key"] for row in added}))
        tell(self.tx, cypher.CREATE_IN_BLOCK, "rows", added)
        tell(self.tx, cypher.DELETE_IN_BLOCK, "rows", dropped)
        gone = sorted((before.keys() & self._ids) - now.keys())
        tell(self.tx, cypher.DELETE_REFERENCES, "ids", gone)
        self._stale = {row["key"] for row in dropped}

    def _row(self, id_: str) -> dict[str, Any]:
        return {**self._now[id_].properties(), "tallies": self.tallies[id_].to_text()}

    def _is_retold(self, id_: str) -> bool:
        """Whether documents use it otherwise than they did."""
        return id_ not in self._told or id_ in self._ids

    def clear(self) -> None:
        """Delete blocks that nothing is in any more."""
        tell(self.tx, cypher.DELETE_BLOCKS, "keys", sorted(self._stale))


def read_contributions(tx: ManagedTransaction, documents: Sequence[str]) -> Iterator[Contribution]:
    """What documents of the graph contribute to it, in their own references."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for row in ask(tx, cypher.USE_ROWS, documents):
        uses[row["id"]].append(Use(row["reference"], own_properties(row["properties"])))
    statements = defaultdict(list)
    for row in ask(tx, cypher.STATEMENT_ROWS, documents):
        statements[row["id"]].append(stored_statement(own_properties(row["properties"])))
    for row in ask(tx, cypher.DOCUMENT_ROWS, documents):
        id_ = row["id"]
        yield Contribution(
            own_properties(row["properties"]),
            tuple(sorted(uses[id_], key=lambda use: use.reference)),
            tuple(sorted(statements[id_], key=lambda s: s.id)),
        )


def _join_rows(joins: Mapping[str, Join]) -> Iterator[dict[str, object]]:
    for id_ in sorted(joins):
        yield {
            "reference": id_,
            "entity": joins[id_].entity,
            "properties": joins[id_].properties(),
        }


def _in_blocks(
    some: Mapping[str, Reference], others: Mapping[str, Reference]
) -> list[dict[str, str]]:
    """Where ``some`` are and ``others`` are not: (reference, block)."""
    return [
        {"reference": id_, "key": key}
        for id_ in sorted(some)
        for key in sorted(
            some[id_].blocks() - (others[id_].blocks() if id_ in others else frozenset())
        )
    ]
