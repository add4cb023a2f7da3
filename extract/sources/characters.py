"""Characters that no reader of a text should meet: control, bidi override, lone surrogate."""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
# Control characters but tab and newline; invisible marks that split words (soft hyphen, zero
# width space, word joiner, byte order mark) or turn their order (bidi marks); surrogates, which
# no file can hold; noncharacters. Joiners stay: some scripts spell with them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """``text`` with ``\\n`` as its only line break and without unwanted characters."""
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: str) -> str:
    """``text`` cleaned and on one line, for a title, a publisher or a file's name."""
    return _SPACE.sub(" ", clean_text(text)).strip()
