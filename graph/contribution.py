"""What one document adds to the graph, in its own names: rows without any database.

Its entities are references here: a type and the key of a name. Which entity of the graph each
refers to is for graph/resolution to say, over all documents; graph/placement.py puts that in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extract.ontology import ontology
from extract.records import Entity, Reading, Statement
from extract.sentence import readable
from graph.digest import POSSIBLE
from graph.ids import entity_id, pair_id, statement_id
from graph.resolution.within import refer
from graph.sketch import Sketch

Row = dict[str, Any]

_FORMAT = "3"  # of a document's contribution: another number makes every document load anew
_LONGEST_NAME = 300  # characters; longer ones are no names, and an index refuses them
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = ("role", "kind", "stake", "since", "until", "date")
_COUNTS = ("count", "people")
_PLACED = ("tie",)  # what a statement in the graph has besides: who its references are


@dataclass(frozen=True, slots=True)
class Use:
    """A reference in a document, as the properties of USES."""

    reference: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deal:
    """A partnership as a document tells it: its type, its (role, reference) parties and, for a
    facility, the references of its place."""

    type: str
    parties: tuple[tuple[str, str], ...]
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with the references around it, and the deal that it is about."""

    id: str
    head: str
    tail: str
    site: str | None
    deal: Deal | None
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contribution:
    """All that a document adds. ``left_out`` counts entities and statements that the
    ontology has no place for, and statements that tie a reference to itself. ``sketch`` tells
    near-copies of its text (graph/sketch.py); "" where it is in the graph already."""

    document: Mapping[str, Any]
    uses: tuple[Use, ...]
    statements: tuple[StatementRow, ...]
    left_out: int = 0
    sketch: str = ""


def contribution(reading: Reading, hashed: str = "") -> Contribution:
    """The rows of a reading, whose fingerprint may be given. The same reading, the same rows."""
    references = refer(reading)
    types = {kind.type for kind in ontology().kinds.values()}
    known = {entity.id: entity for entity in reading.entities if entity.type in types}
    fitting = [s for s in reading.statements if _fits(s, known, references)]
    deals = _deals(fitting, references)
    rows: dict[str, StatementRow] = {}
    for position, statement in enumerate(fitting):
        row = _statement_row(reading, statement, known, references, deals.get(position))
        rows[row.id] = max(rows.get(row.id, row), row, key=_strength)
    uses = _uses(known.values(), references)
    return Contribution(
        document=_document(reading, hashed or fingerprint(reading)),
        uses=tuple(sorted(uses, key=lambda use: use.reference)),
        statements=tuple(rows[key] for key in sorted(rows)),
        left_out=len(reading.entities) - len(known) + len(reading.statements) - len(fitting),
        sketch=Sketch.of(reading.document.text).to_text(),
    )


def fingerprint(reading: Reading) -> str:
    """A hash of all that a reading says, to tell an unchanged document with one look-up."""
    d = reading.document
    parts = [
        [d.id, d.text, d.title, d.date, d.url, d.publisher, d.language],
        [_entity_parts(entity) for entity in reading.entities],
        [_statement_parts(statement) for statement in reading.statements],
    ]
    text = json.dumps(parts, ensure_ascii=True)
    return _FORMAT + "-" + hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def clean(text: str) -> str:
    """``text`` without halves of characters (lone surrogates), which no database takes."""
    return _SURROGATE.sub("\ufffd", text)


def _entity_parts(e: Entity) -> list[Any]:
    mentions = [[m.start, m.end, m.text, m.kind] for m in e.mentions]
    return [e.id, e.type, e.subtype, e.name, list(e.aliases), mentions, e.count]


def _statement_parts(s: Statement) -> list[Any]:
    evidence = [[span.start, span.end, span.text] for span in s.evidence]
    claim = [s.type, s.head, s.tail, s.confidence, s.polarity, s.modality, s.rule]
    return [*claim, sorted(s.attrs.items()), evidence]


def _document(reading: Reading, hashed: str) -> Row:
    document = reading.document
    fields = ("id", "title", "date", "publisher", "url", "source", "language")
    return {
        **{name: clean(getattr(document, name)) for name in fields},
        "words": len(document.text.split()),
        "fingerprint": hashed,
    }


def _fits(s: Statement, known: Mapping[str, Entity], ids: Mapping[str, str]) -> bool:
    if s.type not in ontology().relations or s.head not in known or s.tail not in known:
        return False
    return ids[s.head] != ids[s.tail]


