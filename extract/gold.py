"""Gold records in the exchange schema: what evaluation compares a reader with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from extract.errors import InputError
from extract.exchange import MentionRecord, SpanRecord
from extract.ontology import ontology
from extract.scoring import scoring

POSSIBLE = "possible"  # the status of a tie that is neither claimed nor ruled out


class GoldEntity(BaseModel):
    """A gold entity; without mentions where the text has only an adjective or a count of it."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    type: str
    subtype: str | None = None
    name: str | None = None
    aliases: list[str] | None = None
    mentions: list[MentionRecord] | None = None

    @property
    def spans(self) -> list[MentionRecord]:
        """The mentions; none where the record does not say."""
        return self.mentions or []


class GoldRelation(BaseModel):
    """A gold tie. ``optional`` may be found or not; ``implicit`` is reported with and without."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    type: str
    head: str
    tail: str
    symmetric: bool | None = None
    optional: bool | None = None
    implicit: bool | None = None
    head_alternatives: list[str] = []
    tail_alternatives: list[str] = []
    attrs: dict[str, Any] | None = None
    evidence: list[SpanRecord] | None = None
    polarity: str | None = None
    modality: str | None = None

    @property
    def ends(self) -> list[str]:
        """The ids of all entities that it names."""
        return [self.head, self.tail, *self.head_alternatives, *self.tail_alternatives]

    @property
    def status(self) -> str:
        """How real the tie is, in the ontology's word; "" where the gold does not say."""
        told = str((self.attrs or {}).get("status") or "")
        told = scoring().statuses.get(told, told)
        if self.polarity == "denied" or (self.polarity is None and told == "denied"):
            return "denied"
        return self.modality or (told if told != "denied" else "")

    @property
    def is_trap(self) -> bool:
        """Whether the text speaks of the tie without confirming it: denied, only rumoured."""
        known = ontology().statuses.get(self.status)
        return known is not None and not known.confirmed and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether neither finding nor missing it changes anything."""
        return bool(self.optional) or self.status == POSSIBLE

    @property
    def doubt(self) -> str:
        """The status of a tie that its text denies or only rumours; "" of any other.

        A trap says it in ``attrs.why``, among other reasons that are no status.
        """
        why = str((self.attrs or {}).get("why") or "")
        for word in (self.status, scoring().statuses.get(why, why)):
            known = ontology().statuses.get(word)
            if known is not None and not known.confirmed and word != POSSIBLE:
                return word
        return ""


class GoldRecord(BaseModel):
    """One annotated text; ``completeness`` says what of it may be scored (exchange format)."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str | None = None
    text: StrictStr
    title: str | None = None
    date: str | None = None
    completeness: str = "exhaustive"
    annotated_types: list[str] | None = None
    entities: list[GoldEntity] | None = None
    relations: list[GoldRelation] | None = None
    negative_relations: list[GoldRelation] | None = None

    @property
    def known(self) -> list[GoldEntity]:
        """The entities; none where the record does not say."""
        return self.entities or []

    @property
    def ties(self) -> list[GoldRelation]:
        """The ties to be found."""
        return [relation for relation in self.relations or () if not relation.is_trap]

    @property
    def traps(self) -> list[GoldRelation]:
        """The ties that the text tempts to, or speaks of without confirming them."""
        unconfirmed = [relation for relation in self.relations or () if relation.is_trap]
        return [*unconfirmed, *(self.negative_relations or ())]


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file.

    Raises:
        InputError: no such file, or a line that is no record; the message names file and line.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _checked(line, f"{path}, line {number}")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; give a file of JSON lines") from error
    except OSError as error:
        raise InputError(f"{path} can't be opened ({error.strerror}); check the path") from error


def _checked(line: str, where: str) -> dict[str, Any]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: no JSON ({error}); one JSON object a line is needed") from error
    gold_record(raw, where)
    record: dict[str, Any] = raw
    return record


