from __future__ import annotations

import pytest

from graph.names.gazetteer import _others, candidates, countries, country_of, find_country


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Hefei", "City", "China"),
        ("Deutschland", "Country", "Germany"),
        ("the United States", "Country", "United States"),
        ("USA", "", "United States"),
        ("UK", "Country", "United Kingdom"),
        ("Mexico", "Country", "Mexico"),
        ("München", "City", "Germany"),
        ("Ohio", "Region", "United States"),
        ("Georgia", "Country", "Georgia"),
        ("Georgia", "Region", "United States"),
        ("Cambridge, Massachusetts", "City", "United States"),
        ("Paris, TX", "City", "United States"),
        ("Suzhou, China", "City", "China"),
        ("Hefei, Anhui", "City", "China"),
        ("Hong Kong", "City", "Hong Kong"),
    ],
)
def test_a_place_is_in_its_country(name: str, kind: str, country: str) -> None:
    assert country_of(name, kind) == country


@pytest.mark.parametrize(
    "name", ["", "  ", ",", "Silicon Valley", "Nowhere", "\ud800", "x" * 999, "Europe"]
)
def test_what_is_not_known_has_no_country(name: str) -> None:
    assert country_of(name) == ""


def test_the_kind_of_a_place_decides_between_places_of_one_name() -> None:
    assert candidates("Washington", "City")[0].within >= {"district of columbia"}
    assert {place.kind for place in candidates("Washington", "Region")} == {"Region"}


def test_the_largest_of_a_name_comes_first() -> None:
    people = [place.people for place in candidates("Cambridge", "City")]
    assert people == sorted(people, reverse=True)
    assert len(people) > 1


def test_countries_are_listed() -> None:
    assert {"China", "Germany", "United States"} <= set(countries())


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Holland", "Netherlands"),
        ("the Netherlands", "Netherlands"),
        ("Niederlande", "Netherlands"),
        ("NL", "Netherlands"),
        ("P.R. China", "China"),
        ("USA", "United States"),
        ("Georgia", "Georgia"),
        ("Deutschland", "Germany"),
        ("London", ""),
        ("Valencia", ""),
        ("Ohio", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_by_its_names_and_codes_alone(name: str, country: str) -> None:
    assert find_country(name) == country


def test_the_table_of_names_is_of_countries_and_each_name_of_one() -> None:
    rows = _others()
    assert set(rows) <= set(countries())
    names = [name for others in rows.values() for name in set(others)]
    assert len(names) == len(set(names))
