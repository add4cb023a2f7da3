"""What follows from mentions and statements: the names of entities, the state of ties and deals.

Pure functions. All that the graph says of an entity, a partnership or a tie between two
entities comes from here and from nothing else, so that withdrawing a document leaves the graph
as if it had never been there. The rules are told in docs/graph-model.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any

from extract.ontology import Kind, ontology
from graph.names.keys import name_key, other_names
from graph.names.organisations import known_organisations

Row = dict[str, Any]

DENIED, DISPUTED, RUMOURED, POSSIBLE = "denied", "disputed", "rumoured", "possible"
UNCONFIRMED = "UNCONFIRMED"
_MOST_CONFIDENT = 0.99
_ONE_OF_LATEST = ("kind", "role", "count", "people")
_WIDE_KINDS = ("general", "other")  # they say less than the type does
_MONEY = ("amount", "currency", "amount_text", "stake")  # of one claim: they belong together


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its document's date: ``properties`` are those of its node, ``head``,
    ``tail`` and ``site`` ids of entities, ``deal`` the id of its partnership."""

    id: str
    document: str
    dated: str
    head: str
    tail: str
    site: str | None
    deal: str | None
    properties: Mapping[str, Any]

    @property
    def status(self) -> str:
        """in_effect, announced, planned, ended, rumoured, denied or possible."""
        return str(self.properties["status"])

    @property
    def tie(self) -> str:
        """The id of the tie that it speaks of."""
        return str(self.properties["tie"])


@dataclass(frozen=True, slots=True)
class Tally:
    """Equal mentions of one entity: the properties of MENTIONS, and how many documents."""

    properties: Mapping[str, Any]
    documents: int = 1


def entity_properties(id_: str, tallies: Iterable[Tally]) -> tuple[str, Row]:
    """The label and the properties of an entity, from all its mentions (one at least)."""
    kinds: Counter[Kind] = Counter()
    names: Counter[str] = Counter()
    others: set[str] = set()
    mentions = documents = 0
    count: int | None = None
    for tally in tallies:
        row = tally.properties
        kinds[ontology().kind_of(row["type"], row["subtype"])] += tally.documents
        names[row["name"]] += tally.documents
        others.update(row["names"])
        mentions += row["mentions"] * tally.documents
        documents += tally.documents
        if row.get("count") is not None:
            count = max(count or 0, row["count"])
    order = {kind: -position for position, kind in enumerate(ontology().kinds.values())}
    kind = max(kinds, key=lambda kind: (kinds[kind], order[kind]))
    # Most documents, then the longest, then the first in the alphabet.
    name = min(names, key=lambda name: (-names[name], -len(name), name))
    properties: Row = {
        "id": id_,
        "name": name,
        "kind": kind.name,
        "aliases": sorted((others | set(names)) - {name}),
        "mentions": mentions,
        "documents": documents,
    }
    if count is not None:
        properties["count"] = count
    return kind.label, properties


def look_up_keys(type_: str, properties: Mapping[str, Any]) -> list[str]:
    """The Name keys of an entity: its names in small letters, their common form, and the
    well-known other names of it."""
    names = [str(properties["name"]), *properties["aliases"]]
    keys = {name.lower() for name in names}
    keys |= {name_key(type_, name) for name in names}
    for key in list(keys):
        keys |= {name.lower() for name in _well_known(type_, key)}
    return sorted(keys)


def _well_known(type_: str, key: str) -> tuple[str, ...]:
    return known_organisations().other_names(key) if type_ == "ORG" else other_names(type_, key)


def status_of(claims: Sequence[Claim]) -> str:
    """One status for all that documents say of one tie or deal.

    A claim is anything but a rumour or a denial. Of the claims the latest document wins, and
    within its date the strongest. A denial as late as the latest claim makes it disputed; with
    no claim, the later of rumour and denial wins. Undated documents count as oldest. What is
    only possible counts for nothing beside any of these.
    """
    claims = settled(claims)
    if claims[0].status == POSSIBLE:
        return POSSIBLE
    denials = [c.dated for c in claims if c.status == DENIED]
    rumours = [c.dated for c in claims if c.status == RUMOURED]
    others = [c for c in claims if c.status not in (DENIED, RUMOURED)]
    if others:
        latest = max(c.dated for c in others)
        if denials and max(denials) >= latest:
            return DISPUTED
        return min((c.status for c in others if c.dated == latest), key=_rank)
    if denials and (not rumours or max(denials) >= max(rumours)):
        return DENIED
    return RUMOURED


