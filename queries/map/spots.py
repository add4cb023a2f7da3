"""Where on the map a place of a given name is.

Countries are in the middle of Natural Earth's outlines, all else where GeoNames has it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.names.gazetteer import KnownPlace, candidates
from queries.map.projection import Point, project

_MUCH_SMALLER = 5  # times fewer people


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: x and y are in units of the map."""

    place: KnownPlace
    x: int
    y: int

    @property
    def name(self) -> str:
        """What it is called on the map."""
        return self.place.name


def locate(name: str, kind: str = "", near: Point | None = None) -> Spot | None:
    """The place that a name most likely means; None for one that isn't known.

    The largest of `find_spots`; with ``near``, a point of the map, the nearest to it of those
    that are not much smaller.
    """
    found = find_spots(name, kind)
    if near and found:
        least = found[0].place.people / _MUCH_SMALLER
        large = [spot for spot in found if spot.place.people >= least]
        return min(large, key=lambda spot: (math.dist((spot.x, spot.y), near), -spot.place.people))
    return found[0] if found else None


def find_spots(name: str, kind: str = "") -> list[Spot]:
    """The places that bear a name, of ``kind`` where there are such, the largest first."""
    found = []
    for place in candidates(name, kind):
        if place.longitude is not None and place.latitude is not None:
            x, y = project(place.longitude, place.latitude)
        elif place.number in outlines()["countries"]:
            x, y = outlines()["countries"][place.number]
        else:
            continue
        found.append(Spot(place, round(x), round(y)))
    return found


@cache
def outlines() -> dict[str, Any]:
    """``outlines.json``: "width", "height", the path data "land" and "borders", "countries"."""
    text = files("queries.map").joinpath("outlines.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
