"""The exchange format: readings as JSON, one object a line, out and in again.

The schema is that of ``docs/exchange-format.md``: a document's fields, ``entities`` with their
mentions, ``relations`` with their evidence. Offsets are code points into ``text``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from extract.dates import resolve_date
from extract.ontology import ontology
from extract.records import (
    Document,
    Entity,
    Failure,
    Mention,
    Reading,
    Span,
    Statement,
    document_id,
)
from extract.sources.characters import clean_line
from extract.sources.dates import iso_date
from extract.sources.draft import UnreadableError
from extract.sources.jsonl import checked, json_object
from extract.wordfiles import parse_yaml

_SURROGATE = re.compile("[\ud800-\udfff]")
# Line ends to some programs, though not to JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_NUMBER = re.compile(r"\d{1,9}")  # of ">=38"
_IMPLICIT_CONFIDENCE = 0.6  # of a tie that a record marks as implied only ("the Swedish maker")
_DATES = ("date", "since", "until")
_MOST = 10**9 - 1  # members of an unnamed group; a database takes no number without end


class SpanRecord(BaseModel):
    """A stretch of the record's text; ``text``, where it is given, is checked against that."""

    start: int
    end: int
    text: str | None = None


class MentionRecord(SpanRecord):
    """A mention; ``kind`` is name, nominal or pronoun."""

    kind: str = "name"


class EntityRecord(BaseModel):
    """An entity; without a name it is called by its first mention."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    type: str
    subtype: str | None = None
    name: str | None = None
    aliases: list[str] | None = None
    mentions: list[MentionRecord] | None = None
    count: int | None = Field(default=None, ge=0, le=_MOST)
    unnamed: bool | None = None


class RelationRecord(BaseModel):
    """A tie. ``attrs.status`` is read where ``modality`` and ``polarity`` are not given."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    type: str
    head: str
    tail: str
    symmetric: bool | None = None
    attrs: dict[str, Any] | None = None
    evidence: list[SpanRecord] | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    polarity: Literal["affirmed", "denied"] | None = None
    modality: (
        Literal["in_effect", "announced", "planned", "rumoured", "ended", "possible"] | None
    ) = None
    rule: str | None = None
    votes: dict[str, Annotated[float, Field(ge=0, le=1)]] | None = None
    implicit: bool | None = None


class ReadingRecord(BaseModel):
    """A line. Fields that are not named here are left alone."""

    text: str
    title: str | None = None
    date: Any = None
    source: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    entities: list[EntityRecord] | None = None
    relations: list[RelationRecord] | None = None


def write_reading(reading: Reading) -> str:
    """``reading`` as one line of JSON, without a line end; the same reading, the same line.

    Lone surrogates, which no file can hold, become U+FFFD.
    """
    document = reading.document
    record = {
        "id": document.id,
        "doc_id": document.id,
        "source": document.source,
        "title": document.title,
        "date": document.date,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "text": document.text,
        "entities": [_entity_fields(entity) for entity in reading.entities],
        "relations": [_relation_fields(statement) for statement in reading.statements],
    }
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _SURROGATE.sub("\ufffd", line).translate(_LINE_ENDS)


def exchange_files(name: str) -> Iterator[str | Failure]:
    """The files of readings that ``name`` stands for: itself, or those of a folder, sorted.

    The folder of a job on Spark is a Failure until the job is through: it has not all yet.
    """
    folder = Path(name)
    if not folder.is_dir():
        yield name
        return
    whole = (folder / "_SUCCESS").exists()
    inside = folder / "jsonl" if (folder / "jsonl").is_dir() else folder
    found = sorted(str(path) for path in inside.glob("*.jsonl"))
    if (folder / "manifest.json").exists() and not whole:
        yield Failure(name, "the job on Spark is not through; run it again, and load then")
    elif found or whole:
        yield from found
    else:
        yield Failure(name, "there is no .jsonl file in the folder; name one that `extract` wrote")


