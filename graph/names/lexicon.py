"""The words of names: what each means in one common language, and what kind of word it is.

From words/concepts.csv and words/regions.csv (written for this project) and words/places.csv (from
GeoNames by scripts/make_place_words.py). All words are folded, as `fold` does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from graph.names.keys import fold


class WordClass(IntEnum):
    """What kind of word it is. ``other`` is what tells a bearer apart best."""

    other = 1
    head = 2
    field = 3
    qualifier = 4
    industry = 5
    generic = 6
    connective = 7
    place = 8
    number = 9
    title = 10


@dataclass(frozen=True, slots=True)
class Word:
    """The concept of a word ("university" for "université") and its class."""

    concept: str
    kind: WordClass


@cache
def words() -> Mapping[str, Word]:
    """Folded word, or phrase of up to four words → what it means."""
    found: dict[str, Word] = {}
    for name in ("regions.csv", "places.csv"):
        for concept, forms in _rows(name):
            for form in (concept, *forms):
                found.setdefault(fold(form), Word(f"@{concept}", WordClass.place))
    for concept, kind, forms in _concepts():
        for form in forms:
            former = found.get(form)
            if former is None or former.kind is WordClass.place:
                found[form] = Word(concept, kind)
    return found


@cache
def longest_phrase() -> int:
    """The words of the longest phrase."""
    return max(phrase.count(" ") for phrase in words()) + 1


def _concepts() -> Iterator[tuple[str, WordClass, list[str]]]:
    for row in _read("concepts.csv"):
        forms = [row["concept"], *row["words"].split("|")]
        folded = dict.fromkeys(fold(form) for form in forms if form)
        yield row["concept"], WordClass[row["class"]], [form for form in folded if form]


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    for row in _read(name):
        yield row["place"], [form for form in row["words"].split("|") if form]


def _read(name: str) -> Iterator[dict[str, str]]:
    text = files("graph.names").joinpath("words", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
