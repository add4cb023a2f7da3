"""Text on its way into the page: cleaned, safe inside HTML, and cut where names stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# Inside <script type="application/json"> these could end the block or break a line in it.
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s\x00-\x20\"'<>\\]+\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ].*)?\Z", re.DOTALL)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clean(text: str) -> str:
    """``text`` without what no page can hold: lone surrogates and control characters."""
    return _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text))


def dump_block(value: object) -> str:
    """``value`` as JSON that may stand in a script element.

    Raises ValueError for NaN and infinities, which are no JSON: browsers refuse them.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_UNSAFE)


def check_link(url: str) -> str:
    """``url`` if it leads to the web, else "": no other scheme gets to be a link."""
    url = clean(url).strip()
    return url if _LINK.match(url) else ""


def cut_at_names(text: str, names: Iterable[tuple[int, int]]) -> list[str]:
    """``text`` in pieces: plain, marked, plain, marked, …

    ``names`` are offsets in code points. They may overlap, be empty or point outside the text.
    Pieces spare the page any counting: browsers count in UTF-16.
    """
    pieces, at = [], 0
    for start, end in sorted((max(0, start), min(len(text), end)) for start, end in names):
        start = max(start, at)
        if start < end:
            pieces += [text[at:start], text[start:end]]
            at = end
    return [clean(piece) for piece in (*pieces, text[at:])]


def word_date(iso: str) -> str:
    """ "2025-11-03" as "3 Nov 2025", "2025-11" as "Nov 2025"; any other text as it is."""
    found = _DATE.match(iso)
    if not found:
        return clean(iso)
    year, month, day = found.groups()
    if not month:
        return year
    if not 1 <= int(month) <= 12:
        return clean(iso)
    words = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words


def read_day(iso: str) -> str:
    """``iso`` where it is a date, as far as it goes ("2025-11"), else ""."""
    return "-".join(part for part in found.groups() if part) if (found := _DATE.match(iso)) else ""


def word_period(dates: Iterable[str]) -> str:
    """The first and last of ISO dates in words, "3 Nov 2024 – 8 Dec 2025"; "" for none."""
    known = sorted(date for date in dates if _DATE.match(date))
    if not known:
        return ""
    first, last = word_date(known[0]), word_date(known[-1])
    return first if first == last else f"{first} – {last}"