def settled(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that count: possible ones do only where there are no others."""
    all_ = list(claims)
    return [claim for claim in all_ if claim.status != POSSIBLE] or all_


def confidence_of(claims: Iterable[Claim]) -> float:
    """1 - Π(1 - c) over each document's best: documents err apart, sentences of one do not."""
    best: dict[str, float] = {}
    for claim in claims:
        confidence = float(claim.properties["confidence"])
        best[claim.document] = max(confidence, best.get(claim.document, 0.0))
    missed = prod(1.0 - best[document] for document in sorted(best))
    return round(min(1.0 - missed, _MOST_CONFIDENT), 3)


def tie_properties(claims: Sequence[Claim]) -> tuple[str, Row]:
    """The relationship type and the properties of the tie that these claims speak of."""
    type_ = str(claims[0].properties["type"])
    row = _shared(claims, status_of(claims))
    row["id"] = claims[0].tie
    for name in ("count", "people"):
        row.pop(name, None)
    if is_confirmed(row["status"]):
        return type_, row
    return UNCONFIRMED, {**row, "type": type_}


def partnership_properties(
    id_: str, claims: Sequence[Claim], parties: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> Row:
    """The properties of a partnership; ``parties`` are (role, entity id), ``names`` by id."""
    type_ = str(claims[0].properties["type"])
    row = {"id": id_, "type": type_, **_shared(claims, _deal_status(claims))}
    row.pop("role", None)
    row["title"] = _title(type_, row.get("kind"), parties, sites_of(claims), names)
    return row


def sites_of(claims: Iterable[Claim]) -> list[str]:
    """Where a deal takes place: the sites named, and a facility's place."""
    found: set[str] = set()
    for claim in settled(claims):
        if claim.site:
            found.add(claim.site)
        if ontology().relations[claim.properties["type"]].site == "tail":
            found.add(claim.tail)
    return sorted(found)


def is_confirmed(status: str) -> bool:
    """Whether a tie of this status may bear the name of a real one."""
    return ontology().statuses[status].confirmed


def _deal_status(claims: Sequence[Claim]) -> str:
    """Of a deal's pairs the strongest counts: it goes on where one of its parties has left."""
    pairs: dict[str, list[Claim]] = {}
    for claim in settled(claims):
        pairs.setdefault(claim.tie, []).append(claim)
    return min((status_of(pair) for pair in pairs.values()), key=_rank)


def _shared(claims: Sequence[Claim], status: str) -> Row:
    """What ties and partnerships have in common."""
    claims = settled(claims)
    supporting = [c for c in claims if (c.status == DENIED) == (status == DENIED)] or list(claims)
    # The latest document first, then the surest; ids make the order the same each time.
    ordered = sorted(supporting, key=lambda c: (c.properties["confidence"], c.id), reverse=True)
    ordered.sort(key=lambda c: c.dated, reverse=True)
    row: Row = {
        "status": status,
        "confidence": confidence_of(supporting),
        "statements": sorted(claim.id for claim in claims),
        "documents": len({claim.document for claim in claims}),
    }
    for name in _ONE_OF_LATEST:
        for claim in ordered:
            if claim.properties.get(name) is not None:
                row[name] = claim.properties[name]
                break
    for claim in ordered:
        if claim.properties.get("amount_text") or claim.properties.get("stake"):
            row |= {n: claim.properties[n] for n in _MONEY if claim.properties.get(n) is not None}
            break
    return row | _period(supporting, status)


def _period(claims: Iterable[Claim], status: str) -> Row:
    """The earliest start and, for what has ended, the latest end; ISO dates as precise as known."""
    starts, ends = [], []
    for claim in claims:
        ended = claim.status == "ended"
        starts.append(claim.properties.get("since") or (not ended and claim.properties.get("date")))
        ends.append(claim.properties.get("until") or (ended and claim.properties.get("date")))
    row: Row = {}
    if known := [str(start) for start in starts if start]:
        row["since"] = min(known)
    if status == "ended" and (known := [str(end) for end in ends if end]):
        row["until"] = max(known)
    return row


def _title(
    type_: str,
    kind: str | None,
    parties: Iterable[tuple[str, str]],
    sites: Sequence[str],
    names: Mapping[str, str],
) -> str:
    """ "Volkswagen – Hefei (R&D centre)": the parties by role and name, the place of a facility."""
    relation = ontology().relations[type_]
    order = {role: position for position, role in enumerate(relation.roles)}
    shown = [
        name for _, name in sorted((order.get(role, 0), names[party]) for role, party in parties)
    ]
    if relation.site:
        shown += sorted(names[site] for site in sites)
    return f"{' – '.join(shown)} ({_noun(type_, kind)})"


def _noun(type_: str, kind: str | None) -> str:
    relation = ontology().relations[type_]
    kinds = ontology().facility_kinds if relation.site else ontology().partnership_kinds
    if kind and kind in kinds and kind not in _WIDE_KINDS:
        return kinds[kind]
    return relation.noun or relation.group


@cache
def _rank(status: str) -> int:
    return list(ontology().statuses).index(status)
