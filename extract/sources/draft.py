"""What a format gives before it is a document, and the one way it says that it can't."""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
"""The largest file, or line of a JSONL file, that is read (50 MiB): a book of 10,000 pages
as text. What is larger is no article, and would have to be held in memory whole."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A format's own reading of one article: nothing cleaned, nothing checked."""

    text: str
    title: str = ""
    date: str = ""
    url: str = ""
    publisher: str = ""


class UnreadableError(InputError):
    """One source can't be read. ``status`` is that of a Failure: "failed" or "skipped"."""

    def __init__(self, reason: str, status: str = "failed") -> None:
        super().__init__(reason)
        self.status = status


def too_large(what: str = "file") -> UnreadableError:
    """The failure of something over ``MAX_BYTES``."""
    return UnreadableError(
        f"the {what} is larger than {MAX_BYTES // 1024 // 1024} MB; "
        "split it, one article a file or a line of JSONL"
    )
