"""Calling the command line: inside the test's own process, or as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from partnergraph.cli import main

NOTE = """Halvorsen Marine opens plant in Gdansk

12 March 2025

Halvorsen Marine AS, a shipbuilder, opened a EUR 40m factory in Gdansk in March.
"""


@dataclass(frozen=True)
class Result:
    """What a command gave back."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]
Process = subprocess.Popen[bytes]

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # a terminal
_ADDRESSES = ("PARTNERGRAPH_DB", "NEO4J_URI", "NEO4J_URL")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("query", "partners-of", …)`` → exit status, standard output, standard error.

    Whatever is called, no traceback and nothing that steers a terminal may come out.
    """
    for name in _ADDRESSES:
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["partnergraph", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert not _STEERING.findall(captured.out + captured.err)
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    """``start("build", …, env={…})`` → the command line as a process, which ends with the test."""
    started: list[Process] = []

    def call(*arguments: str | Path, env: dict[str, str] | None = None, **options: Any) -> Process:
        inherited = {name: value for name, value in os.environ.items() if name not in _ADDRESSES}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        program = "from partnergraph.cli import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env=inherited | (env or {}),
            # A test run in the background ignores Ctrl-C, and its children would too.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            **streams,
        )
        started.append(process)
        return process

    yield call
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A short article with one plant in it."""
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


@pytest.fixture
def built(tmp_path: Path, note: Path, run: Run) -> Path:
    """A graph folder with that article in it."""
    folder = tmp_path / "graph"
    assert run("build", note, "--db", folder).status == 0
    return folder
