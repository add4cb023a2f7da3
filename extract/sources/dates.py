"""Dates as sources write them, to ISO 8601."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime

from extract.dates import resolve_date

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_LONGEST = 60  # characters of a date with its weekday, time and zone


def iso_date(value: object) -> str:
    """``value`` as "2025", "2025-11" or "2025-11-03"; "" where it is no date that can be told.

    Takes text ("3 November 2025", ISO 8601), a date or datetime, a year, or seconds since
    1970. Of 03/11/2025 only the year is taken: it is a day in March or in November.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = str(value or "").strip()
    found = _ISO.match(text)
    if found:
        return _from_parts(*(int(part) for part in found.groups() if part))
    return resolve_date(text) if len(text) <= _LONGEST else ""


def _from_number(value: float) -> str:
    if 1800 <= value <= 2200:
        return str(int(value))
    with suppress(ValueError, OverflowError, OSError):
        if value >= 86_400:
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d}"
    return ""


def _from_parts(year: int, *rest: int) -> str:
    month, day = (*rest, 1, 1)[:2]
    with suppress(ValueError):
        return date(year, month, day).isoformat()[: (4, 7, 10)[len(rest)]]
    return ""
