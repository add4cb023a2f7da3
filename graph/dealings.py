"""The dealings of a change: the ties and partnerships that it touches, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph import cypher
from graph.contribution import Row
from graph.derive import partnership_properties, tie_properties
from graph.digest import Claim, Digest
from graph.ids import tie_ends
from graph.placement import Placed
from graph.resolution.asking import ask, tell
from graph.roster import Roster
from graph.shelf import CLAIMS, KEPT_ABOVE, Shelf

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


@dataclass(slots=True)
class _State:
    """What is said of one tie or deal. Where its digest is kept in the graph, ``kept`` is that
    and its claims were not read; else ``claims`` are all that there were."""

    before: Digest | None = None
    after: Digest | None = None
    kept: Digest | None = None
    claims: list[Claim] = field(default_factory=list)
    new: list[Claim] = field(default_factory=list)

    def settle(self, removed: set[str], stories: Mapping[str, str]) -> None:
        if self.kept is not None:
            self.after = self.kept.fold(self.new)
            return
        self.before = Digest.of(self.claims) if self.claims else None
        stay = [
            replace(claim, story=stories.get(claim.document, claim.story))
            for claim in self.claims
            if claim.document not in removed
        ]
        all_ = [*stay, *self.new]
        self.after = Digest.of(all_) if all_ else None

    @property
    def ends(self) -> tuple[str, str]:
        """Where the tie starts and ends."""
        claim = (self.new or self.claims)[0]
        return tie_ends(str(claim.properties["type"]), claim.head, claim.tail)


class Dealings:
    """Reads, derives and writes ties and partnerships for one change."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.ties: dict[str, _State] = {}
        self.deals: dict[str, _State] = {}
        self._shelf = Shelf(tx, CLAIMS)
        self._parties: dict[str, Sequence[tuple[str, str]]] = {}

    def take_out(self, documents: Sequence[str]) -> None:
        """Read all that is said of what these documents speak of; they may be deleted then."""
        ties, deals = set(), set()
        for row in ask(self.tx, cypher.STATED, documents):
            ties |= {row["tie"]} - {None}
            deals |= {row["deal"]} - {None}
        self._read(ties, deals, whole=True)

    def settle(
        self,
        placed: Sequence[Placed],
        removed: set[str],
        stories: Mapping[str, str],
        retitled: Iterable[str],
    ) -> None:
        """Derive all that is touched. ``stories`` are those of new documents and of others
        whose story changed, which were taken out or read; ``retitled`` deals have a party or
        a site with a new name."""
        claims = [claim for new in placed for claim in claims_of(new, stories)]
        copies = [claim for claim in claims if claim.story != claim.document]
        self._read(_known(copies, "tie"), _known(copies, "deal"), whole=True)
        self._read(_known(claims, "tie"), _known(claims, "deal") | set(retitled))
        for claim in claims:
            if claim.tie:
                self.ties[claim.tie].new.append(claim)
            if claim.deal:
                self.deals[claim.deal].new.append(claim)
        texts: dict[str, str | None] = {}
        for id_, state in sorted({**self.ties, **self.deals}.items()):
            state.settle(removed, stories)
            after = state.after
            texts[id_] = after.to_text() if after and after.claims > KEPT_ABOVE else None
        self._shelf.write(texts)
        there = [id_ for id_, state in self.deals.items() if state.before]
        parties: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for record in ask(self.tx, cypher.PARTIES, sorted(there)):
            parties[record["id"]].append((record["role"], record["entity"]))
        self._parties = {**parties, **{d.id: d.parties for new in placed for d in new.deals}}

    def _read(self, ties: set[str], deals: set[str], whole: bool = False) -> None:
        """Read what is not read yet, by its digest unless ``whole``."""
        for query, states, wanted in (
            (cypher.CLAIMS_OF_TIES, self.ties, ties),
            (cypher.CLAIMS_OF_DEALS, self.deals, deals),
        ):
            ids = sorted(wanted - states.keys())
            kept = self._shelf.read(ids)
            for id_ in ids:
                states[id_] = _State()
                if id_ in kept and not whole:
                    states[id_].before = Digest.from_text(kept[id_])
                    states[id_].kept = Digest.from_text(kept[id_])
            asked = [id_ for id_ in ids if states[id_].kept is None]
            for record in ask(self.tx, query, asked):
                states[record.pop("about")].claims.append(Claim(**record))

    # Writing the difference

    def write(self, placed: Sequence[Placed], roster: Roster) -> None:
        """Write it; entities, documents and statements are written."""
        self._write_partnerships(roster)
        about = [
            {"id": s.row.id, "deal": s.deal.id} for new in placed for s in new.statements if s.deal
        ]
        tell(self.tx, cypher.CREATE_ABOUT, "rows", about)
        self._write_ties()

    def _write_partnerships(self, roster: Roster) -> None:
        after = {id_: state.after for id_, state in sorted(self.deals.items()) if state.after}
        roster.read_names(party for id_ in after for _, party in self._parties[id_])
        roster.read_names(site for digest in after.values() for site in digest.sites)
        rows = {
            id_: partnership_properties(id_, digest, self._parties[id_], roster.names)
            for id_, digest in after.items()
        }
        new = [id_ for id_ in after if self.deals[id_].before is None]
        tell(self.tx, cypher.CREATE_PARTNERSHIPS, "rows", [rows[id_] for id_ in new])
        kept = [rows[id_] for id_ in after if self.deals[id_].before]
        tell(self.tx, cypher.SET_PARTNERSHIPS, "rows", kept)
        parties = [
            {"deal": id_, "role": role, "party": party}
            for id_ in new
            for role, party in self._parties[id_]
        ]
        tell(self.tx, cypher.CREATE_PARTIES, "rows", parties)
        gone = [id_ for id_, s in sorted(self.deals.items()) if s.before and not s.after]
        tell(self.tx, cypher.DELETE_PARTNERSHIPS, "ids", gone)
        self._write_sites(after)

    def _write_sites(self, deals: Mapping[str, Digest]) -> None:
        added, dropped = [], []
        for id_, digest in deals.items():
            before = self.deals[id_].before
            old, new = set(before.sites if before else ()), set(digest.sites)
            added += [{"deal": id_, "site": site} for site in sorted(new - old)]
            dropped += [{"deal": id_, "site": site} for site in sorted(old - new)]
        tell(self.tx, cypher.DELETE_SITES, "rows", dropped)
        tell(self.tx, cypher.CREATE_SITED_IN, "rows", added)

    def _write_ties(self) -> None:
        created: dict[str, list[Row]] = defaultdict(list)
        renewed: dict[str, list[Row]] = defaultdict(list)
        deleted: dict[str, list[Row]] = defaultdict(list)
        for id_, state in sorted(self.ties.items()):
            old_type, old = tie_properties(id_, state.before) if state.before else ("", {})
            new_type, new = tie_properties(id_, state.after) if state.after else ("", {})
            if (old_type, old) == (new_type, new):
                continue
            head, tail = state.ends
            row = {"id": id_, "head": head, "tail": tail, "properties": new}
            if old_type == new_type:
                renewed[new_type].append(row)
                continue
            if old_type:
                deleted[old_type].append(row)
            if new_type:
                created[new_type].append(row)
        changes: tuple[tuple[Callable[[str], str], dict[str, list[Row]]], ...] = (
            (cypher.delete_ties, deleted),
            (cypher.set_ties, renewed),
            (cypher.create_ties, created),
        )
        for query, groups in changes:
            for type_, rows in sorted(groups.items()):
                tell(self.tx, query(type_), "rows", rows)


def claims_of(new: Placed, stories: Mapping[str, str]) -> list[Claim]:
    """What a document says, as claims; ``stories`` are those of documents that have another one
    than they tell."""
    document = new.contribution.document
    id_ = str(document["id"])
    story = stories.get(id_) or str(document.get("story") or id_)
    return [
        Claim(
            id=s.row.id,
            document=id_,
            story=story,
            dated=document["date"],
            head=s.head,
            tail=s.tail,
            site=s.site,
            deal=s.deal.id if s.deal else None,
            properties=s.properties,
        )
        for s in new.statements
        if s.tie
    ]


def _known(claims: Iterable[Claim], by: str) -> set[str]:
    return {getattr(claim, by) for claim in claims} - {None}
