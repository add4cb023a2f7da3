"""What enters the page: cleaned, escaped, cut at names."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.page.text import (
    check_link,
    clean,
    cut_at_names,
    dump_block,
    word_date,
    word_period,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_a_block_reads_back_and_can_not_end_its_element(text: str) -> None:
    block = dump_block({"name": clean(text)})

    assert json.loads(block) == {"name": clean(text)}
    assert not set(block) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_block_refuses_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dump_block([value])


@given(ANY_TEXT)
def test_clean_text_can_be_written_as_utf8(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)
    assert len(clean(text)) == len(text)


@given(ANY_TEXT, st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_cutting_loses_nothing_and_marks_only_what_was_named(
    text: str, names: list[tuple[int, int]]
) -> None:
    pieces = cut_at_names(text, names)

    assert "".join(pieces) == clean(text)
    marked, at = set(), 0
    for number, piece in enumerate(pieces):
        marked |= set(range(at, at + len(piece))) if number % 2 else set()
        at += len(piece)
    assert marked == {i for start, end in names for i in range(max(start, 0), min(end, len(text)))}


def test_offsets_count_code_points() -> None:
    assert cut_at_names("🚗 Volkswagen won", [(2, 12)]) == ["🚗 ", "Volkswagen", " won"]


@pytest.mark.parametrize("url", ["https://a.example/x?y=1&z=ü", "HTTP://A.EXAMPLE"])
def test_web_addresses_are_links(url: str) -> None:
    assert check_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "https:",
        'https://a.example/" onclick="x',
        "",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    assert check_link(url) == ""


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2025-11-03", "3 Nov 2025"),
        ("2025-11", "Nov 2025"),
        ("2025", "2025"),
        ("2025-11-03T10:00:00Z", "3 Nov 2025"),
        ("2025-13-03", "2025-13-03"),
        ("last spring", "last spring"),
        ("", ""),
    ],
)
def test_dates_in_words(iso: str, words: str) -> None:
    assert word_date(iso) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2025-11-03", "", "2024-12-31", "soon"], "31 Dec 2024 – 3 Nov 2025"),
        (["2025", "2025"], "2025"),
        (["", "soon"], ""),
    ],
)
def test_periods_in_words(dates: list[str], words: str) -> None:
    assert word_period(dates) == words
