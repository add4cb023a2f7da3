"""How long each question of the catalogue takes on a large graph, on both engines."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import partial

from benchmarks.corpus import readings
from benchmarks.engines import on_each_engine
from benchmarks.table import Row
from graph.load import load
from graph.store import Store
from queries.questions import Parameter
from queries.runner import ask, questions

TITLE = "Questions"
DOCUMENTS = 4_000
TIMES = 40  # each question is asked so often, of names with many and with few ties
SECONDS = 15  # or for so long
COLD = 3
WANTED = 100.0  # milliseconds, the 95th percentile
_NAMES = """
MATCH (e:Entity) WHERE e.kind = $kind
RETURN e.name AS name ORDER BY e.documents DESC, e.id LIMIT 2000
"""


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """The 95th percentile in milliseconds beside the wanted one; nothing is kept between."""
    yield from on_each_engine(partial(_ask_all, documents))


def _ask_all(documents: int, engine: str, store: Store) -> Iterator[Row]:
    load(store, readings(documents))
    nodes = store.read("MATCH (e:Entity) RETURN count(e) AS n")[0]["n"]
    ties = store.read("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n")[0]["n"]
    names = {
        kind: [row["name"] for row in store.read(_NAMES, {"kind": kind})]
        for kind in ("Firm", "City")
    }
    for name, question in sorted(questions().items()):
        wanted = [p for p in question.parameters if p.required]
        times = _times(store, name, wanted, names)
        p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
        note = f"median {times[len(times) // 2]:.0f} ms; {nodes:,} entities, {ties:,} ties"
        yield Row(f"{name}, {engine}", p95, "wanted at most", WANTED, "ms", note)


def _times(
    store: Store, name: str, wanted: list[Parameter], names: Mapping[str, list[str]]
) -> list[float]:
    """Milliseconds of each time it is asked, sorted; the first ones meet a cold cache."""
    times: list[float] = []
    until = time.monotonic() + SECONDS
    for turn in range(TIMES + COLD):
        start = time.perf_counter()
        ask(store, name, _parameters(wanted, names, turn))
        times.append((time.perf_counter() - start) * 1000)
        if time.monotonic() > until:
            break
    return sorted(times[COLD:] or times)


def _parameters(
    wanted: list[Parameter], names: Mapping[str, list[str]], turn: int
) -> dict[str, str]:
    """Names for one turn: every fourth one of the ten best known, the others drawn from all.
    What is no name is the question's example."""
    found = {}
    for place, parameter in enumerate(wanted):
        name = parameter.name
        if parameter.type != "entity":
            found[name] = parameter.example
            continue
        kind = "City" if name == "place" else "Firm"
        rank = (turn // 4 + place) % 10 if turn % 4 == 0 else turn * 37 + place * 101
        found[name] = names[kind][rank % len(names[kind])]
    return found
