"""Blocks: names of one bearer meet, and the rest seldom do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import blocks, sought

CORPUS = Path(__file__).parents[1] / "resolution" / "corpus" / "organisations.csv"
_NAMES = st.one_of(st.text(max_size=30), st.sampled_from(["UoB", "University of B", "B GmbH"]))


@settings(deadline=None)  # the first name loads the tables
@given(st.sampled_from(["ORG", "PER", "LOC", "PRODUCT"]), _NAMES, _NAMES)
def test_seeking_is_mutual(type_: str, one: str, other: str) -> None:
    meet = not blocks(type_, one).isdisjoint(sought(type_, other))
    assert meet == (not blocks(type_, other).isdisjoint(sought(type_, one)))


def test_an_acronym_meets_its_words_and_initials_meet_no_initials() -> None:
    one, other = "Dunmarrow Institute of Marine Biology", "Delvin Institute of Mining Business"
    assert not blocks("ORG", "DIMB").isdisjoint(sought("ORG", one))
    assert blocks("ORG", one).isdisjoint(sought("ORG", other))


def test_places_and_heads_alone_are_no_block() -> None:
    assert blocks("ORG", "Bremen Hospital").isdisjoint(sought("ORG", "Bremen Bank"))


def test_most_names_of_one_bearer_meet() -> None:
    rows = csv.DictReader(CORPUS.read_text(encoding="utf-8").splitlines())
    pairs = [
        (names[0], other)
        for row in rows
        for names in [row["names"].split("|")]
        for other in names[1:]
    ]
    apart = [(a, b) for a, b in pairs if blocks("ORG", a).isdisjoint(sought("ORG", b))]
    assert len(apart) <= 0.05 * len(pairs), apart


@pytest.mark.parametrize(
    ("one", "other"), [("Blume", "Oliver Blume"), ("Jinping Xi", "Xi Jinping")]
)
def test_names_of_a_person_meet(one: str, other: str) -> None:
    assert not blocks("PER", one).isdisjoint(sought("PER", other))
