"""What a document adds, once it is known which entity each of its references refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.contribution import Contribution, Deal, Row, StatementRow, Use
from graph.ids import partnership_id, tie_id


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """An entity in a document, as the properties of MENTIONS."""

    entity: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlacedDeal:
    """A partnership's fixed part: its type and its (role, entity id) parties."""

    id: str
    type: str
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement between entities. ``tie`` and ``deal`` are None where both of its sides are
    one entity: a person may judge so, and may take it back."""

    row: StatementRow
    head: str
    tail: str
    site: str | None
    tie: str | None
    deal: PlacedDeal | None

    @property
    def properties(self) -> Row:
        """Those of its node."""
        return {**self.row.properties, **({"tie": self.tie} if self.tie else {})}


@dataclass(frozen=True, slots=True)
class Placed:
    """A document's contribution between entities of the graph."""

    contribution: Contribution
    mentions: tuple[PlacedMention, ...]
    statements: tuple[PlacedStatement, ...]

    @property
    def deals(self) -> tuple[PlacedDeal, ...]:
        """Its deals, by id."""
        found = {s.deal.id: s.deal for s in self.statements if s.deal}
        return tuple(found[id_] for id_ in sorted(found))


def place(contribution: Contribution, who: Mapping[str, str]) -> Placed:
    """Put the entities in: ``who`` maps each reference of the document to one."""
    together: dict[str, list[Use]] = {}
    for use in contribution.uses:
        together.setdefault(who[use.reference], []).append(use)
    return Placed(
        contribution,
        tuple(PlacedMention(entity, _as_one(together[entity])) for entity in sorted(together)),
        tuple(_place(row, who) for row in contribution.statements),
    )


def _place(row: StatementRow, who: Mapping[str, str]) -> PlacedStatement:
    head, tail = who[row.head], who[row.tail]
    apart = head != tail
    return PlacedStatement(
        row=row,
        head=head,
        tail=tail,
        site=who[row.site] if row.site else None,
        tie=tie_id(str(row.properties["type"]), head, tail) if apart else None,
        deal=_place_deal(row.deal, who) if apart and row.deal else None,
    )


def _place_deal(deal: Deal, who: Mapping[str, str]) -> PlacedDeal:
    parties = tuple(sorted({(role, who[party]) for role, party in deal.parties}))
    sites = {who[site] for site in deal.sites}
    return PlacedDeal(partnership_id(deal.type, parties, sites), deal.type, parties)


def _as_one(uses: Iterable[Use]) -> Row:
    """The properties of MENTIONS for references of one document that are one entity."""
    # The one most spoken of gives name and kind, as in one reference.
    rows = sorted(
        (use.properties for use in uses),
        key=lambda row: (row["mentions"], len(row["name"]), row["name"]),
        reverse=True,
    )
    names: Counter[str] = Counter()
    for row in rows:
        names.update(dict(zip(row["names"], row["counts"], strict=True)))
    ordered = sorted(names)
    merged: Row = {
        **rows[0],
        "names": ordered,
        "counts": [names[name] for name in ordered],
        "mentions": sum(row["mentions"] for row in rows),
    }
    counts = [row["count"] for row in rows if row.get("count") is not None]
    return merged | ({"count": max(counts)} if counts else {})
