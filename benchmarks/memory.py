"""Resident memory over many documents that are read as a stream: does it grow?"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.process import hide_torch, run_module
from benchmarks.table import Row, leave_out
from extract.records import Document, Failure, document_id

TITLE = "Memory"
DOCUMENTS = 10_000
SETTLED = 1_000  # documents after which the libraries have allocated what they keep
STEP = 500
_PAGES = Path("/proc/self/statm")
_SYLLABLES = ("bal", "dor", "fen", "gar", "hol", "kes", "lum", "mar", "nor", "pel", "ros", "tam")


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """Samples of one process that reads on and on, each beside the one after SETTLED documents."""
    if not _PAGES.exists():
        leave_out("resident memory", "needs /proc, which Linux has")
        return
    settled, settled_at = 0.0, 0
    for found in run_module("benchmarks.memory", str(documents)):
        read, now = found["documents"], found["megabytes"]
        if read <= SETTLED:
            settled, settled_at = now, read
        beside = f"after {settled_at:,}"
        yield Row(f"after {read:,} documents", now, beside, settled, "MB", f"{now - settled:+.0f}")


def articles(count: int) -> Iterator[Document]:
    """Documents made of the demo's paragraphs, no two alike, each with a name of its own."""
    from extract.sources import read_sources
    from partnergraph.demo import demo_sources

    draw = random.Random(11)
    read = read_sources([str(path) for path in demo_sources()])
    models = [item for item in read if isinstance(item, Document)]
    paragraphs = [text for model in models for text in model.text.split("\n\n")]
    for number in range(count):
        firm = "".join(draw.choices(_SYLLABLES, k=4)).title()
        new = f"{firm} Works and {draw.choice(models).title} were named in report {number}."
        text = "\n\n".join([*draw.sample(paragraphs, draw.randint(1, 4)), new])
        yield replace(draw.choice(models), text=text, id=document_id(text))


def resident() -> float:
    """Megabytes that this process holds."""
    pages = int(_PAGES.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(count: int) -> None:
    """Read so many documents and print what is held, a JSON object every STEP."""
    hide_torch()
    from extract.pipeline import Reader

    for number, reading in enumerate(Reader(threads=1).read(articles(count)), start=1):
        if isinstance(reading, Failure):
            sys.exit(f"{reading.source}: {reading.reason}")
        if number % STEP == 0:
            print(json.dumps({"documents": number, "megabytes": resident()}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
