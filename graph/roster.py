"""The roster of a change: the entities that it touches, as they were and as they will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from extract.ontology import ontology
from graph import cypher
from graph.contribution import Row
from graph.derive import entity_properties, look_up_keys
from graph.placement import Placed
from graph.resolution.asking import ask, own_properties, tell
from graph.shelf import KEPT_ABOVE, MENTIONS, Shelf
from graph.tallies import Tallies

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


class Roster:
    """Reads, derives and writes entities with their names for one change."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.touched: set[str] = set()
        self.names: dict[str, str] = {}  # by id, as they will be
        self._shelf = Shelf(tx, MENTIONS)
        self._dropped: dict[str, list[Row]] = defaultdict(list)  # mentions taken out
        self._before: dict[str, tuple[str, Row]] = {}  # id -> label, properties
        self._after: dict[str, tuple[str, Row]] = {}

    def take_out(self, documents: Sequence[str]) -> None:
        """Note the mentions of documents that are about to be deleted."""
        for row in ask(self.tx, cypher.MENTIONED, documents):
            self._dropped[row["entity"]].append(row["properties"])
        self.touched |= self._dropped.keys()

    def settle(
        self, placed: Iterable[Placed], others: Iterable[str], told: Mapping[str, Tallies]
    ) -> None:
        """Derive all touched entities; ``others`` are touched without a mention, and those in
        ``told`` are known to have these tallies, as they will be.

        Documents that are taken out are out already, ``placed`` ones not written yet.
        """
        mentions: dict[str, list[Row]] = defaultdict(list)
        for new in placed:
            for mention in new.mentions:
                if mention.entity not in told:
                    mentions[mention.entity].append(dict(mention.properties))
                self.touched.add(mention.entity)
        self.touched |= set(others)
        for record in ask(self.tx, cypher.ENTITIES, sorted(self.touched)):
            label = next(name for name in record["labels"] if name != "Entity")
            self._before[record["id"]] = (label, own_properties(record["properties"]))
        tallies = self._tallies(told)
        texts: dict[str, str | None] = {}
        for id_ in sorted(self.touched):
            for row in mentions[id_]:
                tallies[id_].add(row)
            number = tallies[id_].documents
            is_kept = number > KEPT_ABOVE and id_ not in told
            texts[id_] = tallies[id_].to_text() if is_kept else None
            if number:
                self._after[id_] = entity_properties(id_, tallies[id_])
        self._shelf.write(texts)
        self.names = {id_: row["name"] for id_, (_, row) in self._after.items()}

    def _tallies(self, told: Mapping[str, Tallies]) -> dict[str, Tallies]:
        """Those that are told, and of the others those of what stays in the graph."""
        found = {id_: told.get(id_) or Tallies() for id_ in self.touched}
        kept = self._shelf.read(self._before)
        for id_ in kept.keys() - told.keys():
            found[id_] = Tallies.from_text(kept[id_])
            for row in self._dropped[id_]:
                found[id_].remove(row)
        asked = self._before.keys() - kept.keys() - told.keys()
        for record in ask(self.tx, cypher.MENTIONS_OF, sorted(asked)):
            found[record["id"]].add(record["properties"])
        return found

    def renamed(self) -> list[str]:
        """Entities that were there and have another name now."""
        return [
            id_
            for id_, (_, row) in self._after.items()
            if id_ in self._before and self._before[id_][1]["name"] != row["name"]
        ]

    def read_names(self, ids: Iterable[str]) -> None:
        """Know the names of these entities, too."""
        for record in ask(self.tx, cypher.NAMES_OF, sorted(set(ids) - self.names.keys())):
            self.names[record["id"]] = record["name"]

    def write(self) -> None:
        """Write new and changed entities, and the names by which they are found."""
        moved: dict[tuple[str, str], list[str]] = defaultdict(list)
        created: dict[str, list[Row]] = defaultdict(list)
        changed: list[Row] = []
        for id_, (label, row) in self._after.items():
            if id_ not in self._before:
                created[label].append(row)
                continue
            former, properties = self._before[id_]
            if former != label:
                moved[former, label].append(id_)
            if properties != row:
                changed.append(row)
        for (old, new), ids in sorted(moved.items()):
            tell(self.tx, cypher.relabel(old, new), "ids", ids)
        tell(self.tx, cypher.SET_ENTITIES, "rows", changed)
        for label, rows in sorted(created.items()):
            tell(self.tx, cypher.create_entities(label), "rows", rows)
        self._write_names()

    def _write_names(self) -> None:
        before, now = self._keys_changed()
        added = _pairs(now, before)
        dropped = _pairs(before, now)
        tell(self.tx, cypher.MERGE_NAMES, "keys", sorted({row["key"] for row in added}))
        tell(self.tx, cypher.CREATE_NAMED, "rows", added)
        tell(self.tx, cypher.DELETE_NAMED, "rows", dropped)
        tell(self.tx, cypher.DELETE_NAMES, "keys", sorted({row["key"] for row in dropped}))

    def _keys_changed(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The look-up keys, before and now, of entities whose names changed."""
        before, now = {}, {}
        for id_ in self.touched:
            old = self._before.get(id_, ("", {}))[1]
            new = self._after.get(id_, ("", {}))[1]
            if any(old.get(name) != new.get(name) for name in ("name", "aliases", "kind")):
                before[id_] = _keys(old) if old else set()
                now[id_] = _keys(new) if new else set()
        return before, now

    def clear(self) -> None:
        """Delete entities that no document mentions any more; their ties are out already."""
        gone = sorted(self._before.keys() - self._after.keys())
        tell(self.tx, cypher.DELETE_ENTITIES, "ids", gone)


def _keys(properties: Row) -> set[str]:
    type_ = ontology().kinds[properties["kind"]].type
    return set(look_up_keys(type_, properties))


def _pairs(some: Mapping[str, set[str]], others: Mapping[str, set[str]]) -> list[Row]:
    """(entity, key) of ``some`` that ``others`` lacks."""
    return [
        {"entity": id_, "key": key}
        for id_ in sorted(some)
        for key in sorted(some[id_] - others.get(id_, set()))
    ]
