"""What lies in a folder, in one order on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.records import Failure
from extract.sources.draft import UnreadableError


def walk(folder: Path) -> Iterator[Path | Failure]:
    """Every file under ``folder``, sorted by name, folders among them, deep first.

    What begins with a dot is skipped. Links are followed; a folder that has been seen, under
    whatever name, is skipped, so that a loop of links ends. Raises UnreadableError where ``folder``
    itself can't be listed.
    """
    seen = {_identity(folder)}
    waiting = _listed(folder)
    while waiting:
        path = waiting.pop()
        if path.name.startswith("."):
            yield Failure(path.as_posix(), "hidden; name it to have it read", "skipped")
        elif not path.is_dir():
            yield path
        elif (identity := _identity(path)) in seen:
            yield Failure(path.as_posix(), "a link to a folder that is read already", "skipped")
        else:
            seen.add(identity)
            try:
                waiting += _listed(path)
            except UnreadableError as error:
                yield Failure(path.as_posix(), str(error), error.status)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), reverse=True)
    except OSError as error:
        reason = f"the folder can't be listed ({error.strerror}); check its permissions"
        raise UnreadableError(reason) from error


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
