"""Gold records in the exchange schema: what evaluation compares a reader with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from extract.errors import InputError


class GoldMention(BaseModel):
    """A mention of a gold entity; ``kind`` "name" unless said otherwise."""

    start: int
    end: int
    text: str
    kind: str = "name"


class GoldEntity(BaseModel):
    """A gold entity; without mentions where the text has only an adjective or a count of it."""

    id: str
    type: str
    subtype: str | None = None
    name: str | None = None
    aliases: list[str] | None = None
    mentions: list[GoldMention] = []


class GoldRelation(BaseModel):
    """A gold tie. ``optional`` may be found or not; ``implicit`` is reported with and without."""

    type: str
    head: str
    tail: str
    symmetric: bool = False
    optional: bool = False
    implicit: bool = False
    head_alternatives: list[str] = []
    tail_alternatives: list[str] = []
    attrs: dict[str, Any] = {}


class GoldRecord(BaseModel):
    """One annotated text; ``completeness`` says what of it may be scored (exchange format)."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    completeness: str = "exhaustive"
    annotated_types: list[str] | None = None
    entities: list[GoldEntity] = []
    relations: list[GoldRelation] = []
    negative_relations: list[GoldRelation] = []


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
        InputError: the record lacks what the schema asks for.
    """
    try:
        return GoldRecord.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(str(part) for part in first["loc"]) or "the record"
        raise InputError(
            f"{where}: {field_name}: {first['msg']}; see docs for the exchange format"
        ) from error
