"""What one more document costs, and what memory loading takes, as the graph grows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from itertools import islice

from benchmarks.corpus import readings
from benchmarks.engines import on_each_engine
from benchmarks.memory import resident
from benchmarks.table import Row
from graph.load import load
from graph.store import Store

TITLE = "Growth"
DOCUMENTS = 10_000
SAMPLES = (1_000, 10_000, 100_000)  # documents in the graph at which is measured
MEASURED = 1_000  # documents loaded on the clock, after those


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Milliseconds a document, and megabytes of this process, with each size up to
    ``documents`` loaded; beside the first size. With the embedded engine its memory is this
    process's, too."""
    yield from on_each_engine(partial(_grow, documents))


def _grow(documents: int, engine: str, store: Store) -> Iterator[Row]:
    made = readings(documents + MEASURED)
    first_cost = first_memory = 0.0
    loaded = 0
    for size in (size for size in SAMPLES if size <= documents):
        load(store, islice(made, size - loaded))
        start = time.perf_counter()
        load(store, islice(made, MEASURED))
        cost = (time.perf_counter() - start) / MEASURED * 1000
        loaded, memory = size + MEASURED, resident()
        first_cost, first_memory = first_cost or cost, first_memory or memory
        beside = f"at {SAMPLES[0]:,} documents"
        what = f"at {size:,} documents, {engine}"
        yield Row(f"a document {what}", cost, beside, first_cost, "ms")
        yield Row(f"memory {what}", memory, beside, first_memory, "MB")
