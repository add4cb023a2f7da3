"""How long each question of the catalogue takes on a large graph, on both engines."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus import readings
from benchmarks.table import Row, leave_out
from graph.load import load
from graph.store import Store
from queries.runner import ask, questions
from scripts import neo4j_server

TITLE = "Questions"
DOCUMENTS = 4_000
TIMES = 40  # each question is asked so often, of names with many and with few ties
SECONDS = 15  # or for so long
WANTED = 100.0  # milliseconds, the 95th percentile
_NAMES = """
MATCH (e:Entity) WHERE e.kind = $kind
RETURN e.name AS name ORDER BY e.documents DESC, e.id LIMIT 2000
"""


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """The 95th percentile in milliseconds beside the wanted one; nothing is kept between."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _ask_all("embedded engine", documents, str(Path(folder, "graph")))
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with tempfile.TemporaryDirectory() as home, neo4j_server.running(Path(home)) as server:
        login: dict[str, Any] = {"user": server.user, "password": server.password}
        yield from _ask_all("Neo4j", documents, server.uri, **login)


def _ask_all(engine: str, documents: int, uri: str, **login: Any) -> Iterator[Row]:
    with Store.open(uri, **login) as store:
        load(store, readings(documents))
        nodes = store.read("MATCH (e:Entity) RETURN count(e) AS n")[0]["n"]
        ties = store.read("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n")[0]["n"]
        names = {
            kind: [row["name"] for row in store.read(_NAMES, {"kind": kind})]
            for kind in ("Firm", "City", "Person")
        }
        for name, question in sorted(questions().items()):
            wanted = [p.name for p in question.parameters if p.required]
            times: list[float] = []
            until = time.monotonic() + SECONDS
            for turn in range(TIMES + 3):
                given = _parameters(wanted, names, turn)
                start = time.perf_counter()
                ask(store, name, given)
                times.append((time.perf_counter() - start) * 1000)
                if time.monotonic() > until:
                    break
            kept = sorted(times[3:] or times)  # the first ones meet a cold cache
            p95 = kept[min(len(kept) - 1, int(0.95 * len(kept)))]
            note = f"median {kept[len(kept) // 2]:.0f} ms; {nodes:,} entities, {ties:,} ties"
            yield Row(f"{name}, {engine}", p95, "wanted at most", WANTED, "ms", note)


def _parameters(wanted: list[str], names: Mapping[str, list[str]], turn: int) -> dict[str, str]:
    """Names for one turn: every fourth one of the ten best known, the others drawn from all."""
    found = {}
    for place, name in enumerate(wanted):
        kind = "City" if name == "place" else "Firm"
        rank = (turn // 4 + place) % 10 if turn % 4 == 0 else turn * 37 + place * 101
        found[name] = names[kind][rank % len(names[kind])]
    return found
