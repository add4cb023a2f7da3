"""The engines that a benchmark runs on, one after the other, each empty."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import Row, leave_out
from graph.store import Store
from scripts import neo4j_server


def on_each_engine(measure: Callable[[str, Store], Iterator[Row]]) -> Iterator[Row]:
    """The rows of ``measure(engine, store)`` on the embedded engine, and on Neo4j where its
    server is installed (`make neo4j`)."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder, "graph")) as store,
    ):
        yield from measure("embedded engine", store)
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with (
        tempfile.TemporaryDirectory() as home,
        neo4j_server.running(Path(home)) as server,
        Store.open(server.uri, user=server.user, password=server.password) as store,
    ):
        yield from measure("Neo4j", store)
