"""JSON lines: an article a line, also the records that ``partnergraph extract`` writes."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.sources.dates import iso_date
from extract.sources.draft import MAX_BYTES, Draft, UnreadableError, too_large

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = TypeVar("Record", bound=BaseModel)


class ArticleRecord(BaseModel):
    """One line. Fields that are not named here are left alone."""

    model_config = ConfigDict(extra="ignore")

    text: str
    title: str | None = None
    date: Any = None
    url: str | None = None
    publisher: str | None = None
    source: str | None = None


def read_lines(
    stream: BinaryIO, head: bytes = b""
) -> Iterator[tuple[int, Draft | UnreadableError]]:
    """The number of every line that isn't blank, counted from 1, with its article or its fault.

    ``head`` is what was read of the stream before, whole lines. One line is held in memory at
    a time.
    """
    for number, line in enumerate(chain(head.splitlines(keepends=True), _lines(stream)), start=1):
        if number == 1 and line.startswith(_UTF_16):
            yield number, UnreadableError("the file is UTF-16; save it as UTF-8")
            return
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip() or len(line) > MAX_BYTES:
            yield number, draft_line(line)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of ``stream``; of one that is too long, the beginning."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def draft_line(line: bytes) -> Draft | UnreadableError:
    """The article of one line, or its fault."""
    if len(line) > MAX_BYTES:
        return too_large("line")
    try:
        return draft_record(json_object(line.decode("utf-8")))
    except UnicodeDecodeError:
        return UnreadableError("the line is not UTF-8; save the file as UTF-8")
    except UnreadableError as error:
        return error


def draft_record(value: dict[str, Any]) -> Draft:
    """The article of one record's fields. Raises UnreadableError."""
    record = checked(ArticleRecord, value)
    # a record of ``extract`` has both, and its source is a file's name
    publisher = record.source if record.publisher is None else record.publisher
    date = iso_date(record.date)
    return Draft(record.text, record.title or "", date, record.url or "", publisher or "")


def json_object(line: str) -> dict[str, Any]:
    """The JSON object of a line that has a "text"; lone surrogates become U+FFFD.

    Raises UnreadableError.
    """
    try:
        value = json.loads(line)
        if _SURROGATE_ESCAPE.search(line):  # most of them are pairs, and well
            value = json.loads(_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        what = str(error).split(":")[0]
        raise UnreadableError(
            f"the line is not JSON ({what}); write one JSON object a line"
        ) from error
    if not isinstance(value, dict):
        raise UnreadableError("the line is not a JSON object; write one object a line")
    return with_text(value)


def with_text(value: dict[str, Any]) -> dict[str, Any]:
    """``value``. Raises UnreadableError where it has no "text"."""
    if value.get("text") is None:
        raise UnreadableError('the record has no "text"; give the article\'s text in that field')
    return value


def checked(model: type[Record], value: dict[str, Any]) -> Record:
    """``value`` as ``model``. Raises UnreadableError that names the first field at fault."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = f'"{field}" is not as it must be ({first["msg"]}); mend the record'
        raise UnreadableError(reason) from error
