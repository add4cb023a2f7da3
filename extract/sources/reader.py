"""From whatever a person names to documents, one at a time."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import BinaryIO, TextIO, cast

from extract.records import Document, Failure, document_id
from extract.sources.characters import clean_line, clean_text
from extract.sources.dates import iso_date
from extract.sources.draft import MAX_BYTES, Draft, UnreadableError, too_large
from extract.sources.folder import walk
from extract.sources.language import foreign_language

STDIN = "-"
_JSONL = (".jsonl", ".ndjson")
_WEB_ADDRESS = re.compile(r"^https?://", re.I)
_EMPTY = "empty: there is no text in it"
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
    path = Path(source)
    name = clean_line(path.as_posix())
    try:
        if path.is_dir():
            yield from _read_folder(path, name)
        elif _WEB_ADDRESS.match(source):
            raise UnreadableError(
                "nothing is fetched from the web; save the page as .html and name it"
            )
        elif not path.exists():
            dangling = path.is_symlink()
            raise UnreadableError(
                "a link to nothing; mend the link or name the file itself"
                if dangling
                else "there is no such file or folder; check the path"
            )
        else:
            yield from _read_file(path, name)
    except UnreadableError as error:
        yield Failure(name, str(error), error.status)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        yield Failure(name, _unopened(error))


def _read_folder(path: Path, name: str) -> Iterator[Document | Failure]:
    found = None
    for found in walk(path):
        yield from [found] if isinstance(found, Failure) else _read_found(found)
    if found is None:
        yield Failure(name, "the folder is empty", "skipped")


def _read_found(path: Path) -> Iterator[Document | Failure]:
    """A file met in a folder: of an unknown kind, it is passed over."""
    name = clean_line(path.as_posix())
    if _extension(path) not in (*format_readers(), *_JSONL):
        yield Failure(name, _unknown(path), "skipped")
    elif path.exists() and not path.is_file():
        yield Failure(name, "not a regular file", "skipped")
    else:
        yield from _read_path(str(path))


def _read_file(path: Path, name: str) -> Iterator[Document | Failure]:
    extension = _extension(path)
    if extension and extension not in (*format_readers(), *_JSONL):
        raise UnreadableError(_unknown(path))
    with path.open("rb") as file:
        packed = path.suffix.lower() == ".gz"
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=file) if packed else file)
        try:
            yield from _read_stream(stream, name, extension)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableError(f"the .gz is broken ({error}); pack the file again") from error


def _read_stream(stream: BinaryIO, name: str, extension: str = "") -> Iterator[Document | Failure]:
    head = b"" if extension else _head(stream)
    extension = extension or _told_by(head)
    if extension in _JSONL:
        yield from _read_records(stream, head, name)
        return
    data = head + stream.read(MAX_BYTES + 1 - len(head))
    yield _finished(_drafted(data, extension), name)


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
        yield _finished(found, f"{name}:{number}")
    if not number:
        yield Failure(name, _EMPTY, "skipped")


def _drafted(data: bytes, extension: str) -> Draft | UnreadableError:
    if not data.strip():
        return UnreadableError(_EMPTY, "skipped")
    if len(data) > MAX_BYTES:
        return too_large()
    try:
        return format_readers()[extension](data)
    except UnreadableError as error:
        return error
    except Exception as error:  # a parser's fault with one file must not end the batch
        what = clean_line(str(error))[:100] or type(error).__name__
        return UnreadableError(f"can't be read as {extension} ({what}); save its text as .txt")


def _finished(found: Draft | UnreadableError, source: str) -> Document | Failure:
    """A cleaned document, or the reason why it is none."""
    if isinstance(found, UnreadableError):
        return Failure(source, clean_line(str(found)), found.status)
    text = clean_text(found.text)
    if not text.strip():
        return Failure(source, _EMPTY, "skipped")
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


def _extension(path: PurePath) -> str:
    """The extension in lower case, that of the packed file where it is packed."""
    packed = path.suffix.lower() == ".gz"
    return (path.with_suffix("") if packed else path).suffix.lower()


def _unknown(path: PurePath) -> str:
    known = " ".join((*format_readers(), *_JSONL))
    return f"files of type {path.suffix} are not read; save it as one of {known}"


def _unopened(error: OSError | ValueError) -> str:
    what = getattr(error, "strerror", None) or str(error)
    return f"can't be opened ({what}); check the path and its permissions"


def _read_stdin(stream: TextIO | BinaryIO | None) -> Iterator[Document | Failure]:
    try:
        if stream is None:
            raise UnreadableError("standard input is closed; name a file, or pipe a text in")
        yield from _read_stream(_binary(stream), STDIN)
    except UnreadableError as error:
        yield Failure(STDIN, str(error), error.status)
    except OSError as error:
        yield Failure(STDIN, _unopened(error))


def _binary(stream: TextIO | BinaryIO) -> BinaryIO:
    if isinstance(stream, io.TextIOBase):
        buffer = getattr(stream, "buffer", None)
        data = buffer or io.BytesIO(stream.read().encode("utf-8", "ignore"))
        return cast(BinaryIO, data)
    return cast(BinaryIO, stream)
