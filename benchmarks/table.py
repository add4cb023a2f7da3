"""A row of a benchmark and how rows are printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured beside what, in one unit."""

    what: str
    ours: float
    beside: str
    theirs: float
    unit: str
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by theirs."""
        return self.ours / self.theirs if self.theirs else float("nan")


def seconds(action: Callable[[], object], repeat: int = 1) -> float:
    """The median wall-clock time of an action."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return median(times)


def print_table(title: str, rows: Iterable[Row]) -> None:
    """Print rows as a Markdown table, each as soon as it is measured."""
    print(f"\n### {title}\n")
    print("| what | partnergraph | beside | theirs | unit | ratio | note |")
    print("| --- | ---: | --- | ---: | --- | ---: | --- |", flush=True)
    for row in rows:
        print(
            f"| {row.what} | {row.ours:,.3g} | {row.beside} | {row.theirs:,.3g} | {row.unit} "
            f"| {row.ratio:.2f} | {row.note} |".replace("  |", " |"),
            flush=True,
        )


def leave_out(what: str, reason: str) -> None:
    """Print a row that can't be measured here, and why."""
    print(f"| left out: {what} ({reason}) | | | | | | |", flush=True)
