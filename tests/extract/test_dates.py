"""Dates in news: resolved as precise as the text knows them, by the date of the document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import resolve_date


@pytest.mark.parametrize(
    ("text", "document", "iso"),
    [
        ("in October", "2025-11", "2025-10"),
        ("in December", "2025-11", "2024-12"),
        ("in November", "2025-11-03", "2025-11"),
        ("next May", "2025-11", "2026-05"),
        ("since 2018", "", "2018"),
        ("this year", "2025-11-03", "2025"),
        ("last year", "2025", "2024"),
        ("next year", "2025-12-31", "2026"),
        ("last month", "2025-01-10", "2024-12"),
        ("three years ago", "2025-11", "2022"),
        ("on 9 June 2021", "", "2021-06-09"),
        ("June 15, 2021", "", "2021-06-15"),
        ("on June 15", "2021-07-01", "2021-06-15"),
        ("March 2019", "", "2019-03"),
        ("2025-10-03", "", "2025-10-03"),
        ("yesterday", "2025-03-01", "2025-02-28"),
        ("by Sept. 2024", "", "2024-09"),
        ("opened in 2012", "2025-01-01", "2012"),
    ],
)
def test_date_is_resolved(text: str, document: str, iso: str) -> None:
    assert resolve_date(text, document) == iso


@pytest.mark.parametrize(
    ("text", "document", "iso"),
    [
        ("in May", "2025-02-11", "2025-05"),
        ("in January", "2025-02-11", "2026-01"),
        ("in February", "2025-02-11", "2025-02"),
        ("last May", "2025-02-11", "2024-05"),
        ("next May", "2025-11", "2026-05"),
        ("on 3 January", "2025-02-11", "2026-01-03"),
        ("in May", "2025", "2025-05"),
        ("in May 2023", "2025-02-11", "2023-05"),
    ],
)
def test_month_ahead(text: str, document: str, iso: str) -> None:
    assert resolve_date(text, document, forward=True) == iso


@pytest.mark.parametrize("text", ["", "it may open", "a march of robots", "$2018m", "in October"])
def test_unknown_without_more(text: str) -> None:
    assert resolve_date(text) == ""


def test_impossible_day_is_left_out() -> None:
    assert resolve_date("on 30 February 2020") == "2020-02"


@settings(deadline=None)
@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_written_date_reads_back(day: date) -> None:
    assert resolve_date(f"on {day.day} {day:%B} {day.year}") == day.isoformat()


@settings(deadline=None)
@given(st.text(), st.sampled_from(["", "2025", "2025-11", "2025-11-03"]), st.booleans())
def test_any_text_gives_iso_or_nothing(text: str, document: str, forward: bool) -> None:
    found = resolve_date(text, document, forward=forward)
    if found:
        date.fromisoformat((found + "-01-01")[:10])
