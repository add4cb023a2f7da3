"""Sums of money as news writes them: "€2bn", "US$1.5 billion", "Rmb 3bn", "3 trillion yen"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from extract.wordfiles import parse_yaml


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum: ``value`` in whole units of ``currency`` (ISO 4217); ``text`` as in "EUR 2bn"."""

    value: float
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class _Money:
    pattern: re.Pattern[str]
    currencies: Mapping[str, str]
    scales: Mapping[str, int]


@cache
def _money() -> _Money:
    raw = parse_yaml(files("extract").joinpath("money.yaml").read_text(encoding="utf-8"))
    currencies = {sign.lower(): code for code, signs in raw["currencies"].items() for sign in signs}
    currencies |= {code.lower(): code for code in raw["currencies"]}
    scales = {word: int(factor) for factor, words in raw["scales"].items() for word in words}
    sign = _either(currencies)
    number = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    scale = rf"(?:[\s-]?(?P<{{0}}>{_either(scales)})(?![a-z]))?"
    before = rf"(?<![a-z])(?P<sign1>{sign})\s?{number.format('n1')}{scale.format('s1')}"
    after = rf"(?<![\w.,]){number.format('n2')}{scale.format('s2')}\s?(?P<sign2>{sign})(?![a-z])"
    return _Money(re.compile(f"{before}|{after}", re.IGNORECASE), currencies, scales)


def _either(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def parse_amount(text: str) -> Amount | None:
    """The first sum of money in a text; None where there is none."""
    found = find_amount(text)
    return found[0] if found else None


def find_amount(text: str, start: int = 0) -> tuple[Amount, int, int] | None:
    """The first sum at or after ``start`` with its offsets in ``text``."""
    money = _money()
    match = money.pattern.search(text, start)
    if match is None:
        return None
    which = "1" if match["n1"] else "2"
    number = Decimal(match[f"n{which}"].replace(",", ""))
    scale = money.scales[match[f"s{which}"].lower()] if match[f"s{which}"] else 1
    value = number * scale
    currency = money.currencies[match[f"sign{which}"].lower()]
    return Amount(float(value), currency, f"{currency} {_short(value)}"), match.start(), match.end()


def _short(value: Decimal) -> str:
    """2000000000 → "2bn": the largest unit that the sum fills, and every digit it has."""
    for power, unit in ((12, "tn"), (9, "bn"), (6, "m")):
        if value >= 10**power:
            return f"{_digits(value.scaleb(-power))}{unit}"
    return _digits(value)


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
