"""Well-known organisations: the names that each goes by, and which are easily mistaken for it.

Written for this project; organisations/*.csv, one row an organisation: name, kind, country,
``same`` (its other names) and ``apart`` (like names of others), separated by "|".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from graph.names.keys import name_key
from graph.names.lexicon import words

_ADD_NOTHING = ("group", "holding", "company", "corporation")  # concepts of words


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Which keys of names are of which organisation (by its number), how it is called and how
    else, and which are apart."""

    bearers: dict[str, int]
    names: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    apart: frozenset[tuple[int, str]]

    def bearer(self, key: str) -> int | None:
        """The organisation with this key, or with it less a word such as "group"."""
        found = self.bearers.get(key)
        return self.bearers.get(_bare(key)) if found is None else found

    def same(self, one: str, other: str) -> bool | None:
        """Whether two keys are of one organisation; None where that is not known."""
        first, second = self.bearer(one), self.bearer(other)
        if first is not None and second is not None:
            return first == second
        if first is not None and (first, other) in self.apart:
            return False
        if second is not None and (second, one) in self.apart:
            return False
        return None

    def name(self, key: str) -> str:
        """The usual name of the organisation with this key."""
        found = self.bearer(key)
        return "" if found is None else self.names[found]

    def other_names(self, key: str) -> tuple[str, ...]:
        """All names of the organisation with this key, but those that others share."""
        found = self.bearer(key)
        return () if found is None else self.others[found]


@cache
def known_organisations() -> Knowledge:
    """The table, by the keys of names. A key of two organisations is of neither."""
    bearers: dict[str, int] = {}
    shared: set[str] = set()
    apart: set[tuple[int, str]] = set()
    names: list[str] = []
    rows = list(_rows())
    for number, row in enumerate(rows):
        names.append(row["name"])
        own = name_key("ORG", row["name"])
        if bearers.setdefault(own, number) != number:
            shared.add(own)
        apart |= {(number, name_key("ORG", other)) for other in _split(row["apart"])}
    for number, row in enumerate(rows):
        for other in _split(row["same"]):
            if bearers.setdefault(name_key("ORG", other), number) != number:
                shared.add(name_key("ORG", other))
    kept = {key: bearer for key, bearer in bearers.items() if key not in shared}
    others = tuple(
        tuple(n for n in (row["name"], *_split(row["same"])) if name_key("ORG", n) in kept)
        for row in rows
    )
    return Knowledge(kept, tuple(names), others, frozenset(apart))


@lru_cache(maxsize=100_000)
def _bare(key: str) -> str:
    """A key without the words at its ends that add nothing, such as "group"."""
    split = key.split()
    while len(split) > 1 and _is_generic(split[-1]):
        split.pop()
    while len(split) > 1 and _is_generic(split[0]):
        split.pop(0)
    return " ".join(split)


def _is_generic(word: str) -> bool:
    known = words().get(word)
    return known is not None and known.concept in _ADD_NOTHING


def _rows() -> Iterator[dict[str, str]]:
    folder = files("graph.names").joinpath("organisations")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".csv"):
            yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]
