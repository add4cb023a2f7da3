"""Reading on a standalone cluster, a master and two workers, where processes are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path, python_path: str) -> Start:
    """``start("extract", …)``: the command line as a process whose executors can be made to die."""
    conf = tmp_path / "conf"
    conf.mkdir()
    (conf / "spark-defaults.conf").write_text(
        f"spark.executorEnv.PYTHONPATH {python_path}\nspark.executor.memory 512m\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "SPARK_CONF_DIR": str(conf)}
    program = (
        "from extract.spark import reading, waves\n"
        "reading._SMALLEST, waves._FEWEST, waves._PARTS_A_CORE = 500, 2, 1\n"
        "from partnergraph.cli import main\n"
        "main()"
    )

    def call(*arguments: str | Path, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env=environment | more,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    return call


def test_nothing_is_lost_or_doubled_where_processes_are_killed(
    spark_cluster: str,
    start: Start,
    articles: Any,
    tmp_path: Path,
    plain: Any,
    written: Any,
    deadly: Path,
) -> None:
    """A worker's Python, an executor and at last the program itself, each by kill -9."""
    for mark in ("once", "executor"):
        (deadly / mark).unlink(missing_ok=True)
    folder, output = articles(8, {1: "DEADLY-ONCE", 4: "DEADLY-EXECUTOR"}), tmp_path / "results"
    command = ("extract", folder, "--spark", spark_cluster, "-o", output)
    process = start(*command)
    assert process.stderr is not None
    told = next(line for line in process.stderr if line.startswith("parts read"))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert told.split()[2] < told.split()[4]
    assert not (output / "_SUCCESS").exists()

    again = start(*command)
    _, errors = again.communicate()
    assert again.returncode == 0, errors
    assert "documents: 8 read" in errors
    assert "parts were whole from before" in errors
    assert (deadly / "once").exists()
    assert (deadly / "executor").exists()
    assert written(output) == plain(folder)


def test_doctor_tells_what_is_there(spark_cluster: str, start: Start) -> None:
    process = start("doctor", "--spark", spark_cluster)
    told, _ = process.communicate()
    assert process.returncode == 0, told
    lines = told.splitlines()
    assert any(line.startswith("ok      pyspark 4.") for line in lines)
    assert f"ok      {spark_cluster} did a task" in told
    assert "ok      tasks at a time: 2" in lines
    assert "as this machine does" in lines[-1]


def test_a_worker_without_partnergraph_is_named(
    spark_cluster: str, start: Start, tmp_path: Path, articles: Any
) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    python = str(bare / "bin" / "python")
    command = ("extract", articles(1), "--spark", spark_cluster, "-o", tmp_path / "results")
    process = start(*command, PYSPARK_PYTHON=python, SPARK_CONF_DIR=str(tmp_path))
    _, errors = process.communicate()
    assert process.returncode == 2
    assert "install the same partnergraph" in errors
    assert len(errors.splitlines()) == 1
    assert not (tmp_path / "results").exists()


def test_a_master_without_workers_is_not_waited_for_without_end(
    spark_script: ModuleType, start: Start, tmp_path: Path, articles: Any
) -> None:
    with spark_script.running(tmp_path / "cluster", workers=0) as address:
        begun = time.monotonic()
        process = start(
            *("extract", articles(1), "--spark", address, "-o", tmp_path / "results"),
            PARTNERGRAPH_SPARK_TIMEOUT="12",
        )
        _, errors = process.communicate()
        assert time.monotonic() - begun < 60
    assert process.returncode == 2
    assert len(errors.splitlines()) == 1
    assert f"the Spark master {address} can't be used" in errors
