"""Names on Spark: who is who among ever more of them, on two cores of this machine."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Any

from benchmarks.names import make_names
from benchmarks.process import hide_torch, run_module
from benchmarks.table import Row, leave_out
from scripts import spark_cluster

TITLE = "Names on Spark"
NAMES = 25_000
_TIMES = (1, 2, 4, 8)


def measure(names: int = NAMES) -> Iterator[Row]:
    """Names resolved a second, so many and 2, 4 and 8 times as many, beside n log n."""
    if reason := spark_cluster.missing():
        leave_out("names on Spark", reason)
        return
    base = 0.0
    for times in _TIMES:
        number = names * times
        (found,) = run_module("benchmarks.spark_names", str(number))
        cost = number * log(number)
        base = base or cost / found["seconds"]
        yield Row(
            f"{number:,} names",
            number / found["seconds"],
            "n log n",
            base / log(number),
            "names/s",
            f"{found['seconds']:.0f} s, {found['pairs']:,} pairs compared",
        )


def resolve(number: int) -> None:
    """Resolve so many invented names and print the seconds, and the pairs that were compared."""
    hide_torch()
    from extract.spark.session import open_session
    from graph.spark.build import made
    from graph.spark.names import resolve_names

    with tempfile.TemporaryDirectory() as place, open_session("local[2]", "benchmark") as session:
        session.sparkContext.setCheckpointDir(f"{place}/checkpoints")
        session.conf.set("spark.sql.shuffle.partitions", "8")

        def keep(name: str, frame: Any) -> Any:
            made(frame).write.parquet(f"{place}/{name}")
            return session.read.parquet(f"{place}/{name}")

        Path(place, "chosen.jsonl").write_text("\n".join(_documents(number)), encoding="utf-8")
        schema = "document string, contribution string"
        chosen = session.read.schema(schema).json(f"{place}/chosen.jsonl").repartition(8)
        warm = chosen.limit(10)
        resolve_names(warm, lambda _, frame: made(frame).localCheckpoint()).count()
        begun = time.perf_counter()
        resolve_names(chosen, keep).count()
        seconds = time.perf_counter() - begun
        pairs = session.read.parquet(f"{place}/alike").count()
    print(json.dumps({"seconds": seconds, "pairs": pairs}))


def _documents(number: int) -> Iterator[str]:
    """A document for each name, as a line with the columns of a chosen contribution."""
    from graph.ids import entity_id

    for at, name in enumerate(make_names(number)):
        use = {"name": name, "names": [name], "counts": [1], "mentions": 1}
        told = {
            "document": {"id": f"doc-{at}"},
            "uses": [[entity_id("ORG", name), {**use, "type": "ORG", "subtype": "firm"}]],
            "statements": [],
            "sketch": "",
        }
        yield json.dumps({"document": f"doc-{at}", "contribution": json.dumps(told)})


if __name__ == "__main__":
    resolve(int(sys.argv[1]))
