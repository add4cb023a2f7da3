"""A fresh Python with so many threads: libraries read that number once, when they are imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def surroundings(threads: int, **more: str) -> dict[str, str]:
    """The environment variables of a process that works with so many threads."""
    return {**os.environ, **dict.fromkeys(_THREADS, str(threads)), **more}


def run_module(module: str, *arguments: str, threads: int = 1) -> Iterator[Mapping[str, Any]]:
    """What ``python -m module arguments`` prints, a JSON object a line, as soon as it does."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings(threads), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}; see above")


def hide_torch() -> None:
    """Let spaCy start as it does where torch isn't installed: only training the reader needs it.

    spaCy imports torch wherever it finds it, which takes a second and some hundred megabytes.
    """
    sys.modules["torch"] = None  # type: ignore[assignment]
