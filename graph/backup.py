"""Backups: the whole graph in one compressed file that either engine restores.

The first line says what it is, one line follows for each node and each tie, and the last has
their hash. Only partnergraph's own nodes, and ties between them, are in it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from extract.errors import InputError, StoreError
from extract.writing import result_bytes
from graph.contents import stored_nodes, stored_ties
from graph.filling import BATCH, Kind, begin_filling, end_filling, filling_nodes, filling_ties
from graph.schema import VERSION, check_version

if TYPE_CHECKING:
    from graph.store import Store

_FORMAT = 1
_AGAIN = "partnergraph restore FILE"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is known to be whole: its file, how much is in it, and its schema's
    version."""

    file: Path
    nodes: int
    ties: int
    schema: int


def backup(store: Store, file: Path) -> Backup:
    """Write the graph to ``file``, which appears when it is whole.

    No other writer changes a graph on a server meanwhile; readers go on. Raises StoreError
    where the graph is empty, InputError where the file can't be written.
    """
    version = check_version(store)
    if not version:
        raise StoreError(f"there is no graph at {store.address} to back up: load documents first")
    counts = [0, 0]
    with store.held(), result_bytes(file) as raw, _compressed(raw) as lines:
        hashed = hashlib.sha256()

        def put(row: Mapping[str, Any]) -> None:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            hashed.update(line)
            lines.write(line)

        put({"partnergraph": "backup", "format": _FORMAT, "schema": version})
        for position, rows in enumerate((stored_nodes(store), stored_ties(store))):
            for row in rows:
                put(row)
                counts[position] += 1
        end = {"sha256": hashed.hexdigest(), "nodes": counts[0], "ties": counts[1]}
        lines.write(json.dumps(end).encode() + b"\n")
    return Backup(file, counts[0], counts[1], version)


def restore(store: Store, whole: Backup) -> None:
    """Put a backup, of which ``verify`` found that it is whole, into an empty graph, or into
    one in which a restore was broken off; for that ``store`` must be opened with ``restoring``.

    Raises StoreError where the graph is not empty.

    >>> restore(store, verify(Path("graph.backup.gz")))  # doctest: +SKIP
    """
    begin_filling(store, _AGAIN, version=whole.schema)
    for kind, rows in _batches(_lines(whole.file)):
        query = filling_nodes(kind) if len(kind) < 3 else filling_ties(kind)
        store.write(query, {"rows": rows})
    end_filling(store)


def verify(file: Path) -> Backup:
    """Read a backup through. Raises InputError where it is not whole, no backup at all, or of
    a newer partnergraph."""
    hashed, last, head = hashlib.sha256(), b"", {}
    for number, line in enumerate(_raw_lines(file)):
        if number == 0:
            head = _head(file, line)
        hashed.update(last)
        last = line
    try:
        end = json.loads(last)
        found = Backup(file, end["nodes"], end["ties"], head["schema"])
        is_whole = end["sha256"] == hashed.hexdigest()
    except (ValueError, TypeError, KeyError):
        is_whole = False
    if not is_whole:
        raise InputError(f"{file} is damaged or was cut off: restore another backup")
    return found


def _head(file: Path, line: bytes) -> dict[str, Any]:
    try:
        head: dict[str, Any] = json.loads(line)
        is_ours = head["partnergraph"] == "backup"
        newer = head["format"] > _FORMAT or head["schema"] > VERSION
    except (ValueError, TypeError, KeyError):
        is_ours = newer = False
    if not is_ours:
        raise InputError(f"{file} is no backup of partnergraph")
    if newer:
        raise InputError(f"{file} was written by a newer partnergraph: update partnergraph")
    return head


# Reading and writing the file


@contextmanager
def _compressed(raw: BinaryIO) -> Iterator[gzip.GzipFile]:
    """Without a name and a time, so that the same lines are the same bytes."""
    with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=6) as stream:
        yield stream


def _raw_lines(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file, "rb") as lines:
            yield from lines
    except EOFError:
        raise InputError(f"{file} is damaged or was cut off: restore another backup") from None
    except gzip.BadGzipFile:
        raise InputError(f"{file} is no backup of partnergraph") from None
    except OSError as error:
        reason = error.strerror or "not readable"
        raise InputError(f"{file} can't be read ({reason}): check the path") from None
    except Exception as error:  # zlib's own, of a file that was changed
        raise InputError(f"{file} is damaged ({error}): restore another backup") from None


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for line in _raw_lines(file):
        row = json.loads(line)
        if "properties" in row:
            yield row


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Kind, list[Any]]]:
    """Rows of one kind together; all nodes come before the first tie."""
    waiting: dict[Kind, list[Any]] = defaultdict(list)
    for row in rows:
        kind = tuple(row.get("labels") or row["tie"])
        if len(kind) == 3 and any(len(known) < 3 for known in waiting):
            yield from waiting.items()
            waiting.clear()
        waiting[kind].append(row)
        if len(waiting[kind]) >= BATCH:
            yield kind, waiting.pop(kind)
    yield from waiting.items()
