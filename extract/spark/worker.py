"""What runs in Spark's Python workers: bytes to documents, documents to readings.

Batches of Arrow in, batches of Arrow out; nothing but one batch is held.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from extract.records import Document, Failure, Reading
from extract.sources.draft import UnreadableError
from extract.sources.jsonl import draft_line, draft_record, with_text
from extract.sources.reader import finished, read_stream

if TYPE_CHECKING:
    import pyarrow

    from extract.pipeline import Reader

STAGED = "key string, row int, source string, status string, reason string, document string"
"""A document, as JSON, or why there is none; ``row`` counts within the part called ``key``."""

READ = (
    "part int, id string, source string, status string, reason string, title string, "
    "date string, reading string"
)
"""What became of a document: read (``reading`` is its line of the exchange format), skipped or
failed."""

Rows = Iterator["pyarrow.RecordBatch"]
_DIED = (
    "reading failed: the reading process died of it each time, most likely for want of memory; "
    "the other documents are not touched by it: split it, or leave it out"
)


@dataclass(frozen=True, slots=True)
class Packing:
    """How documents become parts: of about ``size`` characters, named after ``label``."""

    label: str
    size: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Of the reader: as ``extract.pipeline.Reader`` takes them."""

    model: str | None
    min_confidence: float | None
    threads: int = 1


def parse_files(packing: Packing, names: Mapping[str, str], batches: Rows) -> Rows:
    """Rows (path, content) to staged documents; ``names`` are those of the paths."""

    def documents() -> Iterator[Document | Failure]:
        for row in _rows(batches):
            name = names[row["path"]]
            try:
                yield from read_stream(BytesIO(row["content"] or b""), name)
            except OSError as error:
                yield Failure(name, f"can't be read ({error}); look whether the file is whole")

    return _staged(packing, documents())


def parse_lines(
    packing: Packing, names: Mapping[str, str], before: Mapping[tuple[str, int], int], batches: Rows
) -> Rows:
    """Rows (file, start, line) to staged documents; ``before`` says how many lines of a file
    lie before the block that starts there."""

    def documents() -> Iterator[Document | Failure]:
        numbers = defaultdict(int, before)
        for row in _rows(batches):
            block = (row["file"], row["start"])
            numbers[block] += 1
            line = row["line"] or b""
            if line.strip():
                yield finished(draft_line(line), f"{names[unquote(block[0])]}:{numbers[block]}")

    return _staged(packing, documents())


def parse_records(packing: Packing, names: Mapping[str, str], batches: Rows) -> Rows:
    """Rows (file, row, and the fields of a record) to staged documents."""

    def documents() -> Iterator[Document | Failure]:
        for row in _rows(batches):
            name = f"{names[unquote(row.pop('file'))]}:{row.pop('row') + 1}"
            try:
                yield finished(draft_record(with_text(row)), name)
            except UnreadableError as error:
                yield finished(error, name)

    return _staged(packing, documents())


def read_documents(
    settings: Settings, parts: Mapping[str, int], poison: Set[tuple[str, int]], batches: Rows
) -> Rows:
    """Staged documents to readings. ``parts`` are the numbers of keys; rows of ``poison`` have
    ended the process before and are not read again."""
    return _batched(partial(_read_batch, settings, parts, poison), READ, _batch_rows(batches))


def _read_batch(
    settings: Settings,
    parts: Mapping[str, int],
    poison: Set[tuple[str, int]],
    rows: list[dict[str, Any]],
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if (row["key"], row["row"]) in poison:
            row |= {"status": "failed", "reason": _DIED}
    waiting = (Document(**json.loads(row["document"])) for row in rows if not row["status"])
    readings = _reader(settings).read(waiting)
    for row in rows:
        if row["status"]:
            found: Reading | Failure = Failure(row["source"], row["reason"], row["status"])
        else:
            found = next(readings)
        yield parts[row["key"]], *_told(found)


def _told(found: Reading | Failure) -> tuple[str, ...]:
    from extract.exchange import write_reading

    if isinstance(found, Failure):
        return "", found.source, found.status, found.reason, "", "", ""
    document = found.document
    line = write_reading(found)
    return document.id, document.source, "read", "", document.title, document.date, line


@cache
def _reader(settings: Settings) -> Reader:
    """The reader, loaded once a process: Spark keeps its workers from task to task."""
    from extract.pipeline import Reader

    return Reader(settings.model, min_confidence=settings.min_confidence, threads=settings.threads)


def _staged(packing: Packing, documents: Iterable[Document | Failure]) -> Rows:
    from pyspark import TaskContext

    task = TaskContext.get()
    prefix = f"{packing.label}-{task.partitionId() if task else 0:06d}"

    def rows() -> Iterator[tuple[Any, ...]]:
        chunk = size = row = 0
        for found in documents:
            yield staged_row(f"{prefix}-{chunk:06d}", row, found)
            row += 1
            size += len(found.text) if isinstance(found, Document) else 0
            if size >= packing.size:
                chunk, size, row = chunk + 1, 0, 0

    return _batched(lambda group: iter(group), STAGED, _grouped(rows(), packing.size))


def staged_row(key: str, row: int, found: Document | Failure) -> tuple[Any, ...]:
    """A row of STAGED."""
    if isinstance(found, Failure):
        return key, row, found.source, found.status, found.reason, ""
    return key, row, found.source, "", "", json.dumps(asdict(found))


def _grouped(rows: Iterable[tuple[Any, ...]], most: int) -> Iterator[list[tuple[Any, ...]]]:
    """Groups of rows with about ``most`` characters."""
    group: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += len(row[-1]) + 100
        if size >= most:
            yield group
            group, size = [], 0
    if group:
        yield group


def _batched(
    action: Callable[[Any], Iterator[tuple[Any, ...]]], schema: str, groups: Iterable[Any]
) -> Rows:
    """What ``action`` makes of each group, as a batch of Arrow."""
    import pyarrow

    types = {"string": pyarrow.string(), "int": pyarrow.int32()}
    fields = [tuple(field.split()) for field in schema.split(",")]
    arrow = pyarrow.schema([(name, types[type_]) for name, type_ in fields])
    for group in groups:
        columns = list(zip(*action(group), strict=True))
        if columns:
            yield pyarrow.RecordBatch.from_arrays(
                [pyarrow.array(c, f.type) for c, f in zip(columns, arrow, strict=True)],
                schema=arrow,
            )


def _rows(batches: Rows) -> Iterator[dict[str, Any]]:
    for rows in _batch_rows(batches):
        yield from rows


def _batch_rows(batches: Rows) -> Iterator[list[dict[str, Any]]]:
    for batch in batches:
        yield batch.to_pylist()
