"""From whatever a person names to documents, one at a time."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePath
from typing import BinaryIO, TextIO, cast

from extract.records import Document, Failure, document_id
from extract.sources.characters import clean_line, clean_text
from extract.sources.dates import iso_date
from extract.sources.draft import MAX_BYTES, Draft, UnreadableError, too_large
from extract.sources.finding import extension_of, find_files, unopened
from extract.sources.language import foreign_language

STDIN = "-"
JSONL = (".jsonl", ".ndjson")
EMPTY = "empty: there is no text in it"
_BEGINNINGS = (
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"PK\x03\x04"), ".docx"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\""), ".jsonl"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.I), ".html"),
)

FormatReader = Callable[[bytes], Draft]


@cache
def format_readers() -> Mapping[str, FormatReader]:
    """The reader of every extension but those of JSON lines."""
    from extract.sources.html import read_html
    from extract.sources.markdown import read_markdown
    from extract.sources.pdf import read_pdf
    from extract.sources.text import read_text
    from extract.sources.word import read_word

    return {
        ".txt": read_text,
        ".text": read_text,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".pdf": read_pdf,
        ".docx": read_word,
    }


def read_sources(
    sources: Iterable[str], *, stdin: TextIO | BinaryIO | None = None
) -> Iterator[Document | Failure]:
    """The documents of ``sources``, and a Failure for each that gave none, as they are met.

    A source is a file (.txt .md .html .pdf .docx .jsonl .ndjson, or one of these with .gz),
    a folder, read through with all below it, or "-" for ``stdin`` (default: the process's).
    A file without an extension and ``stdin`` are told by their first bytes.

    Nothing that a source holds raises: what can't be read is one Failure, and the rest goes
    on. One article is held in memory at a time, at most ``MAX_BYTES``. A text that comes twice
    is yielded twice.
    """
    for source in sources:
        if source == STDIN:
            yield from _read_stdin(sys.stdin if stdin is None else stdin)
        else:
            yield from _read_path(source)


def _read_path(source: str) -> Iterator[Document | Failure]:
    for found in find_files(source, extensions()):
        if isinstance(found, Failure):
            yield found
            continue
        name = clean_line(found.as_posix())
        try:
            with found.open("rb") as file:
                yield from read_stream(file, name)
        except (OSError, ValueError) as error:
            yield Failure(name, unopened(error))


def extensions() -> tuple[str, ...]:
    """The extensions of all kinds of files that are read."""
    return (*format_readers(), *JSONL)


def read_stream(file: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """The documents of an open file, whose ``name`` tells its kind, as ``read_sources``.

    Raises OSError where the file can't be read on.
    """
    packed = PurePath(name).suffix.lower() == ".gz"
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=file) if packed else file)
    try:
        yield from _read_stream(stream, name, extension_of(PurePath(name)))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(name, f"the .gz is broken ({error}); pack the file again")
    except UnreadableError as error:
        yield Failure(name, str(error), error.status)


def _read_stream(stream: BinaryIO, name: str, extension: str = "") -> Iterator[Document | Failure]:
    head = b"" if extension else _head(stream)
    extension = extension or _told_by(head)
    if extension in JSONL:
        yield from _read_records(stream, head, name)
        return
    data = head + stream.read(MAX_BYTES + 1 - len(head))
    yield finished(_drafted(data, extension), name)


def _head(stream: BinaryIO) -> bytes:
    """The stream's beginning up to its first line that isn't blank."""
    head = b""
    while len(head) <= MAX_BYTES and (line := stream.readline(MAX_BYTES + 1)):
        head += line
        if line.strip():
            break
    return head


def _told_by(head: bytes) -> str:
    """The extension that a file with this beginning should have."""
    for pattern, extension in _BEGINNINGS:
        if pattern.match(head):
            return extension
    return ".txt"


def _read_records(stream: BinaryIO, head: bytes, name: str) -> Iterator[Document | Failure]:
    from extract.sources.jsonl import read_lines

    number = 0
    for number, found in read_lines(stream, head):
        yield finished(found, f"{name}:{number}")
    if not number:
        yield Failure(name, EMPTY, "skipped")


def _drafted(data: bytes, extension: str) -> Draft | UnreadableError:
    if not data.strip():
        return UnreadableError(EMPTY, "skipped")
    if len(data) > MAX_BYTES:
        return too_large()
    try:
        return format_readers()[extension](data)
    except UnreadableError as error:
        return error
    except Exception as error:  # a parser's fault with one file must not end the batch
        what = clean_line(str(error))[:100] or type(error).__name__
        return UnreadableError(f"can't be read as {extension} ({what}); save its text as .txt")


def finished(found: Draft | UnreadableError, source: str) -> Document | Failure:
    """A cleaned document, or the reason why it is none."""
    if isinstance(found, UnreadableError):
        return Failure(source, clean_line(str(found)), found.status)
    text = clean_text(found.text)
    if not text.strip():
        return Failure(source, EMPTY, "skipped")
    if language := foreign_language(text):
        reason = f"written in {language}; only English is read: give a translation"
        return Failure(source, reason, "skipped")
    return Document(
        id=document_id(text),
        text=text,
        title=clean_line(found.title),
        date=iso_date(found.date),
        source=source,
        url=clean_line(found.url),
        publisher=clean_line(found.publisher),
    )


def _read_stdin(stream: TextIO | BinaryIO | None) -> Iterator[Document | Failure]:
    try:
        if stream is None:
            raise UnreadableError("standard input is closed; name a file, or pipe a text in")
        yield from _read_stream(_binary(stream), STDIN)
    except UnreadableError as error:
        yield Failure(STDIN, str(error), error.status)
    except OSError as error:
        yield Failure(STDIN, unopened(error))


def _binary(stream: TextIO | BinaryIO) -> BinaryIO:
    if isinstance(stream, io.TextIOBase):
        buffer = getattr(stream, "buffer", None)
        data = buffer or io.BytesIO(stream.read().encode("utf-8", "ignore"))
        return cast(BinaryIO, data)
    return cast(BinaryIO, stream)
