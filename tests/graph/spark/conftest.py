"""A Spark session with two cores, and tables that are kept for the length of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.exchange import write_reading
from extract.records import Reading
from graph.resolution.judgements import Judgement
from graph.resolution.resolve import Join


@pytest.fixture(scope="session")
def session(spark_script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark on this machine."""
    from extract.spark.session import open_session

    assert spark_script
    with open_session("local[2]", "tests") as opened:
        opened.sparkContext.setCheckpointDir(str(tmp_path_factory.mktemp("checkpoints")))
        own = opened.newSession()
        own.conf.set("spark.sql.shuffle.partitions", "2")
        yield own


@pytest.fixture
def keep(session: Any, tmp_path: Path) -> Callable[[str, Any], Any]:
    """Keeps the result of a step, where it is not there yet."""
    from graph.spark.build import made

    def kept(name: str, frame: Any) -> Any:
        if not (tmp_path / name).exists():
            made(frame).write.parquet(str(tmp_path / name))
        return session.read.parquet(str(tmp_path / name))

    return kept


@pytest.fixture
def lines(session: Any) -> Callable[[Sequence[Reading]], Any]:
    """Readings as a table of lines of the exchange format."""

    def table(readings: Sequence[Reading]) -> Any:
        rows = [(write_reading(reading),) for reading in readings]
        return session.createDataFrame(rows, "reading string")

    return table


@pytest.fixture
def resolved(lines: Callable[..., Any], keep: Any) -> Callable[..., dict[str, Join]]:
    """The joins that Spark finds."""

    def resolve(
        readings: Sequence[Reading], judgements: Sequence[Judgement] = ()
    ) -> dict[str, Join]:
        from graph.spark.build import choose
        from graph.spark.names import resolve_names

        judged = [(one.verdict, one.a.reference, one.b.reference) for one in judgements]
        rows = resolve_names(choose(lines(readings), keep), keep, judged).collect()
        assert len({row["reference"] for row in rows}) == len(rows)
        return {
            row["reference"]: Join(
                row["entity"], row["by"], row["probability"], row["like"], tuple(row["reasons"])
            )
            for row in rows
        }

    return resolve
