"""Plain text: read as it stands, so that offsets are those of the file."""

from __future__ import annotations

from extract.sources.decoding import decode
from extract.sources.draft import Draft


def read_text(data: bytes) -> Draft:
    """The text of ``data``. Raises UnreadableError for what is no text."""
    return Draft(decode(data))
