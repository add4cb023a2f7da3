"""Two names: one bearer or two, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import VETO, compare, probabilities

TYPES = ("ORG", "PER", "LOC", "PRODUCT")
_HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(codec=None), max_size=40),  # halves of characters, too
    st.sampled_from(["", " ", "!!!", "()", "(", "AG", "the", "of", "x" * 10_000, "Ⅳ", "أرامكو"]),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volkswagen AG", "VW"),
        ("Statoil", "Equinor ASA"),
        ("Technische Universität München", "TUM"),
        ("Groupe Lisgar", "Lisgar Group"),
        ("Nordstrand & Söner", "Nordstrand och Söner"),
        ("Université de Castellane", "University of Castellane"),
        ("Dunmarrow Institute of Marine Biology", "DIMB"),
        ("Quennell Aerospace", "Quennell Aerospace plc"),
        ("Vоlkswagen", "Volkswagen"),  # a Cyrillic o
        ("Akaroa Robotics", "AkaroaRobotics"),
    ],
)
def test_names_of_one_organisation(one: str, other: str) -> None:
    assert compare("ORG", one, other).probability > 0.7


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("University of Applied Sciences Bremen", "University of Applied Sciences Mainz", "places"),
        ("Pellworth Fund I", "Pellworth Fund II", "numbers"),
        ("Tata Motors", "Tata Steel", "known to be two"),
        ("Boston University", "Boston College", "known to be two"),
        ("Volkswagen", "Volkswagen Anhui", "known to be two"),
    ],
)
def test_names_of_two_organisations(one: str, other: str, why: str) -> None:
    found = compare("ORG", one, other)
    assert found.veto
    assert found.probability < VETO
    assert any(why in reason for reason in found.reasons)


def test_reasons_name_what_differs() -> None:
    reasons = compare("ORG", "Harrowgate Foods", "Harrowgate Steel").reasons
    assert "fields differ: foods / steel" in reasons


def test_legal_forms_of_two_kinds_make_it_less_sure() -> None:
    assert compare("ORG", "Metro AG", "Metro Inc.").probability < 0.95
    assert compare("ORG", "Lisgar Corp.", "Lisgar Corporation").probability == 0.99
    assert compare("ORG", "Lisgar", "Lisgar GmbH").probability == 0.99


def test_without_the_table_names_alone_speak() -> None:
    assert compare("ORG", "Statoil", "Equinor").probability > 0.9
    assert compare("ORG", "Statoil", "Equinor", table=False).probability < 0.5


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TYPES), _HOSTILE, _HOSTILE)
def test_any_text_can_be_compared_in_either_order(type_: str, one: str, other: str) -> None:
    first, second = compare(type_, one, other), compare(type_, other, one)
    assert first.probability == second.probability
    assert 0 <= first.probability <= 1
    assert first.reasons


def test_many_pairs_at_once_are_as_one_by_one() -> None:
    pairs = [("Tessarin Pharma", "Tessarin"), ("CATL", "Lisgar"), ("", "x"), ("Linbro", "Linbro")]
    together = probabilities("ORG", pairs)
    assert together.shape == (4,)
    alone = [compare("ORG", a, b).probability for a, b in pairs]
    assert list(together) == pytest.approx(alone)
    assert probabilities("ORG", []).shape == (0,)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Oliver Blume", "Dr. Oliver Blume", 0.9, 1),
        ("Xi Jinping", "Jinping Xi", 0.9, 1),
        ("O. Blume", "Oliver Blume", 0.7, 0.9),
        ("Bill Gates", "William Gates", 0.7, 0.9),
        ("Sergey Brin", "Sergei Brin", 0.7, 0.9),
        ("Blume", "Oliver Blume", 0.4, 0.6),
        ("Anna Blume", "Oliver Blume", 0, VETO),
        ("George Bush Jr.", "George Bush Sr.", 0, VETO),
        ("John A. Smith", "John B. Smith", 0, VETO),
    ],
)
def test_names_of_people(one: str, other: str, least: float, most: float) -> None:
    assert least <= compare("PER", one, other).probability <= most


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Munich", "München", True),
        ("Deutschland", "Germany", True),
        ("City of Dayton", "Dayton", True),
        ("Dayton, Ohio", "Dayton", True),
        ("Paris, Texas", "Paris, France", False),
        ("Bremen", "Mainz", False),
    ],
)
def test_names_of_places(one: str, other: str, same: bool) -> None:
    assert (compare("LOC", one, other).probability > 0.7) == same
