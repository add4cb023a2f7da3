"""One change of the graph: documents taken out and put in, and all that follows from it.

A change first reads what the documents touch, then computes what must hold after it
(graph/derive.py), then writes the difference; all in the transaction of its caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from graph import cypher
from graph.contribution import Contribution, Row
from graph.derive import (
    Claim,
    Tally,
    entity_properties,
    look_up_keys,
    partnership_properties,
    sites_of,
    tie_properties,
)
from graph.ids import tie_ends

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_CHUNK = 5000  # rows a query


@dataclass
class _Before:
    """What the graph says now of all that the change touches."""

    entities: dict[str, tuple[str, Row]] = field(default_factory=dict)  # id -> label, properties
    tallies: dict[str, list[Tally]] = field(default_factory=lambda: defaultdict(list))
    claims: dict[str, Claim] = field(default_factory=dict)
    parties: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def apply(tx: ManagedTransaction, remove: Sequence[str], add: Sequence[Contribution]) -> None:
    """Take the documents with the ids ``remove`` out and put ``add`` in.

    A document to be replaced is in both. Everything derived is right afterwards.
    """
    _Change(tx, remove, add).run()


class _Change:
    def __init__(
        self, tx: ManagedTransaction, remove: Sequence[str], add: Sequence[Contribution]
    ) -> None:
        self.tx = tx
        self.remove = list(remove)
        self.add = add
        self.before = _Before()
        self.names: dict[str, str] = {}

    def run(self) -> None:
        self._run(cypher.LOCK)
        entity_ids, ties, deals = self._touched()
        self._read_entities(entity_ids)
        after = self._entities_after(entity_ids)
        deals |= self._retitled(after)
        self._read_claims(ties, deals)
        self._each(cypher.DELETE_STATEMENTS, "ids", self.remove)
        self._each(cypher.DELETE_DOCUMENTS, "ids", self.remove)
        self._write_entities(after)
        self._write_names(after)
        self._write_documents()
        claims_after = self._claims_after()
        self._write_partnerships(deals, claims_after)
        self._write_ties(ties, claims_after)
        gone = sorted(set(self.before.entities) - set(after))
        self._each(cypher.DELETE_ENTITIES, "ids", gone)

    # What is there now

    def _touched(self) -> tuple[set[str], set[str], set[str]]:
        """Ids of the entities, ties and deals that the change may alter."""
        entities = {row.entity for new in self.add for row in new.mentions}
        ties = {s.properties["tie"] for new in self.add for s in new.statements}
        deals = {deal.id for new in self.add for deal in new.deals}
        if self.remove:
            entities |= {str(r["entity"]) for r in self._rows(cypher.MENTIONED, self.remove)}
            for record in self._rows(cypher.STATED, self.remove):
                ties.add(str(record["tie"]))
                if record["deal"] is not None:
                    deals.add(str(record["deal"]))
        return entities, ties, deals

    def _read_entities(self, ids: Iterable[str]) -> None:
        for record in self._rows(cypher.ENTITIES, sorted(ids)):
            label = next(name for name in record["labels"] if name != "Entity")
            self.before.entities[record["id"]] = (label, record["properties"])
        known = sorted(self.before.entities)
        for record in self._rows(cypher.TALLIES, known, removed=self.remove):
            row = {key: value for key, value in record.items() if value is not None}
            self.before.tallies[record["id"]].append(Tally(row, record["documents"]))

    def _read_claims(self, ties: Iterable[str], deals: Iterable[str]) -> None:
        """Claims of ties and deals that may be there: those whose sides are all known."""
        known = self.before.entities
        new = [s for contribution in self.add for s in contribution.statements]
        fresh = {s.properties["tie"] for s in new if s.head not in known or s.tail not in known}
        new_deals = {
            deal.id
            for contribution in self.add
            for deal in contribution.deals
            if any(party not in known for _, party in deal.parties)
        }
        asked = [
            (cypher.CLAIMS_OF_TIES, sorted(set(ties) - fresh)),
            (cypher.CLAIMS_OF_DEALS, sorted(set(deals) - new_deals)),
        ]
        for query, ids in asked:
            for record in self._rows(query, ids):
                self.before.claims[record["id"]] = Claim(**record)
        there = {claim.deal for claim in self.before.claims.values() if claim.deal}
        for record in self._rows(cypher.PARTIES, sorted(there & set(deals))):
            self.before.parties[record["id"]].append((record["role"], record["entity"]))

    # What must hold after it

    def _entities_after(self, ids: Iterable[str]) -> dict[str, tuple[str, Row]]:
        tallies = {id_: list(self.before.tallies[id_]) for id_ in ids}
        for contribution in self.add:
            for mention in contribution.mentions:
                tallies[mention.entity].append(Tally(mention.properties))
        after = {id_: entity_properties(id_, tallies[id_]) for id_ in sorted(ids) if tallies[id_]}
        self.names = {id_: row["name"] for id_, (_, row) in after.items()}
        return after

    def _retitled(self, after: Mapping[str, tuple[str, Row]]) -> set[str]:
        """Deals whose title changes because one of their names does."""
        renamed = [
            id_
            for id_, (_, row) in after.items()
            if id_ in self.before.entities and self.before.entities[id_][1]["name"] != row["name"]
        ]
        return {str(record["deal"]) for record in self._rows(cypher.DEALS_OF, renamed)}

    def _claims_after(self) -> list[Claim]:
        removed = set(self.remove)
        stay = [c for c in self.before.claims.values() if c.document not in removed]
        new = [
            Claim(
                id=s.id,
                document=contribution.document["id"],
                dated=contribution.document["date"],
                head=s.head,
                tail=s.tail,
                site=s.site,
                deal=s.deal,
                properties=s.properties,
            )
            for contribution in self.add
            for s in contribution.statements
        ]
        return stay + new

    # Writing the difference

    def _write_entities(self, after: Mapping[str, tuple[str, Row]]) -> None:
        before = self.before.entities
        moved: dict[tuple[str, str], list[str]] = defaultdict(list)
        created: dict[str, list[Row]] = defaultdict(list)
        changed: list[Row] = []
        for id_, (label, row) in after.items():
            if id_ not in before:
                created[label].append(row)
                continue
            if before[id_][0] != label:
                moved[before[id_][0], label].append(id_)
            if before[id_][1] != row:
                changed.append(row)
        for (old, new), ids in sorted(moved.items()):
            self._each(cypher.relabel(old, new), "ids", ids)
        self._each(cypher.SET_ENTITIES, "rows", changed)
        for label, rows in sorted(created.items()):
            self._each(cypher.create_entities(label), "rows", rows)

    def _write_names(self, after: Mapping[str, tuple[str, Row]]) -> None:
        before = {id_: _keys(row) for id_, (_, row) in self.before.entities.items()}
        now = {id_: _keys(row) for id_, (_, row) in after.items()}
        added = _pairs(now, before)
        dropped = _pairs(before, now)
        self._each(cypher.MERGE_NAMES, "keys", sorted({row["key"] for row in added}))
        self._each(cypher.CREATE_NAMED, "rows", added)
        self._each(cypher.DELETE_NAMED, "rows", dropped)
        self._each(cypher.DELETE_NAMES, "keys", sorted({row["key"] for row in dropped}))

    def _write_documents(self) -> None:
        self._each(cypher.CREATE_DOCUMENTS, "rows", [dict(new.document) for new in self.add])
        mentions = [
            {
                "document": new.document["id"],
                "entity": row.entity,
                "properties": dict(row.properties),
            }
            for new in self.add
            for row in new.mentions
        ]
        self._each(cypher.CREATE_MENTIONS, "rows", mentions)
        statements = [s for new in self.add for s in new.statements]
        rows = [
            {
                "document": s.properties["document"],
                "head": s.head,
                "tail": s.tail,
                "properties": dict(s.properties),
            }
            for s in statements
        ]
        self._each(cypher.CREATE_STATEMENTS, "rows", rows)
        sites = [{"id": s.id, "site": s.site} for s in statements if s.site]
        self._each(cypher.CREATE_SITE, "rows", sites)

    def _write_partnerships(self, deals: Iterable[str], claims: Iterable[Claim]) -> None:
        before = _grouped(self.before.claims.values(), "deal")
        after = _grouped(claims, "deal")
        parties: dict[str, Sequence[tuple[str, str]]] = dict(self.before.parties)
        parties |= {deal.id: deal.parties for new in self.add for deal in new.deals}
        wanted = [id_ for id_ in sorted(deals) if id_ in after]
        self._read_names(parties, (after[id_] for id_ in wanted))
        rows = {
            id_: partnership_properties(id_, after[id_], parties[id_], self.names) for id_ in wanted
        }
        new = [id_ for id_ in wanted if id_ not in before]
        self._each(cypher.CREATE_PARTNERSHIPS, "rows", [rows[id_] for id_ in new])
        kept = [rows[id_] for id_ in wanted if id_ in before]
        self._each(cypher.SET_PARTNERSHIPS, "rows", kept)
        self._each(cypher.CREATE_PARTIES, "rows", _party_rows(new, parties))
        gone = [id_ for id_ in sorted(deals) if id_ in before and id_ not in after]
        self._each(cypher.DELETE_PARTNERSHIPS, "ids", gone)
        self._write_sites(wanted, before, after)
        about = [{"id": s.id, "deal": s.deal} for new in self.add for s in new.statements if s.deal]
        self._each(cypher.CREATE_ABOUT, "rows", about)

    def _write_sites(
        self,
        deals: Iterable[str],
        before: Mapping[str, list[Claim]],
        after: Mapping[str, list[Claim]],
    ) -> None:
        added, dropped = [], []
        for id_ in deals:
            old, new = set(sites_of(before.get(id_, ()))), set(sites_of(after[id_]))
            added += [{"deal": id_, "site": site} for site in sorted(new - old)]
            dropped += [{"deal": id_, "site": site} for site in sorted(old - new)]
        self._each(cypher.DELETE_SITES, "rows", dropped)
        self._each(cypher.CREATE_SITED_IN, "rows", added)

    def _write_ties(self, ties: Iterable[str], claims: Iterable[Claim]) -> None:
        before = _grouped(self.before.claims.values(), "tie")
        after = _grouped(claims, "tie")
        created: dict[str, list[Row]] = defaultdict(list)
        renewed: dict[str, list[Row]] = defaultdict(list)
        deleted: dict[str, list[Row]] = defaultdict(list)
        for id_ in sorted(ties):
            old = _tie_row(before[id_]) if id_ in before else ("", {})
            new = _tie_row(after[id_]) if id_ in after else ("", {})
            if old == new:
                continue
            if old[0] and old[0] == new[0]:
                renewed[new[0]].append(new[1])
                continue
            if old[0]:
                deleted[old[0]].append(old[1])
            if new[0]:
                created[new[0]].append(new[1])
        for query, groups in (
            (cypher.delete_ties, deleted),
            (cypher.set_ties, renewed),
            (cypher.create_ties, created),
        ):
            for type_, rows in sorted(groups.items()):
                self._each(query(type_), "rows", rows)

    def _read_names(
        self, parties: Mapping[str, Sequence[tuple[str, str]]], claims: Iterable[list[Claim]]
    ) -> None:
        ids = {party for pairs in parties.values() for _, party in pairs}
        ids |= {site for group in claims for site in sites_of(group)}
        for record in self._rows(cypher.NAMES_OF, sorted(ids - set(self.names))):
            self.names[record["id"]] = record["name"]

    # Speaking to the engine

    def _rows(self, query: str, ids: Sequence[str], **parameters: Any) -> Iterator[Row]:
        for start in range(0, len(ids), _CHUNK):
            part = list(ids[start : start + _CHUNK])
            yield from self.tx.run(query, {"ids": part, **parameters}).data()

    def _each(self, query: str, name: str, values: Sequence[Any]) -> None:
        for start in range(0, len(values), _CHUNK):
            self._run(query, {name: list(values[start : start + _CHUNK])})

    def _run(self, query: str, parameters: Row | None = None) -> None:
        self.tx.run(query, parameters).consume()


def _keys(properties: Mapping[str, Any]) -> set[str]:
    type_ = ontology().kinds[properties["kind"]].type
    return set(look_up_keys(type_, properties))


def _pairs(some: Mapping[str, set[str]], others: Mapping[str, set[str]]) -> list[Row]:
    """(entity, key) of ``some`` that ``others`` lacks."""
    return [
        {"entity": id_, "key": key}
        for id_ in sorted(some)
        for key in sorted(some[id_] - others.get(id_, set()))
    ]


def _grouped(claims: Iterable[Claim], by: str) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if (key := getattr(claim, by)) is not None:
            groups[key].append(claim)
    return dict(groups)


def _party_rows(
    deals: Iterable[str], parties: Mapping[str, Sequence[tuple[str, str]]]
) -> list[Row]:
    return [
        {"deal": id_, "role": role, "party": party} for id_ in deals for role, party in parties[id_]
    ]


def _tie_row(claims: Sequence[Claim]) -> tuple[str, Row]:
    type_, properties = tie_properties(claims)
    first = claims[0]
    head, tail = tie_ends(str(first.properties["type"]), first.head, first.tail)
    return type_, {"head": head, "tail": tail, "properties": properties}
