"""What Spark is given to read, kind by kind, beside what the plain command makes of it."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from extract.spark.reading import read_on_spark

TEXTS = [f"Halvorsen Marine opened plant {i} in Gdansk with Elbe Chemie." for i in range(12)]
BAD = ["{bad", '{"title": 3}', '{"text": 4}', "\xff", "[]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "sources"
    found.mkdir()
    return found


@pytest.fixture
def both(spark: Any, tmp_path: Path, plain: Any, written: Any) -> Any:
    """``both(sources)``: what is written on Spark, and what the plain command writes."""

    def call(*sources: str | Path) -> Any:
        output = tmp_path / "results"
        read_on_spark(spark, [str(source) for source in sources], str(output))
        return written(output), plain(*sources)

    return call


def _lines() -> bytes:
    lines = [json.dumps({"text": text, "title": f"No {i}"}) for i, text in enumerate(TEXTS)]
    lines[3:3] = BAD
    return ("\ufeff" + "\r\n".join(lines[:8]) + "\n\n" + "\n".join(lines[8:])).encode(
        "latin-1", "ignore"
    )


def test_every_kind_of_file_and_of_fault(both: Any, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(_lines())
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(_lines()))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(_lines())[:-20])
    (folder / "one.txt.gz").write_bytes(gzip.compress(TEXTS[0].encode()))
    (folder / "wide.jsonl").write_bytes(_lines().decode("latin-1").encode("utf-16"))
    (folder / "page.html").write_text(f"<html><p>{TEXTS[1]}</p></html>", encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nonsense")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04zzzz")
    (folder / "empty.md").touch()
    (folder / "blank.txt").write_text(" \n", encoding="utf-8")
    (folder / ".hidden").touch()
    (folder / "od d[1] {é} %20 #*?.txt").write_text(TEXTS[2], encoding="utf-8")
    ours, plain = both(folder, folder / "nowhere.txt", "https://example.org/page")
    assert ours == plain
    assert len(ours[0]) > 2 * len(TEXTS)


def test_a_split_file_keeps_its_line_numbers(
    both: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.spark.sources.LINES_FROM", 1)
    monkeypatch.setattr("extract.spark.reading._SMALLEST", 200)
    (folder / "a.jsonl").write_bytes(_lines())
    (folder / "b é.ndjson").write_bytes(b"\n" * 300 + _lines())
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(_lines()))
    ours, plain = both(folder)
    assert ours == plain


def test_a_broken_file_does_not_keep_others_from_being_split(
    both: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.spark.sources.LINES_FROM", 1)
    (folder / "a.jsonl").write_bytes(_lines())
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(_lines())[:-20])
    (folder / "wide.jsonl").write_bytes(_lines().decode("latin-1").encode("utf-16"))
    (lines, left_out), plain = both(folder)
    assert lines == [line for line in plain[0] if "cut.jsonl.gz" not in line]
    told = {source: reason for source, _, reason in left_out}
    assert "look whether the file is whole" in told[f"{folder}/cut.jsonl.gz"]
    assert told[f"{folder}/wide.jsonl"] == "the file is UTF-16; save it as UTF-8"


def test_a_table_is_read_as_records_are(both: Any, folder: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = [
        {"text": text, "title": f"No {i}", "date": datetime.date(2025, 3, 1 + i), "other": i}
        for i, text in enumerate(TEXTS)
    ]
    parquet.write_table(pyarrow.Table.from_pylist([*rows, {"text": None}]), folder / "t.parquet")
    (folder / "no.parquet").write_bytes(b"PAR1 nonsense PAR1")
    parquet.write_table(pyarrow.Table.from_pylist([{"body": "x"}]), folder / "body.parquet")
    (lines, left_out), _ = both(folder)
    found = [json.loads(line) for line in lines]
    assert sorted((r["text"], r["title"], r["date"]) for r in found) == sorted(
        (r["text"], r["title"], str(r["date"])) for r in rows
    )
    assert {r["source"] for r in found} == {f"{folder}/t.parquet:{i}" for i in range(1, 13)}
    assert sorted((Path(source).name.split(":")[0], status) for source, status, _ in left_out) == [
        ("body.parquet", "failed"),
        ("no.parquet", "failed"),
        ("t.parquet", "failed"),
    ]


def test_what_spark_would_pass_over_is_named(both: Any, folder: Path) -> None:
    (folder / "_draft.txt").write_text(TEXTS[0], encoding="utf-8")
    large = folder / "large.txt"
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    (_, left_out), _ = both(folder)
    told = {Path(source).name: (status, reason) for source, status, reason in left_out}
    assert told["_draft.txt"][0] == told["large.txt"][0] == "failed"
    assert "begin with _" in told["_draft.txt"][1]
    assert "larger than 50 MB" in told["large.txt"][1]


def test_an_address_of_a_file_system_is_read_as_its_path(
    both: Any, folder: Path, plain: Any
) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "table.csv").write_text("a,b", encoding="utf-8")
    (lines, left_out), _ = both(f"file:{folder}", "file:/no/such/folder", f"file:{folder}/*/a.txt")
    (line,) = lines
    assert json.loads(line)["source"] == f"file:{folder}/below/a.txt"
    assert line.replace("file:", "") == plain(folder)[0][0]
    assert {(Path(source).name, status) for source, status, _ in left_out} == {
        ("table.csv", "skipped"),
        ("folder", "failed"),
    }