def read_file(name: str) -> Iterator[Reading | Failure]:
    """The readings of a file in the exchange format; one that can't be read is a Failure."""
    try:
        with Path(name).open(encoding="utf-8") as lines:
            yield from read_readings(lines, name)
    except UnicodeDecodeError:
        yield Failure(name, "not UTF-8 text; give a file that `partnergraph extract` wrote")
    except OSError as error:
        yield Failure(name, f"can't be opened ({error.strerror}); check the path")


def read_readings(lines: Iterable[str], source: str) -> Iterator[Reading | Failure]:
    """The readings of ``lines``, which are called ``source`` in messages.

    A line that is no record is one Failure ("file.jsonl:12"). Entities and relations of types
    that the ontology does not know are left out of the reading, and a Failure of status
    "skipped" after it says which and how many. Blank lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{clean_line(source)}:{number}"
        try:
            record = checked(ReadingRecord, json_object(line.removeprefix("\ufeff")))
            reading, left_out = _reading(record, where)
        except UnreadableError as error:
            yield Failure(where, clean_line(str(error)), error.status)
            continue
        yield reading
        if left_out:
            what = ", ".join(f"{count} {kind}" for kind, count in sorted(left_out.items()))
            reason = f"read without {what}: the ontology does not have these"
            yield Failure(where, clean_line(reason), "skipped")


def _entity_fields(entity: Entity) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": entity.id,
        "type": entity.type,
        "subtype": entity.subtype,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "kind": m.kind}
            for m in entity.mentions
        ],
    }
    return fields if entity.count is None else {**fields, "count": entity.count}


def _relation_fields(statement: Statement) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "type": statement.type,
        "head": statement.head,
        "tail": statement.tail,
        "symmetric": statement.symmetric,
        "attrs": dict(sorted(statement.attrs.items())),
        "evidence": [{"start": s.start, "end": s.end, "text": s.text} for s in statement.evidence],
        "confidence": statement.confidence,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "rule": statement.rule,
    }
    return {**fields, "votes": dict(sorted(statement.votes.items()))} if statement.votes else fields


def _reading(record: ReadingRecord, where: str) -> tuple[Reading, Counter[str]]:
    """The reading, and how many of which types were left out of it."""
    document = _document(record, where)
    left_out: Counter[str] = Counter()
    entities = _known_entities(record, left_out)
    types = {entity.id: entity.type for entity in entities}
    statements = []
    for relation in record.relations or ():
        ends = [types.get(end, "") for end in (relation.head, relation.tail)]
        if relation.type not in ontology().relations:
            left_out[f"{relation.type} (relation type)"] += 1
        elif not ontology().allows(relation.type, *ends):
            left_out[
                f"{relation.type} ({' to '.join(end or 'entity left out' for end in ends)})"
            ] += 1
        else:
            statement = _statement(relation, document)
            if statement.attrs.get("site", "") not in ("", *types):
                left_out["site (no known entity)"] += 1
                attrs = {key: value for key, value in statement.attrs.items() if key != "site"}
                statement = replace(statement, attrs=MappingProxyType(attrs))
            statements.append(statement)
    return Reading(document, tuple(entities), tuple(statements)), left_out


def _document(record: ReadingRecord, where: str) -> Document:
    source, url = clean_line(record.source or ""), clean_line(record.url or "")
    if not url and source.startswith(("http://", "https://")):
        url = source
    if not record.text.strip():
        raise UnreadableError("empty: there is no text in the record", "skipped")
    return Document(
        id=document_id(record.text),
        text=record.text,
        title=clean_line(record.title or ""),
        date=iso_date(record.date),
        source=where if record.source is None else source,
        url=url,
        publisher=clean_line(record.publisher or ""),
        language=clean_line(record.language or "en"),
    )


def _known_entities(record: ReadingRecord, left_out: Counter[str]) -> list[Entity]:
    types = {kind.type for kind in ontology().kinds.values()}
    rows = record.entities or []
    ids = {row.id for row in rows}
    if len(ids) < len(rows):
        raise UnreadableError("two entities have the same id; give each its own")
    for relation in record.relations or ():
        for end in (relation.head, relation.tail):
            if end not in ids:
                raise UnreadableError(
                    f"a relation {relation.type} names the entity {end!r}, which the record "
                    "does not have; add it to the entities"
                )
        for span in relation.evidence or ():
            _check(span, record.text)
    known = []
    for row in rows:
        for mention in row.mentions or ():
            _check(mention, record.text)
        if row.type in types:
            known.append(_entity(row, record))
        else:
            left_out[f"{row.type} (entity type)"] += 1
    return known


def _check(span: SpanRecord, text: str) -> None:
    inside = 0 <= span.start < span.end <= len(text)
    if not inside or span.text not in (None, text[span.start : span.end]):
        place = f"the text from {span.start} to {span.end}"
        wrong = f"is not {span.text[:40]!r}" if inside and span.text else "is not in it"
        raise UnreadableError(
            f"{place} {wrong}; give offsets in code points into this record's text"
        )


def _entity(row: EntityRecord, record: ReadingRecord) -> Entity:
    mentions = tuple(
        Mention(m.start, m.end, record.text[m.start : m.end], m.kind) for m in row.mentions or ()
    )
    name = row.name or (mentions[0].text if mentions else "")
    if not name:
        raise UnreadableError(f"the entity {row.id!r} has neither name nor mention; give it a name")
    is_group = bool(row.unnamed) and row.type == "ORG"
    return Entity(
        id=row.id,
        type=row.type,
        subtype="group" if is_group else _subtype(row),
        name=name,
        aliases=tuple(row.aliases or ()),
        mentions=mentions,
        count=_counted(row.id, record.relations or ())
        if is_group and row.count is None
        else row.count,
    )


def _subtype(row: EntityRecord) -> str:
    """The ontology's subtype; an unknown one is what it is another word for, or the widest."""
    subtype = _words("subtypes").get(row.subtype or "", row.subtype or "")
    return ontology().kind_of(row.type, subtype).subtype


