"""A Spark session with two cores, and documents that end the process that reads them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.exchange import write_reading
from extract.records import Failure
from partnergraph import read

ROOT = Path(__file__).parents[3]
Told = tuple[list[str], set[tuple[str, str, str]]]

# Python imports a file of this name first: so a worker can be made to die in the middle.
DEADLY = """
import os, signal, sys
from pathlib import Path

MARKS = Path(__file__).parent


def first(what):
    mark = MARKS / what
    if mark.exists():
        return False
    mark.touch()
    return True


def parent(process):
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


if "pyspark.daemon" in sys.orig_argv:
    sys.modules["torch"] = None  # spaCy imports it wherever it is, for nothing
    from extract import pipeline

    prepared = pipeline._prepared

    def deadly(document):
        if "DEADLY-ALWAYS" in document.text or "DEADLY-ONCE" in document.text and first("once"):
            os.kill(os.getpid(), signal.SIGKILL)
        if "DEADLY-EXECUTOR" in document.text and first("executor"):
            os.kill(parent(parent(os.getpid())), signal.SIGKILL)
        return prepared(document)

    pipeline._prepared = deadly
"""


@pytest.fixture(scope="session")
def deadly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH, with which workers die of documents that say so."""
    folder = tmp_path_factory.mktemp("deadly")
    (folder / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def python_path(deadly: Path) -> str:
    """PYTHONPATH of workers."""
    return os.pathsep.join([str(deadly), str(ROOT), os.environ.get("PYTHONPATH", "")])


@pytest.fixture(scope="session")
def spark(spark_script: ModuleType, python_path: str) -> Iterator[Any]:
    """A session with two cores of this machine."""
    from extract.spark.session import open_session

    assert spark_script
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", python_path)
        patch.setattr("extract.spark.session._FAILURES", 2)  # each loads the reader anew
        with open_session("local[2]", "tests") as session:
            yield session


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts and waves so small that a few documents make many."""
    monkeypatch.setattr("extract.spark.reading._SMALLEST", 500)
    monkeypatch.setattr("extract.spark.waves._FEWEST", 2)
    monkeypatch.setattr("extract.spark.waves._PARTS_A_CORE", 1)


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., Path]:
    """``articles(6, {2: "…"})``: a folder of so many, the third with something said besides."""

    def make(number: int, more: dict[int, str] | None = None) -> Path:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        for i in range(number):
            text = (
                f"Halvorsen Marine opens plant number {i}\n\n{1 + i % 28} March 2025\n\n"
                f"Halvorsen Marine AS, a shipbuilder, opened a EUR {i + 10}m factory in Gdansk "
                f"with Nordhavn Batteries on Monday. {(more or {}).get(i, '')}\n"
            )
            (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def plain() -> Callable[..., Told]:
    """``plain(sources)``: the lines that the plain command writes, and what it leaves out."""

    def call(*sources: str | Path) -> Told:
        found = list(read([str(source) for source in sources]))
        lines = [write_reading(each) + "\n" for each in found if not isinstance(each, Failure)]
        out = {(e.source, e.status, e.reason) for e in found if isinstance(e, Failure)}
        return sorted(lines), out

    return call


@pytest.fixture(scope="session")
def written() -> Callable[[Path], Told]:
    """``written(folder)``: the same of a job's results, from both of their forms."""

    def call(folder: Path) -> Told:
        import pyarrow.parquet

        rows = [
            row
            for part in sorted(folder.glob("readings/part=*/*.parquet"))
            for row in pyarrow.parquet.ParquetFile(part).read().to_pylist()
        ]
        lines = sorted(
            line
            for part in sorted((folder / "jsonl").glob("part-*.jsonl"))
            for line in part.open(encoding="utf-8", newline="\n")
        )
        assert lines == sorted(row["reading"] + "\n" for row in rows if row["status"] == "read")
        for row in rows:
            if row["status"] == "read":
                told = json.loads(row["reading"])
                assert {name: told[name] for name in ("id", "source", "title", "date")} == {
                    name: row[name] for name in ("id", "source", "title", "date")
                }
        out = {(r["source"], r["status"], r["reason"]) for r in rows if r["status"] != "read"}
        return lines, out

    return call
