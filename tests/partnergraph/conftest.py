"""Calling the command line inside the test's own process, as a shell would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("query", "partners-of", …)`` → exit status, standard output, standard error."""
    for name in ("PARTNERGRAPH_DB", "NEO4J_URI", "NEO4J_URL"):
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
        return Result(status, captured.out, captured.err)

    return call


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
