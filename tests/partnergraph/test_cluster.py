"""The command line beside Spark: what it refuses, what it loads, what doctor says; no master."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "name it with -o"),
        (("-o", "results", "--explain"), "don't go with --spark"),
        (("-o", "results", "--workers", "2"), "don't go with --spark"),
        (("-o", "results", "--reader", "llm"), "the trained reader reads"),
    ],
)
def test_what_does_not_go_with_spark_is_refused(
    run: Any, note: Path, more: tuple[str, ...], told: str
) -> None:
    result = run("extract", note, "--spark", "local[1]", *more)
    assert result.status == 2
    assert told in result.err
    assert len(result.err.splitlines()) == 1


def test_doctor_names_what_is_missing(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pyspark" else found(name)
    )
    result = run("doctor", "--spark", "local[1]", "--json")
    assert result.status == 1
    findings = json.loads(result.out)
    assert findings[0] == {
        "level": "problem",
        "text": "no pyspark",
        "advice": "pip install 'partnergraph[spark]'",
    }
    assert findings[-1]["level"] == "problem"


@pytest.fixture
def results(tmp_path: Path, note: Path, run: Any) -> Path:
    """A folder as a job on Spark leaves it."""
    folder = tmp_path / "results"
    (folder / "jsonl").mkdir(parents=True)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "_SUCCESS").touch()
    assert run("extract", note, "-o", folder / "jsonl" / "part-00000.jsonl").status == 0
    return folder


def test_the_folder_of_a_job_is_loaded(run: Any, results: Path, tmp_path: Path) -> None:
    result = run("load", results, "--db", tmp_path / "graph")
    assert result.status == 0
    assert "documents: 1 new" in result.err


def test_a_job_that_is_not_through_is_not_loaded(run: Any, results: Path, tmp_path: Path) -> None:
    (results / "_SUCCESS").unlink()
    result = run("load", results, "--db", tmp_path / "graph")
    assert result.status == 1
    assert "not through; run it again" in result.err


def test_a_folder_of_readings_is_loaded(run: Any, results: Path, tmp_path: Path) -> None:
    result = run("load", results / "jsonl", "--db", tmp_path / "graph")
    assert "documents: 1 new" in result.err


def test_a_folder_without_readings_is_named(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    result = run("load", tmp_path / "bare", "--db", tmp_path / "graph")
    assert result.status == 1
    assert "there is no .jsonl file in the folder" in result.err