def _counted(entity: str, relations: Iterable[RelationRecord]) -> int | None:
    """How many an unnamed group has, as the ties to it say (">=38")."""
    for relation in relations:
        if entity in (relation.head, relation.tail):
            found = _NUMBER.search(str((relation.attrs or {}).get("count", "")))
            if found:
                return int(found[0])
    return None


def _statement(row: RelationRecord, document: Document) -> Statement:
    attrs, status = _attrs(row.attrs or {}, document.date)
    denied = status == "denied"
    confidence = _IMPLICIT_CONFIDENCE if row.implicit else 1.0
    symmetric = ontology().relations[row.type].symmetric
    return Statement(
        type=row.type,
        head=row.head,
        tail=row.tail,
        symmetric=symmetric if row.symmetric is None else row.symmetric,
        attrs=MappingProxyType(attrs),
        evidence=tuple(
            Span(s.start, s.end, document.text[s.start : s.end]) for s in row.evidence or ()
        ),
        confidence=confidence if row.confidence is None else row.confidence,
        polarity=row.polarity or ("denied" if denied else "affirmed"),
        modality=row.modality or (status if status and not denied else "in_effect"),
        rule=row.rule or "",
        votes=MappingProxyType(row.votes or {}),
    )


def _attrs(raw: Mapping[str, Any], document_date: str) -> tuple[dict[str, str], str]:
    """The attributes as text, and the status that one of them told, "" where none did."""
    attrs = {key: _as_text(value) for key, value in sorted(raw.items()) if value is not None}
    status = ""
    for key in ("status", "when"):
        told = _words("statuses").get(attrs.get(key, ""), attrs.get(key, ""))
        if told in ontology().statuses and told != "disputed":
            status = status or told
            del attrs[key]
    if "kind" in attrs:
        attrs["kind"] = _words("kinds").get(attrs["kind"], attrs["kind"])
    if found := _NUMBER.search(attrs.get("count", "")):
        attrs["count"] = found[0]
    for key in _DATES:
        if key in attrs:
            attrs[key] = resolve_date(attrs[key], document_date) or attrs[key]
    return attrs, status


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _words(section: str) -> Mapping[str, str]:
    return _all_words()[section]


@cache
def _all_words() -> Mapping[str, Mapping[str, str]]:
    text = files("extract").joinpath("exchange.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = parse_yaml(text)
    return words
