"""What a document costs: words read a second and core, bytes kept of it, the size of pictures.

Notes multiply it out for 1, 10 and 100 million articles of WORDS words, with nothing added: read
them as the least that it can be. docs/cost.md says what else there is.
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
from benchmarks.memory import articles, resident
from benchmarks.process import hide_torch, run_module
from benchmarks.table import Row

TITLE = "Cost"
DOCUMENTS = 2000  # loaded; a tenth of them are read
WORDS = 500  # of an article in the notes
_MILLIONS = (1, 10, 100)
_PICTURES = (100, 1000, 5000)


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Reading on one core, the bytes of readings, graph and backup, and of pages."""
    (read,) = run_module("benchmarks.cost", "read", str(max(20, documents // 10)))
    speed = read["words"] / read["seconds"]
    yield Row(
        "words read",
        speed,
        "documents",
        read["documents"] / read["seconds"],
        "a second and core",
        _in_all(WORDS / speed / 3600, "core-hours"),
    )
    yield Row(
        "memory of the process that reads", read["megabytes"], "", float("nan"), "MB", "one thread"
    )
    line = read["line"] / read["words"] * WORDS
    text = read["text"] / read["words"] * WORDS
    yield Row("a reading as a line", line, "its text", text, "bytes", _in_all(line / 1e9, "GB"))
    (kept,) = run_module("benchmarks.cost", "load", str(documents))
    folder, backup = kept["folder"] / documents, kept["backup"] / documents
    note = _in_all(folder / 1e9, "GB in a folder")
    yield Row("the graph, a document", folder, "in a backup", backup, "bytes", note)
    for found in run_module("benchmarks.cost", "draw"):
        page = found["page"] / 1000
        yield Row(f"a page of {found['names']:,} names", page, "", float("nan"), "kB")


def _in_all(one: float, unit: str) -> str:
    told = " / ".join(f"{one * number * 1e6:,.0f}" for number in _MILLIONS)
    return f"1 / 10 / 100 million: {told} {unit}"


def read(number: str) -> None:
    """Read so many documents with one thread."""
    hide_torch()
    from extract.exchange import write_reading
    from extract.pipeline import Reader
    from extract.records import Reading

    reader = Reader(threads=1)
    list(reader.read(articles(5)))  # libraries make ready
    documents = list(articles(int(number)))
    begun = time.perf_counter()
    found = [item for item in reader.read(documents) if isinstance(item, Reading)]
    spent = time.perf_counter() - begun
    told = {
        "seconds": spent,
        "documents": len(found),
        "words": sum(len(document.text.split()) for document in documents),
        "text": sum(len(document.text.encode()) for document in documents),
        "line": sum(len(write_reading(item).encode()) for item in found),
        "megabytes": resident(),
    }
    print(json.dumps(told))


def load(number: str) -> None:
    """Load so many made-up readings into a folder, and back it up."""
    from graph.backup import backup
    from graph.load import load as load_readings
    from graph.store import Store

    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place, "graph"), Path(place, "graph.backup.gz")
        with Store.open(folder) as store:
            load_readings(store, readings(int(number)))
            backup(store, file)
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
        print(json.dumps({"folder": size, "backup": file.stat().st_size}))


def draw(*_: Any) -> None:
    """Draw answers of several sizes."""
    from benchmarks.page import make_graph, make_picture
    from queries.page import render

    for names in _PICTURES:
        told = {"names": names, "page": len(render(make_picture(*make_graph(names))).encode())}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    {"read": read, "load": load, "draw": draw}[sys.argv[1]](*sys.argv[2:])
