"""What follows from mentions and statements: the names of entities, the state of ties and deals.

Pure functions. All that the graph says of an entity, a partnership or a tie between two
entities comes from here and from nothing else, so that withdrawing a document leaves the graph
as if it had never been there. The rules are told in docs/graph-model.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import prod
from typing import Any

from extract.ontology import Kind, ontology
from graph.digest import DENIED, DISPUTED, POSSIBLE, RUMOURED, Digest
from graph.names.gazetteer import country_of
from graph.names.keys import name_key, other_names
from graph.names.organisations import known_organisations
from graph.tallies import Tallies

Row = dict[str, Any]

UNCONFIRMED = "UNCONFIRMED"
_MOST_CONFIDENT = 0.99
_WIDE_KINDS = ("general", "other")  # they say less than the type does


def entity_properties(id_: str, tallies: Tallies) -> tuple[str, Row]:
    """The label and the properties of an entity, from all its mentions (one at least)."""
    kinds: Counter[Kind] = Counter()
    for (type_, subtype), number in tallies.kinds.items():
        kinds[ontology().kind_of(type_, subtype)] += number
    order = {kind: -position for position, kind in enumerate(ontology().kinds.values())}
    kind = max(kinds, key=lambda kind: (kinds[kind], order[kind]))
    name = commonest(tallies.names)
    others = {*(+tallies.others), *(+tallies.names)} - {name}
    properties: Row = {
        "id": id_,
        "name": name,
        "kind": kind.name,
        "aliases": sorted(others),
        "mentions": tallies.mentions,
        "documents": tallies.documents,
    }
    if kind.type == "LOC" and (country := country_of(name, kind.name)):
        properties["country"] = country
    if counts := +tallies.counts:
        properties["count"] = max(counts)
    return kind.label, properties


def commonest(names: Counter[str]) -> str:
    """The name of most documents, of these the longest, then the first in the alphabet."""
    return min(names, key=lambda name: (-names[name], -len(name), name))


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


def status_of(digest: Digest) -> str:
    """One status for all that documents say of one tie or deal.

    A claim is anything but a rumour or a denial. Of the claims the latest document wins, and
    within its date the strongest. A denial as late as the latest claim makes it disputed; with
    no claim, the later of rumour and denial wins. Undated documents count as oldest. What is
    only possible counts for nothing beside any of these. Of a deal's pairs the strongest
    counts: it goes on where one of its parties has left.
    """
    return min((_status(dates) for dates in digest.dates.values()), key=_rank)


def _status(dates: Mapping[str, str]) -> str:
    """From the latest date of each status that is claimed of one pair."""
    if POSSIBLE in dates:
        return POSSIBLE
    others = {status: date for status, date in dates.items() if status not in (DENIED, RUMOURED)}
    if others:
        latest = max(others.values())
        if DENIED in dates and dates[DENIED] >= latest:
            return DISPUTED
        return min((status for status, date in others.items() if date == latest), key=_rank)
    if DENIED in dates and dates[DENIED] >= dates.get(RUMOURED, ""):
        return DENIED
    return RUMOURED


def confidence_of(best: Mapping[str, float]) -> float:
    """1 - Π(1 - c) over each story's best: documents err apart, sentences of one do not, and
    copies of one text err alike."""
    missed = prod(1.0 - best[story] for story in sorted(best))
    return round(min(1.0 - missed, _MOST_CONFIDENT), 3)


def tie_properties(id_: str, digest: Digest) -> tuple[str, Row]:
    """The relationship type and the properties of a tie."""
    row = {"id": id_, **_shared(digest)}
    for name in ("count", "people"):
        row.pop(name, None)
    if is_confirmed(row["status"]):
        return digest.type, row
    return UNCONFIRMED, {**row, "type": digest.type}


def partnership_properties(
    id_: str, digest: Digest, parties: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> Row:
    """The properties of a partnership; ``parties`` are (role, entity id), ``names`` by id."""
    row = {"id": id_, "type": digest.type, **_shared(digest)}
    row.pop("role", None)
    row["title"] = _title(digest.type, row.get("kind"), parties, digest.sites, names)
    return row


def is_confirmed(status: str) -> bool:
    """Whether a tie of this status may bear the name of a real one."""
    return ontology().statuses[status].confirmed


def _shared(digest: Digest) -> Row:
    """What ties and partnerships have in common."""
    status = status_of(digest)
    side = digest.supporting(status)
    row: Row = {
        "status": status,
        "confidence": confidence_of(side.best),
        "statements": sorted(id_ for _, id_ in digest.statements),
        "documents": digest.documents,
    }
    for name, (*_, value) in side.latest.items():
        row |= value if name == "money" else {name: value}
    if side.start:
        row["since"] = side.start
    if status == "ended" and side.end:
        row["until"] = side.end
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
