"""Sums of money: every way to write one, and no sum where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.amounts import find_amount, parse_amount


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("€2bn", 2e9, "EUR 2bn"),
        ("EUR 2bn", 2e9, "EUR 2bn"),
        ("$38 million", 38e6, "USD 38m"),
        ("US$1.5bn", 1.5e9, "USD 1.5bn"),
        ("CNY 300m", 300e6, "CNY 300m"),
        ("CNY1.8bn", 1.8e9, "CNY 1.8bn"),
        ("£40m", 40e6, "GBP 40m"),
        ("Rmb 3 billion", 3e9, "CNY 3bn"),
        ("3 trillion yen", 3e12, "JPY 3tn"),
        ("a loan of 600,000 dollars", 600e3, "USD 600000"),
        ("NZ$600m", 600e6, "NZD 600m"),
        ("C$5B", 5e9, "CAD 5bn"),
        ("4 billion Swiss francs", 4e9, "CHF 4bn"),
        ("\\$7.2bn", 7.2e9, "USD 7.2bn"),
        ("a €2bn factory in October", 2e9, "EUR 2bn"),
        ("$42.5 million each", 42.5e6, "USD 42.5m"),
    ],
)
def test_sum_is_read(text: str, value: float, written: str) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.text) == (value, written)


@pytest.mark.parametrize("text", ["", "38 companies", "in 2018", "A$AP", "5mn people", "Ford", "€"])
def test_no_sum(text: str) -> None:
    assert parse_amount(text) is None


def test_scale_is_a_whole_word() -> None:
    amount = parse_amount("$40 more")
    assert amount is not None
    assert amount.value == 40


def test_next_sum_is_found_from_an_offset() -> None:
    text = "€41m now and £3m later"
    first = find_amount(text)
    assert first is not None
    second = find_amount(text, first[2])
    assert second is not None
    assert (text[first[1] : first[2]], text[second[1] : second[2]]) == ("€41m", "£3m")


@settings(deadline=None)
@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    found = find_amount(text)
    assert found is None or 0 <= found[1] < found[2] <= len(text)


@settings(deadline=None)
@given(
    st.integers(min_value=1, max_value=9999),
    st.sampled_from(["EUR", "USD", "JPY", "CNY", "GBP"]),
    st.sampled_from(["", "m", "bn", "tn"]),
)
def test_normal_form_reads_back(number: int, currency: str, unit: str) -> None:
    first = parse_amount(f"{currency} {number}{unit}")
    assert first is not None
    assert parse_amount(first.text) == first
