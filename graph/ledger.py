"""The ledger of a load: what it has met so far, in a temporary file, so that memory does not
grow with the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from types import TracebackType

Rank = tuple[str, str, str]

_TABLES = """
CREATE TABLE least (id BLOB PRIMARY KEY, a BLOB, b BLOB, c BLOB) WITHOUT ROWID;
CREATE TABLE met (kind TEXT, id BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
"""


class Ledger:
    """Use it in a ``with`` statement, in one thread."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)  # "": deleted when it is closed
        self._file.executescript(_TABLES)
        self._file.execute("BEGIN")

    def is_least(self, id_: str, rank: Rank) -> bool:
        """Whether ``id_`` came with no lesser or equal rank before; it is noted then."""
        key, now = _bytes(id_), tuple(map(_bytes, rank))
        row = self._file.execute("SELECT a, b, c FROM least WHERE id = ?", (key,)).fetchone()
        if row is not None and now >= row:
            return False
        self._file.execute("INSERT OR REPLACE INTO least VALUES (?, ?, ?, ?)", (key, *now))
        return True

    def meet(self, kind: str, ids: Iterable[str]) -> None:
        """Note ids of a kind; one that came before counts once."""
        rows = ((kind, _bytes(id_)) for id_ in ids)
        self._file.executemany("INSERT OR IGNORE INTO met VALUES (?, ?)", rows)

    def count(self, kind: str) -> int:
        """How many ids of a kind came."""
        query = "SELECT count(*) FROM met WHERE kind = ?"
        return int(self._file.execute(query, (kind,)).fetchone()[0])

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _bytes(text: str) -> bytes:
    """In the order of its characters; hostile text may hold half a character."""
    return text.encode("utf-8", "surrogatepass")
