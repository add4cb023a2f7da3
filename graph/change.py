"""One change of the graph: documents taken out and put in, and all that follows from it.

A change takes documents out, finds out anew who is who where that may have changed
(graph/resolution), tells documents anew whose names refer to others now, computes what must
hold (graph/derive.py) and writes the difference; all in the transaction of its caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from graph.placement import Placed, place
from graph.resolution.asking import ask, tell
from graph.resolution.records import Records
from graph.resolution.resolve import Resolution, resolve

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


@dataclass
class _Before:
    """What the graph said of all that the change touches."""

    entities: dict[str, tuple[str, Row]] = field(default_factory=dict)  # id -> label, properties
    tallies: dict[str, list[Tally]] = field(default_factory=lambda: defaultdict(list))
    claims: dict[str, Claim] = field(default_factory=dict)
    parties: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


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
        self.before = _Before()
        self.ties: set[str] = set()
        self.deals: set[str] = set()
        self.entities: set[str] = set()
        self.names: dict[str, str] = {}
        self.removed: set[str] = set()
        self.placed: list[Placed] = []

    def run(
        self, remove: Sequence[str], add: Sequence[Contribution], judged: Iterable[str]
    ) -> list[Placed]:
        self.tx.run(cypher.LOCK).consume()
        records = Records(self.tx)
        records.touch(remove, add, judged)
        self._take_out(remove)
        who = resolve(self.tx, records.now(add), records.former, add, judged)
        retold = records.retell(who.moved(), add)
        self._take_out([str(item.document["id"]) for item in retold])
        told = [*add, *retold]
        self.placed = [place(item, records.referents(item, who)) for item in told]
        self._put_in(records, who)
        return self.placed[: len(add)]

    def _take_out(self, documents: Sequence[str]) -> None:
        """Note what documents touch, then delete them with their statements."""
        self.entities |= {str(row["entity"]) for row in ask(self.tx, cypher.MENTIONED, documents)}
        ties, deals = set(), set()
        for row in ask(self.tx, cypher.STATED, documents):
            ties |= {row["tie"]} - {None}
            deals |= {row["deal"]} - {None}
        self._read_claims(ties, deals)
        tell(self.tx, cypher.DELETE_STATEMENTS, "ids", documents)
        tell(self.tx, cypher.DELETE_DOCUMENTS, "ids", documents)
        self.removed |= set(documents)

    def _put_in(self, records: Records, who: Resolution) -> None:
        """Write the placed contributions, and all that follows from the change."""
        ties = {s.tie for new in self.placed for s in new.statements if s.tie}
        deals = {deal.id for new in self.placed for deal in new.deals}
        self.entities |= {m.entity for new in self.placed for m in new.mentions}
        self.entities |= {join.entity for join in (*who.before.values(), *who.after.values())}
        self._read_entities()
        after = self._entities_after()
        deals |= self._retitled(after)
        self._read_claims(ties, deals)
        self._write_entities(after)
        self._write_names(after)
        self._write_documents(records, who)
        claims = self._claims_after()
        self._write_partnerships(claims)
        self._write_ties(claims)
        gone = sorted(set(self.before.entities) - set(after))
        tell(self.tx, cypher.DELETE_ENTITIES, "ids", gone)
        records.clear()

    # What is there now

    def _read_entities(self) -> None:
        for record in ask(self.tx, cypher.ENTITIES, sorted(self.entities)):
            label = next(name for name in record["labels"] if name != "Entity")
            self.before.entities[record["id"]] = (label, record["properties"])
        for record in ask(self.tx, cypher.TALLIES, sorted(self.before.entities)):
            row = {key: value for key, value in record.items() if value is not None}
            self.before.tallies[record["id"]].append(Tally(row, record["documents"]))

    def _read_claims(self, ties: set[str], deals: set[str]) -> None:
        """The claims of ties and deals that are not read yet."""
        asked = [
            (cypher.CLAIMS_OF_TIES, sorted(ties - self.ties)),
            (cypher.CLAIMS_OF_DEALS, sorted(deals - self.deals)),
        ]
        for query, ids in asked:
            for record in ask(self.tx, query, ids):
                self.before.claims[record["id"]] = Claim(**record)
        there = {claim.deal for claim in self.before.claims.values() if claim.deal}
        for record in ask(self.tx, cypher.PARTIES, sorted(there & (deals - self.deals))):
            self.before.parties[record["id"]].append((record["role"], record["entity"]))
        self.ties |= ties
        self.deals |= deals

    # What must hold after it

    def _entities_after(self) -> dict[str, tuple[str, Row]]:
        tallies = {id_: list(self.before.tallies[id_]) for id_ in self.entities}
        for new in self.placed:
            for mention in new.mentions:
                tallies[mention.entity].append(Tally(mention.properties))
        after = {
            id_: entity_properties(id_, tallies[id_])
            for id_ in sorted(self.entities)
            if tallies[id_]
        }
        self.names = {id_: row["name"] for id_, (_, row) in after.items()}
        return after

    def _retitled(self, after: Mapping[str, tuple[str, Row]]) -> set[str]:
        """Deals whose title changes because one of their names does."""
        renamed = [
            id_
            for id_, (_, row) in after.items()
            if id_ in self.before.entities and self.before.entities[id_][1]["name"] != row["name"]
        ]
        return {str(record["deal"]) for record in ask(self.tx, cypher.DEALS_OF, renamed)}

    def _claims_after(self) -> list[Claim]:
        stay = [c for c in self.before.claims.values() if c.document not in self.removed]
        new = [
            Claim(
                id=s.row.id,
                document=new.contribution.document["id"],
                dated=new.contribution.document["date"],
                head=s.head,
                tail=s.tail,
                site=s.site,
                deal=s.deal.id if s.deal else None,
                properties=s.properties,
            )
            for new in self.placed
            for s in new.statements
            if s.tie
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
            tell(self.tx, cypher.relabel(old, new), "ids", ids)
        tell(self.tx, cypher.SET_ENTITIES, "rows", changed)
        for label, rows in sorted(created.items()):
            tell(self.tx, cypher.create_entities(label), "rows", rows)

    def _write_names(self, after: Mapping[str, tuple[str, Row]]) -> None:
        before = {id_: _keys(row) for id_, (_, row) in self.before.entities.items()}
        now = {id_: _keys(row) for id_, (_, row) in after.items()}
        added = _pairs(now, before)
        dropped = _pairs(before, now)
        tell(self.tx, cypher.MERGE_NAMES, "keys", sorted({row["key"] for row in added}))
        tell(self.tx, cypher.CREATE_NAMED, "rows", added)
        tell(self.tx, cypher.DELETE_NAMED, "rows", dropped)
        tell(self.tx, cypher.DELETE_NAMES, "keys", sorted({row["key"] for row in dropped}))

    def _write_documents(self, records: Records, who: Resolution) -> None:
        documents = [dict(new.contribution.document) for new in self.placed]
        tell(self.tx, cypher.CREATE_DOCUMENTS, "rows", documents)
        records.write([new.contribution for new in self.placed], who)
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

    def _write_partnerships(self, claims: Iterable[Claim]) -> None:
        before = _grouped(self.before.claims.values(), "deal")
        after = _grouped(claims, "deal")
        parties: dict[str, Sequence[tuple[str, str]]] = dict(self.before.parties)
        parties |= {deal.id: deal.parties for new in self.placed for deal in new.deals}
        wanted = [id_ for id_ in sorted(self.deals) if id_ in after]
        self._read_names(parties, (after[id_] for id_ in wanted))
        rows = {
            id_: partnership_properties(id_, after[id_], parties[id_], self.names) for id_ in wanted
        }
        new = [id_ for id_ in wanted if id_ not in before]
        tell(self.tx, cypher.CREATE_PARTNERSHIPS, "rows", [rows[id_] for id_ in new])
        kept = [rows[id_] for id_ in wanted if id_ in before]
        tell(self.tx, cypher.SET_PARTNERSHIPS, "rows", kept)
        tell(self.tx, cypher.CREATE_PARTIES, "rows", _party_rows(new, parties))
        gone = [id_ for id_ in sorted(self.deals) if id_ in before and id_ not in after]
        tell(self.tx, cypher.DELETE_PARTNERSHIPS, "ids", gone)
        self._write_sites(wanted, before, after)
        about = [
            {"id": s.row.id, "deal": s.deal.id}
            for new in self.placed
            for s in new.statements
            if s.deal
        ]
        tell(self.tx, cypher.CREATE_ABOUT, "rows", about)

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
        tell(self.tx, cypher.DELETE_SITES, "rows", dropped)
        tell(self.tx, cypher.CREATE_SITED_IN, "rows", added)

    def _write_ties(self, claims: Iterable[Claim]) -> None:
        before = _grouped(self.before.claims.values(), "tie")
        after = _grouped(claims, "tie")
        created: dict[str, list[Row]] = defaultdict(list)
        renewed: dict[str, list[Row]] = defaultdict(list)
        deleted: dict[str, list[Row]] = defaultdict(list)
        for id_ in sorted(self.ties):
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
                tell(self.tx, query(type_), "rows", rows)

    def _read_names(
        self, parties: Mapping[str, Sequence[tuple[str, str]]], claims: Iterable[list[Claim]]
    ) -> None:
        ids = {party for pairs in parties.values() for _, party in pairs}
        ids |= {site for group in claims for site in sites_of(group)}
        for record in ask(self.tx, cypher.NAMES_OF, sorted(ids - set(self.names))):
            self.names[record["id"]] = record["name"]


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
