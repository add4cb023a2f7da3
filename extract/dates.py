"""Dates as news writes them, made ISO 8601 as precise as the text knows them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORT = {month[:3]: number for number, month in enumerate(_MONTHS, start=1)} | {"sept": 9}
_MONTH = "|".join([*_MONTHS, r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?![a-z])"])
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_ISO = re.compile(r"\b((?:1[89]|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})(?:,?\s+(\d{{4}}))?", re.I)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?", re.I)
_MONTH_YEAR = re.compile(
    rf"\b(?:(last|next|this|late|early|mid)[\s-]+)?({_MONTH})(?:,?\s+(?:of\s+)?(\d{{4}}))?(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?<![\d.,$€£])((?:1[89]|20)\d\d)(?!\d|[.,]\d|%)")
_AGO = re.compile(
    r"\b(?:(\d+)|(a|one|two|three|four|five|six|seven|eight|nine|ten))\s+(year|month)s?\s+ago", re.I
)
_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_SHIFTS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_RELATIVE = re.compile(rf"\b({'|'.join(_SHIFTS)})\s+(year|month|{'|'.join(_WEEKDAYS)})\b", re.I)
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAY = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.I)


def resolve_date(text: str, document_date: str = "", *, forward: bool = False) -> str:
    """The first date in a text as "2025", "2025-10" or "2025-10-03"; "" where none is known.

    Args:
        text: a phrase such as "in October", "since 2018", "last May", "this year".
        document_date: ISO date of the document, as precise as known. Without it a date that
            leans on it ("in October") is not known.
        forward: the text speaks of what is to come.

    A month without a year is taken to be the last one not after the document's date, or the first
    one not before it with ``forward``, unless the text says "last" or "next".
    """
    for resolve in (_iso, _full, _month, _relative, _year):
        found = resolve(text, document_date, forward)
        if found:
            return found
    return ""


def _iso(text: str, _: str, __: bool) -> str:
    match = _ISO.search(text)
    return match[0] if match and (not match[3] or _valid(*map(int, match.groups()))) else ""


def _full(text: str, document_date: str, forward: bool) -> str:
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.search(text)
        if match:
            number = _number(match[month])
            year = int(match[3]) if match[3] else _nearest(number, document_date, forward)
            if year and _valid(year, number, int(match[day])):
                return f"{year:04}-{number:02}-{int(match[day]):02}"
    return ""


def _month(text: str, document_date: str, forward: bool) -> str:
    for match in _MONTH_YEAR.finditer(text):
        if match[2].lower() in ("may", "march") and match[2][0].islower():
            continue  # the verbs
        number = _number(match[2])
        if match[3]:
            return f"{int(match[3]):04}-{number:02}"
        word = (match[1] or "").lower()
        year = _nearest(number, document_date, forward and word not in ("last", "next"))
        if year:
            return f"{year + (word == 'next'):04}-{number:02}"
    return ""


def _relative(text: str, document_date: str, _: bool) -> str:
    if not document_date:
        return ""
    ago = _AGO.search(text)
    if ago:
        count = int(ago[1][:4]) if ago[1] else _count(ago[2])
        return _shifted(document_date, -count, ago[3].lower())
    match = _RELATIVE.search(text)
    if match and match[2].lower() in ("year", "month"):
        return _shifted(document_date, _SHIFTS[match[1].lower()], match[2].lower())
    day = _DAY.search(text)
    if day and (known := _exact(document_date)):
        return _moved(known, _DAYS[day[1].lower()])
    return ""


def _year(text: str, _: str, __: bool) -> str:
    match = _YEAR.search(text)
    return match[1] if match else ""


def _shifted(document_date: str, count: int, unit: str) -> str:
    year = int(document_date[:4])
    if unit == "year":
        return f"{year + count:04}" if 0 < year + count <= 9999 else ""
    if len(document_date) < 7:
        return ""
    months = year * 12 + int(document_date[5:7]) - 1 + count
    return f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < 120000 else ""


def _nearest(month: int, document_date: str, forward: bool) -> int:
    """The year of the last such month not after the document's date, or the first not before
    it; 0 where it has none."""
    if not document_date:
        return 0
    year = int(document_date[:4])
    known = int(document_date[5:7]) if len(document_date) >= 7 else 1 if forward else 12
    if forward:
        return year if month >= known else year + 1
    return year if month <= known else year - 1


def _number(month: str) -> int:
    return _SHORT[month.lower().rstrip(".")[:3]]


def _count(word: str) -> int:
    return 1 if word.lower() == "a" else _NUMBERS.index(word.lower()) + 1


def _valid(year: int, month: int, day: int) -> bool:
    return _exact(f"{year:04}-{month:02}-{day:02}") is not None


def _exact(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moved(known: date, days: int) -> str:
    try:
        return (known + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
