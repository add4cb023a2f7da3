"""How long the command line takes to say anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, seconds

TITLE = "Start of the command line"


def measure() -> Iterator[Row]:
    """`partnergraph --help` beside an interpreter that does nothing."""
    program = str(Path(sys.executable).with_name("partnergraph"))

    def run(*command: str) -> float:
        return seconds(lambda: subprocess.run(command, check=True, capture_output=True), 9)

    yield Row(
        "partnergraph --help",
        run(program, "--help"),
        "python -c pass",
        run(sys.executable, "-c", "pass"),
        "s",
    )
