"""A backup is the whole graph, checked on reading, and either engine restores it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import InputError, StoreError
from extract.records import Document, Failure, Reading, document_id
from graph.backup import backup, restore, verify
from graph.dump import dump
from graph.left_out import note_left_out
from graph.load import load
from graph.resolution.judgements import Judged, Judgement, judge
from graph.schema import RELATIONSHIPS, VERSION, check_version
from graph.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "graph.backup.gz"


def _fill(store: Store, corpus: tuple[Reading, ...]) -> list[str]:
    text = " ".join(f"word{number}" for number in range(60))
    texts = [f"{text} {end}" for end in ("today", "tomorrow")]
    copies = [Reading(Document(document_id(text), text), (), ()) for text in texts]
    load(store, [*corpus, *copies])
    note_left_out(store, [Failure("scan.pdf", "no text in it")])
    judge(store, [Judgement("different", Judged("ORG", "Alpha"), Judged("ORG", "Beta"))])
    return list(dump(store))


def _empty(store: Store) -> None:
    store.write("MATCH (n) DETACH DELETE n")


def test_from_each_engine_into_the_other_and_back(
    embedded_store: Store, neo4j_store: Store, corpus: tuple[Reading, ...], file: Path
) -> None:
    expected = _fill(embedded_store, corpus)
    written = backup(embedded_store, file)
    assert verify(file) == written
    restore(neo4j_store, written)
    assert list(dump(neo4j_store)) == expected
    backup(neo4j_store, file)
    _empty(embedded_store)
    restore(embedded_store, verify(file))
    assert list(dump(embedded_store)) == expected
    types = {
        row["type"]
        for row in embedded_store.read("MATCH ()-[r]->() RETURN DISTINCT type(r) AS type")
    }
    assert types >= set(RELATIONSHIPS)
    # What is restored can be loaded into, and is what it was.
    report = load(embedded_store, corpus)
    assert (report.new, report.replaced, report.unchanged) == (0, 0, len(corpus))


def test_a_graph_is_never_restored_over_another(
    store: Store, corpus: tuple[Reading, ...], file: Path
) -> None:
    expected = _fill(store, corpus)
    backup(store, file)
    with pytest.raises(StoreError, match="only an empty one is filled"):
        restore(store, verify(file))
    assert list(dump(store)) == expected


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda data: data[: len(data) // 2], "cut off"),
        (lambda data: data[:-200] + b"\0" * 200, "damaged"),
        (lambda data: gzip.compress(gzip.decompress(data).replace(b"Volks", b"Wolfs")), "damaged"),
        (
            lambda data: gzip.compress(b"\n".join(gzip.decompress(data).split(b"\n")[:-2])),
            "damaged",
        ),
        (lambda _: b"a letter", "no backup"),
        (lambda _: b"", "damaged"),
        (lambda _: gzip.compress(b'{"a": 1}\n'), "no backup"),
    ],
)
def test_a_damaged_file_is_refused_before_anything_is_written(
    embedded_store: Store,
    corpus: tuple[Reading, ...],
    file: Path,
    harm: Callable[[bytes], bytes],
    told: str,
) -> None:
    _fill(embedded_store, corpus)
    backup(embedded_store, file)
    file.write_bytes(harm(file.read_bytes()))
    _empty(embedded_store)
    with pytest.raises(InputError, match=told):
        restore(embedded_store, verify(file))
    assert not embedded_store.read("MATCH (n) RETURN n")


def test_a_newer_backup_is_refused(file: Path) -> None:
    head = {"partnergraph": "backup", "format": 1, "schema": VERSION + 1}
    file.write_bytes(gzip.compress(json.dumps(head).encode() + b"\n{}\n"))
    with pytest.raises(InputError, match="newer partnergraph"):
        verify(file)


def test_a_broken_off_restore_is_neither_read_nor_loaded_into_but_done_again(
    store: Store, corpus: tuple[Reading, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _fill(store, corpus)
    backup(store, file)
    _empty(store)
    write, left = store.write, [20]

    def fail(*args: object, **more: object) -> object:
        left[0] -= 1
        if left[0] < 0 and "CREATE (n" in str(args[0]):
            raise StoreError("the plug was pulled")
        return write(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write", fail)
    with pytest.raises(StoreError, match="plug"):
        restore(store, verify(file))
    monkeypatch.undo()
    for use in (lambda: check_version(store), lambda: load(store, corpus)):
        with pytest.raises(StoreError, match="broken off"):
            use()
    store.restoring = True
    restore(store, verify(file))
    store.restoring = False
    assert list(dump(store)) == expected


def test_a_file_that_can_not_be_written_leaves_nothing(
    embedded_store: Store, corpus: tuple[Reading, ...], tmp_path: Path
) -> None:
    _fill(embedded_store, corpus)
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(InputError, match="can't be written"):
        backup(embedded_store, tmp_path / "letter.txt" / "graph.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_there_is_nothing_to_back_up_in_an_empty_graph(embedded_store: Store, file: Path) -> None:
    with pytest.raises(StoreError, match="no graph"):
        backup(embedded_store, file)
    assert not file.exists()
