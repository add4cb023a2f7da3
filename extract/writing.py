"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from extract.errors import InputError

# How a cell begins that a spreadsheet would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@contextmanager
def result_file(path: Path | None) -> Iterator[TextIO]:
    """The file at ``path``, or standard output for None, to write a result to.

    Raises InputError, one line that says where it could not be written and why;
    BrokenPipeError where the reader of standard output has gone (`| head`).
    """
    if path is None and sys.stdout is None:
        raise InputError("standard output is closed; name a file with -o")
    with _explained(path):
        if path is not None:
            with whole_file(path) as file:
                yield file
        else:
            yield sys.stdout
            sys.stdout.flush()  # what is wrong with it is found out here, not at exit


@contextmanager
def result_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file of bytes."""
    with _explained(path), whole_bytes(path) as file:
        yield file


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "standard output" if path is None else path
        reason = error.strerror or str(error)
        raise InputError(f"{where}: can't be written ({reason}); name another file") from error


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A UTF-8 file to write to, which takes its name when all of it is written.

    Where writing ends early (an error, Ctrl-C) what was at ``path`` before is still there, so a
    file may be read and written anew in one go. Line ends are written as they are given. What is
    no regular file, such as /dev/null or a pipe, is written to directly. A folder that is not
    there is made. Raises OSError.
    """
    with whole_bytes(path) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        try:
            yield file
            file.flush()
        finally:
            with contextlib.suppress(OSError):  # what can't be written was raised above
                file.detach()


@contextmanager
def whole_bytes(path: Path) -> Iterator[BinaryIO]:
    """``whole_file`` for bytes."""
    target = path.resolve()  # a link stays a link
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(draft).chmod(_mode(target))
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The permissions that ``target`` has, or that a new file gets here."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
