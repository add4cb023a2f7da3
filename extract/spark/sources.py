"""The files that sources stand for, on this machine or wherever else Spark can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from extract.errors import InputError
from extract.records import Failure
from extract.sources.characters import clean_line
from extract.sources.draft import MAX_BYTES, too_large
from extract.sources.finding import extension_of, find_files, unknown, unopened
from extract.sources.reader import EMPTY, JSONL, STDIN, extensions
from extract.spark.session import spark_reason

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TABLE = ".parquet"
LINES_FROM = 16 * 1024 * 1024
"""Bytes from which a file of JSON lines is split among workers; a smaller one is read whole."""

_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]+:/", re.I)
_GLOB = re.compile(r"[{}\[\]*?\\]")
_GROWTH = 4  # of text that is unpacked


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its ``name`` in messages, its address, its bytes, and when it was changed."""

    name: str
    uri: str
    size: int
    modified: int

    @property
    def kind(self) -> str:
        """How it is read: "table", "lines" (split among workers) or "file" (whole)."""
        extension = extension_of(PurePosixPath(self.name))
        if extension == TABLE:
            return "table"
        return "lines" if extension in JSONL and self.size >= LINES_FROM else "file"

    @property
    def weight(self) -> int:
        """About how many bytes there are to read."""
        return self.size * _GROWTH if self.name.lower().endswith(".gz") else self.size


def find_sources(session: SparkSession, sources: Iterable[str]) -> Iterator[Source | Failure]:
    """The files of ``sources``, each once, and a Failure for each source or file that is none.

    A source is what ``extract.sources.read_sources`` takes (but not "-"), a Parquet file, or an
    address that Spark's configuration makes readable (s3a://…, hdfs://…), which may have
    wildcards. An address without a scheme lies on Spark's own file system (fs.defaultFS).
    """
    context: Any = session.sparkContext
    home = str(context._jsc.hadoopConfiguration().get("fs.defaultFS") or "file:///")
    seen = set()
    for source in sources:
        if source == STDIN:
            raise InputError("standard input can't be read on Spark; name files or folders")
        local = home.startswith("file:") and not _SCHEME.match(source)
        for found in _local(source) if local else _remote(session, source):
            if isinstance(found, Source):
                if found.uri in seen:
                    continue
                seen.add(found.uri)
            yield _usable(found)


def escaped(uri: str) -> str:
    """``uri`` as Spark takes it where it may hold wildcards."""
    return _GLOB.sub(r"\\\g<0>", uri)


def _kinds() -> tuple[str, ...]:
    return (*extensions(), TABLE)


def _local(source: str) -> Iterator[Source | Failure]:
    for found in find_files(source, _kinds()):
        if isinstance(found, Failure):
            yield found
            continue
        name = clean_line(found.as_posix())
        try:
            status = found.stat()
            # Spark would take "a/link/.." for "a"
            path = found.resolve() if ".." in found.parts else Path.cwd() / found
            uri = f"file:{path}"
            yield Source(name, uri, status.st_size, status.st_mtime_ns)
        except OSError as error:
            yield Failure(name, unopened(error))


def _remote(session: SparkSession, source: str) -> Iterator[Source | Failure]:
    """Spark lists folders with its workers, and passes over names with "_" or "." in front."""
    name = clean_line(source)
    try:
        listed = session.read.format("binaryFile").option("recursiveFileLookup", "true")
        rows = listed.load(source).select("path", "length", "modificationTime").collect()
    except Exception as error:
        yield Failure(name, f"can't be opened ({spark_reason(error)}); check the address")
        return
    if not rows:
        yield Failure(name, "the folder is empty", "skipped")
    for path, size, changed in sorted(tuple(row) for row in rows):
        found = clean_line(path)
        if extension_of(PurePosixPath(path)) in _kinds():
            yield Source(found, path, size, int(changed.timestamp() * 1e9))
        else:
            status = "failed" if len(rows) == 1 and path.endswith(source) else "skipped"
            yield Failure(found, unknown(PurePosixPath(path), _kinds()), status)


def _usable(found: Source | Failure) -> Source | Failure:
    """What Spark would pass over in silence, or hold in memory whole, is a Failure."""
    if isinstance(found, Failure):
        return found
    if PurePosixPath(found.uri).name.startswith(("_", ".")):
        reason = "Spark passes over names that begin with _ or .; give it another name"
        return Failure(found.name, reason)
    if not found.size:
        return Failure(found.name, EMPTY, "skipped")
    if found.kind == "file" and found.size > MAX_BYTES:
        return Failure(found.name, str(too_large()))
    return found