def gold_record(raw: object, where: str) -> GoldRecord:
    """The record, checked; ``where`` names it in the error.

    Raises:
        InputError: the record lacks what the schema asks for, its offsets do not fit its text,
            or a relation is of an unknown type or names an entity that is not there.
    """
    try:
        record = GoldRecord.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(str(part) for part in first["loc"]) or "the record"
        raise InputError(
            f"{where}: {field_name}: {first['msg']}; see docs for the exchange format"
        ) from error
    for wrong in _wrong(record):
        raise InputError(f"{where}: {wrong}")
    return record


def _wrong(record: GoldRecord) -> Iterator[str]:
    """What does not fit together in a record, as messages."""
    ids = {entity.id for entity in record.known}
    if len(ids) < len(record.known):
        yield "two entities have the same id; give each its own"
    relations = [*(record.relations or ()), *(record.negative_relations or ())]
    spans = [span for entity in record.known for span in entity.spans]
    spans += [span for relation in relations for span in relation.evidence or ()]
    for span in spans:
        inside = 0 <= span.start < span.end <= len(record.text)
        found = record.text[span.start : span.end] if inside else ""
        if not inside or span.text not in (None, found):
            what = f"is not {span.text[:40]!r}" if inside and span.text else "is not in it"
            yield (
                f"the text from {span.start} to {span.end} {what}; "
                "give offsets in code points into this record's text"
            )
    for relation in relations:
        if relation.type not in scoring().known:
            yield f"unknown relation type {relation.type[:40]!r}; take one of extract/ontology.yaml"
        for end in relation.ends:
            if end not in ids:
                yield (
                    f"a relation {relation.type} names the entity {end[:40]!r}, which the record "
                    "does not have; add it to the entities"
                )


def merge_records(records: Iterable[GoldRecord]) -> list[GoldRecord]:
    """One record for all that annotate one text alike; what the one has not, the other may.

    Entities are the same where they share a type and a mention or a name.
    """
    alike: dict[tuple[str, str, tuple[str, ...]], list[GoldRecord]] = {}
    for record in records:
        types = tuple(sorted(record.annotated_types or ()))
        alike.setdefault((record.text, record.completeness, types), []).append(record)
    return [_merged(group) if len(group) > 1 else group[0] for group in alike.values()]


def _merged(records: Sequence[GoldRecord]) -> GoldRecord:
    entities: dict[str, GoldEntity] = {}
    seen: dict[tuple[object, ...], str] = {}
    relations: list[GoldRelation] = []
    negative: list[GoldRelation] = []
    for number, record in enumerate(records):
        ids: dict[str, str] = {}
        for entity in record.known:
            new = f"{number} {entity.id}" if entity.id in entities else entity.id
            key = next((seen[mark] for mark in _marks(entity) if mark in seen), new)
            ids[entity.id] = key
            known = entities[key].spans if key in entities else []
            spans = [*known, *(span for span in entity.spans if span not in known)]
            entities[key] = entity.model_copy(update={"id": key, "mentions": spans})
        for entity in record.known:
            for mark in _marks(entity):
                seen.setdefault(mark, ids[entity.id])
        relations += [_renamed(relation, ids) for relation in record.relations or ()]
        negative += [_renamed(relation, ids) for relation in record.negative_relations or ()]
    update = {
        "entities": list(entities.values()),
        "relations": relations,
        "negative_relations": negative,
    }
    return records[0].model_copy(update=update)


def _marks(entity: GoldEntity) -> list[tuple[object, ...]]:
    """What tells that an entity of another record is the same."""
    marks: list[tuple[object, ...]] = [(entity.type, m.start, m.end) for m in entity.spans]
    return [*marks, (entity.type, entity.name.casefold())] if entity.name else marks


def _renamed(relation: GoldRelation, ids: dict[str, str]) -> GoldRelation:
    update = {
        "head": ids[relation.head],
        "tail": ids[relation.tail],
        "head_alternatives": [ids[end] for end in relation.head_alternatives],
        "tail_alternatives": [ids[end] for end in relation.tail_alternatives],
    }
    return relation.model_copy(update=update)
