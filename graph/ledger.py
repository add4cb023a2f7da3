"""The ledger of a load: what it has met so far, in a temporary file, so that memory does not
grow with the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from extract.errors import StoreError

Rank = tuple[str, str, str]

_TABLES = """
CREATE TABLE least (id BLOB PRIMARY KEY, a BLOB, b BLOB, c BLOB) WITHOUT ROWID;
CREATE TABLE met (kind TEXT, id BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
"""


class Ledger:
    """For one thread; to be closed. Raises StoreError where the temporary folder is full."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)  # "": deleted when it is closed
        self._file.executescript(_TABLES)
        self._file.execute("BEGIN")

    def is_least(self, id_: str, rank: Rank) -> bool:
        """Whether ``id_`` came with no lesser or equal rank before; it is noted then."""
        key, now = _bytes(id_), tuple(map(_bytes, rank))
        with self._guarded() as file:
            row = file.execute("SELECT a, b, c FROM least WHERE id = ?", (key,)).fetchone()
            if row is not None and now >= row:
                return False
            file.execute("INSERT OR REPLACE INTO least VALUES (?, ?, ?, ?)", (key, *now))
        return True

    def meet(self, kind: str, ids: Iterable[str]) -> None:
        """Note ids of a kind; one that came before counts once."""
        rows = ((kind, _bytes(id_)) for id_ in ids)
        with self._guarded() as file:
            file.executemany("INSERT OR IGNORE INTO met VALUES (?, ?)", rows)

    def count(self, kind: str) -> int:
        """How many ids of a kind came."""
        query = "SELECT count(*) FROM met WHERE kind = ?"
        return int(self._file.execute(query, (kind,)).fetchone()[0])

    def close(self) -> None:
        """Forget all of it."""
        self._file.close()

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._file
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the temporary folder can't hold what a load has met ({error}): make room "
                "there, or name another with TMPDIR, and load again"
            ) from error


def _bytes(text: str) -> bytes:
    """In the order of its characters; hostile text may hold half a character."""
    return text.encode("utf-8", "surrogatepass")