def _uses(entities: Iterable[Entity], references: Mapping[str, str]) -> Iterator[Use]:
    """One row per reference: local entities that are one are put together."""
    together: dict[str, list[Entity]] = {}
    for entity in entities:
        together.setdefault(references[entity.id], []).append(entity)
    for reference, same in together.items():
        # The one with the reference's own name gives name and kind, of these the one most
        # spoken of; the rest are other names.
        first = max(
            same,
            key=lambda e: (
                entity_id(e.type, e.name) == reference,
                *(len(e.mentions), len(e.name), e.name, e.id),
            ),
        )
        names: Counter[str] = Counter()
        for entity in same:
            names.update(dict.fromkeys((_name(n) for n in (entity.name, *entity.aliases)), 0))
            names.update(_name(m.text) for m in entity.mentions if m.kind == "name")
        ordered = sorted(name for name in names if name)
        row: Row = {
            "name": _name(first.name),
            "names": ordered,
            "counts": [names[name] for name in ordered],
            "mentions": sum(len(entity.mentions) for entity in same),
            "type": first.type,
            "subtype": ontology().kind_of(first.type, first.subtype).subtype,
        }
        counts = [entity.count for entity in same if entity.count is not None]
        if counts:
            row["count"] = max(counts)
        yield Use(reference, row)


def _name(text: str) -> str:
    name = " ".join(clean(text).split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _deals(statements: list[Statement], ids: Mapping[str, str]) -> dict[int, Deal]:
    """Position of a statement → its deal; those that share ``attrs["deal"]`` share one.

    Possible statements share one among themselves only: a party that the reader is unsure of
    is no party to the deal that it is sure of.
    """
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for position, statement in enumerate(statements):
        if ontology().relations[statement.type].deal:
            name = statement.attrs.get("deal") or f"\0{position}"
            key = (statement.type, name, _status(statement) == POSSIBLE)
            groups.setdefault(key, []).append(position)
    found: dict[int, Deal] = {}
    for (type_, *_), members in groups.items():
        deal = _deal(type_, [statements[position] for position in members], ids)
        found.update(dict.fromkeys(members, deal))
    return found


def _deal(type_: str, members: list[Statement], ids: Mapping[str, str]) -> Deal:
    relation = ontology().relations[type_]
    parties = {(relation.roles[0], ids[s.head]) for s in members}
    sites = {ids[s.tail] for s in members} if relation.site == "tail" else set()
    if not sites:
        parties |= {(relation.roles[1], ids[s.tail]) for s in members}
    return Deal(type_, tuple(sorted(parties)), tuple(sorted(sites)))


def _statement_row(
    reading: Reading,
    s: Statement,
    known: Mapping[str, Entity],
    ids: Mapping[str, str],
    deal: Deal | None,
) -> StatementRow:
    start = s.evidence[0].start if s.evidence else None
    text, names = readable(s.evidence, (known[s.head], known[s.tail]))
    head, tail = ids[s.head], ids[s.tail]
    row: Row = {
        "id": statement_id(reading.document.id, s.type, head, tail, start),
        "document": reading.document.id,
        "type": s.type,
        "status": _status(s),
        "polarity": s.polarity,
        "modality": s.modality,
        "confidence": round(float(s.confidence), 6),
        "rule": clean(s.rule),
        "text": clean(text),
        "names": names,
        **_attributes(s.attrs),
        "subject_reference": head,
        "object_reference": tail,
        "pair": pair_id(head, tail),
    }
    if s.evidence:
        row |= {"start": s.evidence[0].start, "end": s.evidence[0].end}
    site = ids[s.attrs["site"]] if s.attrs.get("site", "") in known else None
    if site:
        row["site_reference"] = site
    if deal:
        row["deal_parties"] = [f"{role}={party}" for role, party in deal.parties]
        row["deal_sites"] = list(deal.sites)
    return StatementRow(row["id"], head, tail, site, deal, properties=row)


def stored_statement(properties: Mapping[str, Any]) -> StatementRow:
    """A statement's row, from the properties of its node in a graph."""
    row = {name: value for name, value in properties.items() if name not in _PLACED}
    deal = None
    if "deal_parties" in row:
        pairs = (text.partition("=") for text in row["deal_parties"])
        parties = tuple((role, party) for role, _, party in pairs)
        deal = Deal(row["type"], parties, tuple(row.get("deal_sites") or ()))
    return StatementRow(
        id=row["id"],
        head=row["subject_reference"],
        tail=row["object_reference"],
        site=row.get("site_reference"),
        deal=deal,
        properties=row,
    )


def _status(s: Statement) -> str:
    """A possible denial is possible, not denied: it must not turn against what is stated."""
    return POSSIBLE if s.modality == POSSIBLE else s.status


def _strength(row: StatementRow) -> tuple[Any, ...]:
    """Of two rows with one id the surer stays, and a possible one never: the rest makes the
    choice the same each time."""
    rest = [row.head, row.site or "", json.dumps(row.properties, sort_keys=True)]
    return (row.properties["status"] != POSSIBLE, row.properties["confidence"], *rest)


def _attributes(attrs: Mapping[str, str]) -> Row:
    row: Row = {name: clean(attrs[name]) for name in _PLAIN if attrs.get(name)}
    for name in _COUNTS:
        if (number := _whole(attrs.get(name, ""))) is not None:
            row[name] = number
    if written := attrs.get("amount"):
        from extract.amounts import parse_amount

        row["amount_text"] = clean(written)
        if (amount := parse_amount(written)) is not None:
            row |= {"amount": float(amount.value), "currency": amount.currency}
    return row


def _whole(text: str) -> int | None:
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
