"""Time and peak memory of each form of export, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.process import hide_torch, run_module
from benchmarks.table import Row, leave_out
from graph.store import Store
from scripts import neo4j_server

TITLE = "Exports"
SIZE = 100_000  # names
WANTED = 500.0  # megabytes at most
_STATUS = Path("/proc/self/status")
_READING = "reading"  # no form: names and ties are streamed, and nothing is written


def measure(size: int = SIZE) -> Iterator[Row]:
    """Seconds beside streaming the names and ties alone, megabytes beside the wanted ones. The
    embedded engine is in the process that is measured, a server is not."""
    from benchmarks.synthetic import fill

    if not _STATUS.exists():
        leave_out("exports", "peak memory needs /proc, which Linux has")
        return
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder, "graph")
        with Store.open(graph) as store:
            fill(store, size)
        yield from _each_form(str(graph), f"{size:,} names, embedded engine")
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with tempfile.TemporaryDirectory() as home, neo4j_server.running(Path(home)) as server:
        with Store.open(server.uri, user=server.user, password=server.password) as store:
            fill(store, size)
        os.environ |= {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
        yield from _each_form(server.uri, f"{size:,} names, Neo4j")


def _each_form(graph: str, what: str) -> Iterator[Row]:
    from graph.export import FORMATS

    least = 0.0
    for form in (_READING, *FORMATS):
        with tempfile.TemporaryDirectory() as folder:
            (found,) = run_module("benchmarks.exports", graph, form, str(Path(folder, "out")))
        least = least or found["seconds"]
        written = f"{found['written'] / 1e6:,.0f} MB written" if found["written"] else ""
        yield Row(f"{form}: time, {what}", found["seconds"], "reading alone", least, "s", written)
        yield Row(f"{form}: peak memory, {what}", found["megabytes"], "wanted", WANTED, "MB")


def peak() -> float:
    """The most megabytes that this process ever held. What getrusage says may be its parent's."""
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) * 1024 / 1e6


def main(graph: str, form: str, out: Path) -> None:
    """Export the graph and print what it took, as a JSON object."""
    hide_torch()
    from graph.export import export
    from graph.export.network import stream_entities, stream_ties

    login = {"user": os.environ.get("NEO4J_USERNAME"), "password": os.environ.get("NEO4J_PASSWORD")}
    with Store.open(graph, **login, create=False) as store:
        start = time.perf_counter()
        if form == _READING:
            for stream in (stream_entities(store), stream_ties(store)):
                for _ in stream:
                    pass
        else:
            export(store, out, form)
        seconds = time.perf_counter() - start
    files = [out] if out.is_file() else list(out.glob("*"))
    written = sum(path.stat().st_size for path in files)
    print(json.dumps({"seconds": seconds, "megabytes": peak(), "written": written}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
