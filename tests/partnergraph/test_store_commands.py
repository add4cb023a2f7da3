"""The commands around the store: documents, backup, restore, doctor, limits, workers, secrets."""

from __future__ import annotations

import json
import logging
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from partnergraph import Store, dump, read

ENDLESS = (
    "UNWIND range(1, 300000) AS a UNWIND range(1, 300000) AS b WITH a, b WHERE a * b = 7 RETURN a"
)
COPY = "\n\nRead this and more on the pages of the Gdansk Courier."


@pytest.fixture
def built(run: Any, note: Path, tmp_path: Path) -> Path:
    """A graph of a note, its near-copy, and a file that is no document."""
    (tmp_path / "copy.txt").write_text(note.read_text() + COPY)
    (tmp_path / "broken.pdf").write_bytes(b"no PDF")
    folder = tmp_path / "graph"
    assert run("build", note, tmp_path / "copy.txt", tmp_path / "broken.pdf", "--db", folder).status
    return folder


def _rows(run: Any, *arguments: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run(*arguments, "--json").out)
    return rows


def test_every_document_has_a_status_and_a_reason(run: Any, built: Path) -> None:
    rows = {Path(row["source"]).name: row for row in _rows(run, "documents", "--db", built)}
    assert rows["broken.pdf"]["status"] == "failed"
    assert rows["broken.pdf"]["reason"]
    loaded = [row for row in rows.values() if row["status"] == "loaded"]
    assert len(loaded) == 2
    assert [row["reason"].startswith("near-copy of") for row in loaded].count(True) == 1
    shown = run("documents", "--db", built).out
    assert "near-copy of" in shown
    assert "failed" in shown


def test_documents_are_filtered(run: Any, built: Path) -> None:
    failed = _rows(run, "documents", "--db", built, "--status", "failed")
    assert [Path(row["source"]).name for row in failed] == ["broken.pdf"]
    assert len(_rows(run, "documents", "--db", built, "--match", "COPY.txt")) == 1
    refused = run("documents", "--db", built, "--status", "lost")
    assert (refused.status, "loaded, skipped, failed" in refused.err) == (2, True)


def test_what_was_left_out_is_forgotten_or_read_after_all(
    run: Any, built: Path, tmp_path: Path
) -> None:
    def left_out() -> list[str]:
        return [
            row["source"] for row in _rows(run, "documents", "--db", built, "--status", "failed")
        ]

    assert run("forget", "broken.pdf", "--db", built).status == 0
    assert left_out() == []
    text = tmp_path / "late.txt"
    text.write_bytes(b"\0\1\2\3")
    run("build", text, "--db", built)
    assert len(left_out()) == 1
    text.write_text("Alpha AG and Beta GmbH opened a plant in Gdansk in the spring of 2024.")
    run("build", text, "--db", built)
    assert left_out() == []


def test_a_backup_is_restored(run: Any, built: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "graph.gz", tmp_path / "other"
    assert run("backup", file, "--db", built).status == 0
    assert run("restore", file, "--db", other).status == 0
    with Store.open(built) as one, Store.open(other) as two:
        assert list(dump(one)) == list(dump(two))
    refused = run("restore", file, "--db", built)
    assert (refused.status, "empty one" in refused.err) == (2, True)
    nothing = run("restore", tmp_path / "none.gz", "--db", tmp_path / "new")
    assert (nothing.status, (tmp_path / "new").exists()) == (2, False)


def test_rows_and_time_are_limited(run: Any, built: Path) -> None:
    cut = run(
        "cypher", "UNWIND range(1, 9) AS x RETURN x", "--limit", 2, "--format", "csv", "--db", built
    )
    assert (cut.status, cut.out.split()) == (0, ["x", "1", "2"])
    assert "Only the first 2 rows" in cut.err
    slow = run("cypher", ENDLESS, "--timeout", 0.5, "--db", built)
    assert (slow.status, slow.out) == (2, "")
    assert "longer than 0.5 s" in slow.err


@pytest.mark.neo4j
def test_ctrl_c_ends_the_query_on_the_server(
    start: Any, neo4j_uri: str, neo4j_store: Store
) -> None:
    def runs() -> bool:
        rows = neo4j_store.write("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS text")
        return any(str(row["text"]).startswith("UNWIND range") for row in rows)

    def wait(wanted: bool) -> None:
        until = time.monotonic() + 30
        while runs() != wanted:
            assert time.monotonic() < until
            time.sleep(0.1)

    process = start("cypher", ENDLESS, "--db", neo4j_uri)
    wait(True)
    process.send_signal(signal.SIGINT)
    wait(False)
    assert process.wait(30) == 130


@pytest.mark.slow
def test_workers_read_what_one_reads(note: Path, tmp_path: Path) -> None:
    for number in range(40):
        text = note.read_text().replace("Gdansk", f"Gdansk and Port{number}")
        (tmp_path / f"note{number:02}.txt").write_text(text)
    one, two = (list(read([str(tmp_path)], workers=number)) for number in (1, 2))
    assert len(one) == 41
    assert one == two


def test_no_workers_are_refused(run: Any, note: Path, tmp_path: Path) -> None:
    assert run("build", note, "--db", tmp_path / "g", "--workers", 0).status == 2


@pytest.mark.neo4j
def test_a_password_is_shown_nowhere(
    run: Any,
    neo4j_server: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    secret = neo4j_server.password
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", secret)
    place = neo4j_server.uri.removeprefix("bolt://")
    told = []
    with caplog.at_level(logging.DEBUG):
        for address in (
            neo4j_server.uri,
            f"bolt://neo4j:{secret}@{place}",
            f"bolt://neo4j:{secret}@[",
        ):
            told += [
                run("doctor", "--json", "--db", address),
                run("cypher", "RETURN 1/0", "--db", address),
                run("backup", tmp_path / "none" / "x", "--db", address),
                run("documents", "--db", address + "?x=1"),
            ]
        monkeypatch.setenv("NEO4J_PASSWORD", secret + "x")
        told.append(run("doctor", "--db", neo4j_server.uri))
    assert secret not in "".join(result.out + result.err for result in told)
    assert secret not in caplog.text
    assert secret not in repr(Store.open(neo4j_server.uri, user="neo4j", password=secret).engine)
