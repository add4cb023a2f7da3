"""Well-known organisations: the names that each goes by, and which are easily mistaken for it.

Written for this project; organisations/*.csv, one row an organisation: name, kind, country,
``same`` (its other names) and ``apart`` (like names of others), separated by "|".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.names.keys import name_key


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Which keys of names are of which organisation (by its number), and which are apart."""

    bearers: dict[str, int]
    names: tuple[str, ...]
    apart: frozenset[tuple[int, str]]

    def same(self, one: str, other: str) -> bool | None:
        """Whether two keys are of one organisation; None where that is not known."""
        first, second = self.bearers.get(one), self.bearers.get(other)
        if first is not None and second is not None:
            return first == second
        if first is not None and (first, other) in self.apart:
            return False
        if second is not None and (second, one) in self.apart:
            return False
        return None

    def name(self, key: str) -> str:
        """The usual name of the organisation with this key."""
        return self.names[self.bearers[key]]


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
    main = {name_key("ORG", name) for name in names}
    kept = {key: bearer for key, bearer in bearers.items() if key not in shared - main}
    return Knowledge(kept, tuple(names), frozenset(apart))


def _rows() -> Iterator[dict[str, str]]:
    folder = files("graph.names").joinpath("organisations")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".csv"):
            yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]
