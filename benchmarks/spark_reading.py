"""Reading on a Spark cluster on this machine: two workers beside one, and one beside none.

Each job runs in a process of its own on a fresh standalone cluster, whose workers have one core
each; the clock runs from the open session to the results in place. The driver, the master and
the workers' Java take their time of the same cores: on few, two workers can't be twice as fast.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.memory import articles
from benchmarks.process import ROOT, hide_torch, run_module
from benchmarks.table import Row, leave_out
from scripts import spark_cluster

TITLE = "Reading on Spark"
DOCUMENTS = 2000
_EVERY = 0.5  # seconds between looks at the workers' memory
_PYTHON = b"pyspark.daemon"
_HIDE_TORCH = "import sys\nsys.modules['torch'] = None\n"  # as benchmarks.process.hide_torch


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Documents a second with two workers, one, and the plain command; a worker's memory."""
    if reason := spark_cluster.missing():
        leave_out("reading on Spark", reason)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = _written(Path(place, "articles"), documents)
        (plain,) = run_module("benchmarks.spark_reading", "plain", str(folder))
        one, two = (_on_cluster(Path(place, f"of-{n}"), folder, n) for n in (1, 2))
    speed = {"plain": documents / plain["seconds"]}
    speed |= {name: documents / job["seconds"] for name, job in (("one", one), ("two", two))}
    efficiency = f"{speed['two'] / speed['one'] / 2:.0%} of twice as fast, {os.cpu_count()} cores"
    yield Row("two workers", speed["two"], "one worker", speed["one"], "documents/s", efficiency)
    yield Row(
        "one worker",
        speed["one"],
        "the plain command, 1 thread",
        speed["plain"],
        "documents/s",
        f"{documents:,} documents, {one['parts']} parts",
    )
    yield Row("a worker's Python, most", max(two["most"]), "when half was read", two["half"], "MB")


def _written(folder: Path, documents: int) -> Path:
    folder.mkdir()
    for number, document in enumerate(articles(documents)):
        (folder / f"{number:06}.txt").write_text(document.text, encoding="utf-8")
    return folder


def _on_cluster(place: Path, folder: Path, workers: int) -> Mapping[str, Any]:
    first = place / "first"  # Python imports a file of this name first
    first.mkdir(parents=True)
    (first / "sitecustomize.py").write_text(_HIDE_TORCH, encoding="utf-8")
    path = os.pathsep.join([str(first), str(ROOT), os.environ.get("PYTHONPATH", "")])
    with spark_cluster.running(place / "cluster", workers, PYTHONPATH=path) as master:
        (found,) = run_module(
            "benchmarks.spark_reading", "cluster", str(folder), master, str(place / "results")
        )
    return found


def read_plain(folder: str) -> None:
    """Read with one thread in this process and print the seconds that it took."""
    hide_torch()
    from extract.pipeline import Reader
    from partnergraph.intake import write_exchange

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        write_exchange([folder], Path(place, "readings.jsonl"), reader=Reader(threads=1))
    print(json.dumps({"seconds": time.perf_counter() - begun}))


def read_on_cluster(folder: str, master: str, output: str) -> None:
    """Read on ``master`` and print seconds, parts, and megabytes of the workers' Python."""
    from extract.spark.reading import read_on_spark
    from extract.spark.session import open_session

    most: dict[int, float] = {}
    half = [0.0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            for process, megabytes in _memory():
                most[process] = max(most.get(process, 0.0), megabytes)

    def on_parts(whole: int, parts: int) -> None:
        if not half[0] and whole >= parts / 2:
            half[0] = max(most.values(), default=0.0)

    threading.Thread(target=watch, daemon=True).start()
    with open_session(master, "benchmark") as session:
        begun = time.perf_counter()
        report = read_on_spark(session, [folder], output, on_parts=on_parts)
        seconds = time.perf_counter() - begun
    ended.set()
    if report.counts.get("failed"):
        sys.exit(f"{report.left_out[0].source}: {report.left_out[0].reason}")
    told = {"seconds": seconds, "parts": report.parts, "half": half[0]}
    print(json.dumps({**told, "most": sorted(most.values())}))


def _memory() -> Iterator[tuple[int, float]]:
    """Number and resident megabytes of each Python that Spark's workers run."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if _PYTHON in (place / "cmdline").read_bytes():
                pages = int((place / "statm").read_text(encoding="ascii").split()[1])
                yield int(place.name), pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:  # it has ended
            continue


if __name__ == "__main__":
    {"plain": read_plain, "cluster": read_on_cluster}[sys.argv[1]](*sys.argv[2:])
