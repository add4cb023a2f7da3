"""What one more document costs, and what memory loading takes, as the graph grows."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import readings
from benchmarks.memory import resident
from benchmarks.table import Row, leave_out
from graph.load import load
from graph.store import Store
from scripts import neo4j_server

TITLE = "Growth"
DOCUMENTS = 10_000
SAMPLES = (1_000, 10_000, 100_000)  # documents in the graph at which is measured
MEASURED = 1_000  # documents loaded on the clock, up to each sample


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Milliseconds a document, and megabytes of this process, at each size up to ``documents``;
    beside the first size. With the embedded engine its memory is this process's, too."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _grow("embedded engine", documents, str(Path(folder, "graph")))
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with tempfile.TemporaryDirectory() as home, neo4j_server.running(Path(home)) as server:
        login: dict[str, Any] = {"user": server.user, "password": server.password}
        yield from _grow("Neo4j", documents, server.uri, **login)


def _grow(engine: str, documents: int, uri: str, **login: Any) -> Iterator[Row]:
    made = readings(documents)
    first_cost = first_memory = loaded = 0.0
    with Store.open(uri, **login) as store:
        for size in (size for size in SAMPLES if size <= documents):
            load(store, islice(made, int(size - MEASURED - loaded)))
            start = time.perf_counter()
            load(store, islice(made, MEASURED))
            cost = (time.perf_counter() - start) / MEASURED * 1000
            loaded, memory = size, resident()
            first_cost, first_memory = first_cost or cost, first_memory or memory
            beside = f"at {SAMPLES[0]:,} documents"
            what = f"at {size:,} documents, {engine}"
            yield Row(f"a document {what}", cost, beside, first_cost, "ms")
            yield Row(
                f"memory {what}", memory, beside, first_memory, "MB", f"{os.cpu_count()} cores"
            )
