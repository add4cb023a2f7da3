"""Loading on Spark: two writers beside one, and the whole load beside the plain loader.

A Neo4j server and two cores of Spark run on this machine and take their time of the same cores.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import readings
from benchmarks.process import hide_torch, run_module
from benchmarks.table import Row, leave_out
from scripts import neo4j_server, spark_cluster

TITLE = "Loading on Spark"
DOCUMENTS = 2000
_WRITERS = (1, 2)


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Documents a second: written by two writers and by one; loaded by Spark and without."""
    if reason := spark_cluster.missing() or neo4j_server.missing():
        leave_out("loading on Spark", reason)
        return
    with (
        tempfile.TemporaryDirectory() as place,
        neo4j_server.running(Path(place, "server")) as server,
    ):
        login = (server.uri, server.user, server.password)
        (found,) = run_module("benchmarks.spark_load", str(documents), *login)
    speed = {name: documents / spent for name, spent in found["seconds"].items()}
    note = f"{found['nodes']:,} nodes and {found['ties']:,} relationships"
    yield Row("two writers", speed["2"], "one writer", speed["1"], "documents/s", note)
    yield Row(
        "who is who, rows, two writers",
        documents / (found["seconds"]["rows"] + found["seconds"]["2"]),
        "the plain loader",
        speed["plain"],
        "documents/s",
        f"{documents:,} documents; making rows: {speed['rows']:.0f} documents/s",
    )


def load_ways(documents: int, uri: str, user: str, password: str) -> None:
    """Load so many documents in each way into the same server, and print the seconds of each."""
    hide_torch()
    from extract.exchange import write_reading
    from extract.spark.session import open_session
    from graph.load import load
    from graph.spark.write import Server, count_rounds, deal_out, write_nodes, write_ties
    from graph.store import Store

    server = Server(uri, user, password)
    spent: dict[str, float] = {}
    with Store.open(uri, user=user, password=password) as store:
        begun = time.perf_counter()
        load(store, readings(documents))
        spent["plain"] = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as place, open_session("local[2]", "benchmark") as session:
        lines = Path(place, "readings.txt")
        lines.write_text("\n".join(map(write_reading, readings(documents))), encoding="utf-8")
        begun = time.perf_counter()
        nodes, ties = _rows(session, place, str(lines))
        spent["rows"] = time.perf_counter() - begun
        numbers = {"nodes": nodes.count(), "ties": ties.count()}
        for writers in _WRITERS:
            _empty(server)
            dealt = deal_out(ties, writers).localCheckpoint()
            begun = time.perf_counter()
            write_nodes(nodes, server, writers)
            for number in range(count_rounds(writers)):
                write_ties(dealt, server, writers, number)
            spent[str(writers)] = time.perf_counter() - begun
    print(json.dumps({"seconds": spent, **numbers}))


def _rows(session: Any, place: str, lines: str) -> tuple[Any, Any]:
    """The rows of the graph of these readings, who is who and all."""
    from graph.spark.build import build_rows, choose, made
    from graph.spark.names import resolve_names

    session.sparkContext.setCheckpointDir(f"{place}/checkpoints")
    session.conf.set("spark.sql.shuffle.partitions", "8")

    def keep(name: str, frame: Any) -> Any:
        made(frame).write.parquet(f"{place}/{name}")
        return session.read.parquet(f"{place}/{name}")

    table = session.read.text(lines).withColumnRenamed("value", "reading").repartition(8)
    chosen = choose(table, keep)
    return build_rows(chosen, resolve_names(chosen, keep), keep)


def _empty(server: Any) -> None:
    """Take everything out, but for the constraints."""
    from graph.filling import begin_filling

    with server.open() as store:
        store.write("MATCH (v:PartnergraphSchema) SET v.restoring = 'a benchmark'")
        begin_filling(store, "a benchmark")


if __name__ == "__main__":
    load_ways(int(sys.argv[1]), *sys.argv[2:])
