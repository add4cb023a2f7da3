"""Names of places: what a city or country is called elsewhere."""

from __future__ import annotations

from functools import lru_cache

from graph.names.keys import fold
from graph.names.lexicon import WordClass, words
from graph.names.parsing import look_alikes

_PROBABILITIES = {
    "same_place": 0.98,
    "wider_place": 0.9,
    "wider_places_differ": 0.004,
    "places_differ": 0.004,
}
_LONGEST = 300


@lru_cache(maxsize=100_000)
def compare_places(one: str, other: str) -> tuple[float, str]:
    """The probability that two names are of one place, and the name of the reason."""
    found = _finding(read_place(one), read_place(other))
    return _PROBABILITIES[found], found


def place_blocks(name: str) -> set[str]:
    """The keys under which a name is compared: what it means, without what it lies in."""
    parts = read_place(name)
    return {parts[0]} if parts else set()


def _finding(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other or one[0] != other[0]:
        return "places_differ"
    wider = zip(one[1:], other[1:], strict=False)
    if any(a != b for a, b in wider):
        return "wider_places_differ"
    return "same_place" if len(one) == len(other) else "wider_place"


def read_place(name: str) -> tuple[str, ...]:
    """("dayton", "ohio") for "City of Dayton, Ohio", in the common language."""
    found = (fold(look_alikes(part)) for part in name[:_LONGEST].split(","))
    return tuple(_meaning(part) for part in found if part)


def _meaning(folded: str) -> str:
    bare = folded.removeprefix("city of ").removesuffix(" city")
    for text in (folded, bare):
        known = words().get(text)
        if known and known.kind is WordClass.place:
            return known.concept.removeprefix("@")
    return bare
