"""The folder of an embedded graph: ours or not, and held by one process at a time."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from extract.errors import StoreError

MARKER = "partnergraph.txt"
LOCK = "partnergraph.lock"
DATABASES = "databases"
_MARKER_TEXT = (
    "A graph of partnergraph lives in this folder. Remove the whole folder to delete it.\n"
)


def prepare(folder: Path) -> None:
    """Make ``folder`` a graph's folder, or check that it is one.

    A folder with other files in it is refused, so that a mistyped path never scatters
    database files among someone's documents. Raises StoreError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = {entry.name for entry in folder.iterdir()} - {LOCK}
    except (FileExistsError, NotADirectoryError):
        raise StoreError(
            f"{folder} is a file or lies inside one: name a folder for the graph, "
            "for example --db ./partnergraph.db"
        ) from None
    except OSError as error:
        raise StoreError(_not_writable(folder, error)) from None
    if present and MARKER not in present:
        raise StoreError(
            f"{folder} holds other files and no graph: name an empty or a new folder with --db"
        )
    try:
        if not present:
            (folder / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
    except OSError as error:
        raise StoreError(_not_writable(folder, error)) from None


class FolderLock:
    """A lock file that names its holder; the system frees it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Hold the folder. Raises StoreError that names the process that has it."""
        try:
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreError(_not_writable(self._path.parent, error)) from None
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise StoreError(_held(self._path.parent, holder)) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the folder back; a second call does nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(0)
            self._file.close()
            self._file = None


def _lock(file: IO[str]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: the engine's own lock holds the folder there
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _held(folder: Path, holder: str) -> str:
    if holder == str(os.getpid()):
        return f"the graph in {folder} is open already in this process: close that Store first"
    who = f"process {holder}" if holder else "another process"
    return f"the graph in {folder} is in use by {who}: wait until it ends, or stop it"


def _not_writable(folder: Path, error: OSError) -> str:
    reason = (error.strerror or "not writable").lower()
    return f"can't write to {folder} ({reason}): choose another folder with --db"
