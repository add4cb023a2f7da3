"""Seconds of the reader and of bare spaCy in one process, printed as JSON lines.

python -m benchmarks.reader_clock {pair|parts|weights} THREADS [BATCH SIZES | FOLDERS]
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.process import hide_torch
from extract.records import Document, document_id

COPIES = 4
ROUNDS = 3
BATCH = 32
# What is timed inside the reader, by the module that holds it.
PARTS = {
    "spaCy": ("extract.pipeline", "Reader._pipe"),
    "cleaning": ("extract.pipeline", "_prepared"),
    "word pieces": ("extract.model.pieces", "cut_pieces"),
    "tagging pass": ("extract.model.network", "Network.tag"),
    "names to entities": ("extract.entities.document", "entities_and_passages"),
    "linking pass, pair scorer": ("extract.model.linking", "link_documents"),
    "rules of grammar, vote": ("extract.relations", "find_statements"),
}


def corpus() -> list[Document]:
    """The demo corpus, several times over; each copy is a text of its own."""
    from extract.sources import read_sources
    from partnergraph.demo import demo_sources

    read = read_sources([str(path) for path in demo_sources()])
    documents = [item for item in read if isinstance(item, Document)]
    return [
        replace(document, text=text, id=document_id(text))
        for copy in range(COPIES)
        for document in documents
        for text in [f"{document.text}\n\nEdition {copy}."]
    ]


def main(task: str, threads: int, arguments: list[str]) -> None:
    """Print the figures of one task; everything is met warm, and timed in turns."""
    hide_torch()
    documents = corpus()
    size = {"words": sum(len(d.text.split()) for d in documents), "documents": len(documents)}
    tasks = {"pair": _pairs, "parts": _parts, "weights": _weights}
    for figures in tasks[task](documents, threads, arguments):
        print(json.dumps({**size, **figures}), flush=True)


def _pairs(documents: list[Document], threads: int, sizes: list[str]) -> Iterator[dict[str, Any]]:
    """The reader and bare spaCy, with batches of each size."""
    reader = _reader(threads)
    paragraphs = [text for document in documents for text in document.text.split("\n\n")]
    for size in map(int, sizes):
        reader.batch_size = size
        ours, theirs = _in_turns(
            partial(reader.read, documents),
            partial(reader.nlp.pipe, paragraphs, batch_size=size),
        )
        yield {"batch": size, "ours": ours, "theirs": theirs}


def _weights(documents: list[Document], threads: int, folders: list[str]) -> Iterator[Any]:
    """The reader with the shipped weights and with those of a folder."""
    for folder in folders:
        ours, theirs = (_reader(threads), _reader(threads, folder))
        shipped, other = _in_turns(partial(ours.read, documents), partial(theirs.read, documents))
        yield {"folder": folder, "ours": shipped, "theirs": other}


def _parts(documents: list[Document], threads: int, _: list[str]) -> Iterator[dict[str, Any]]:
    """Where the reader's time goes."""
    spent: dict[str, float] = defaultdict(float)
    for part, (module, name) in PARTS.items():
        _time(module, name, part, spent)
    reader = _reader(threads)
    spent.clear()  # what was spent on warming up
    start = time.perf_counter()
    _exhaust(reader.read(documents))
    whole = time.perf_counter() - start
    for part in (*PARTS, "the rest"):
        seconds = spent[part] if part in PARTS else whole - sum(spent.values())
        yield {"part": part, "ours": seconds, "theirs": whole}


def _time(module: str, name: str, part: str, spent: dict[str, float]) -> None:
    """Put a clock around a function or a method."""
    from importlib import import_module

    owner: Any = import_module(module)
    *outer, last = name.split(".")
    for step in outer:
        owner = getattr(owner, step)
    timed = getattr(owner, last)

    def clocked(*args: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return timed(*args, **named)
        finally:
            spent[part] += time.perf_counter() - start

    setattr(owner, last, clocked)


def _reader(threads: int, folder: str = "") -> Any:
    """A warm reader."""
    from extract.component import TieReader
    from extract.pipeline import Reader

    reader = Reader(batch_size=BATCH, threads=threads)
    if folder:
        reader.ties = TieReader(Path(folder), threads=threads)
    _exhaust(reader.read(corpus()[:4]))
    return reader


def _in_turns(*streams: Callable[[], Iterator[object]]) -> tuple[float, ...]:
    """The median time that each stream takes; in turns, so that a busy minute hits them all."""
    times: list[list[float]] = [[] for _ in streams]
    for _ in range(ROUNDS):
        for stream, mine in zip(streams, times, strict=True):
            start = time.perf_counter()
            _exhaust(stream())
            mine.append(time.perf_counter() - start)
    return tuple(map(median, times))


def _exhaust(stream: Iterator[object]) -> None:
    for _ in stream:
        pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
