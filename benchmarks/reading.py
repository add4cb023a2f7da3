"""Words a second of the whole reader beside bare spaCy, and where the reader's time goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.process import run_module
from benchmarks.table import Row, leave_out

TITLE = "Reading"
_CLOCK = "benchmarks.reader_clock"
_SIZES = ("32", "16", "64", "128")  # the first is the default of the reader


def measure(fp32: Path | None = None) -> Iterator[Row]:
    """Each row's two columns are timed in turns, in one process, on the same texts.

    ``fp32`` is a folder with weights that were not quantised.
    """
    for threads, sizes in ((1, _SIZES), (2, _SIZES[:1])):
        cores = f"{threads} thread{'s' * (threads > 1)}"
        for found in run_module(_CLOCK, "pair", str(threads), *sizes, threads=threads):
            words, documents = found["words"], found["documents"]
            yield Row(
                f"the whole reader, {cores}, batches of {found['batch']}",
                words / found["ours"],
                "bare spaCy, all components, likewise",
                words / found["theirs"],
                "words/s",
                f"{words:,} words, {documents} documents",
            )
    yield from _quantised(fp32)
    for found in run_module(_CLOCK, "parts", "1"):
        yield Row(found["part"], found["ours"], "the whole reader", found["theirs"], "s", "a share")


def _quantised(fp32: Path | None) -> Iterator[Row]:
    what = "weights in int8, as shipped, 1 thread"
    if fp32 is None:
        leave_out(
            f"{what}, beside fp32",
            "needs --fp32 FOLDER; python scripts/train_reader.py --fp32 FOLDER writes one",
        )
        return
    for found in run_module(_CLOCK, "weights", "1", str(fp32.resolve())):
        ours, theirs = (found["words"] / found[side] for side in ("ours", "theirs"))
        yield Row(what, ours, "weights in fp32", theirs, "words/s", f"from {fp32.name}")
