"""`partnergraph evaluate`: what it prints and writes, with a reader that is told what to say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.records import Document, Entity, Mention, Reading, Statement

TEXT = "Norvik denies that it buys Telsa. Norvik hired Ann Lee."
_NAMES = (
    ("a", "ORG", "firm", "Norvik"),
    ("b", "ORG", "firm", "Telsa"),
    ("p", "PER", "", "Ann Lee"),
)


class _Reader:
    """Says that Norvik bought Telsa, and nothing of Ann Lee."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        entities = tuple(
            Entity(key, type_, kind, name, (), (Mention(**_mention(name)),))
            for key, type_, kind, name in _NAMES
        )
        for document in documents:
            yield Reading(document, entities, (Statement("ACQUIRED", "a", "b", confidence=0.75),))


def _mention(name: str) -> dict[str, Any]:
    at = TEXT.index(name)
    return {"start": at, "end": at + len(name), "text": name}


@pytest.fixture(autouse=True)
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("extract.pipeline.Reader", _Reader)
    entities = [
        {"id": key, "type": type_, "subtype": kind, "name": name, "mentions": [_mention(name)]}
        for key, type_, kind, name in _NAMES
    ]
    record = {
        "id": "r1",
        "text": TEXT,
        "entities": entities,
        "relations": [{"type": "EMPLOYED_BY", "head": "p", "tail": "a"}],
        "negative_relations": [
            {"type": "ACQUIRED", "head": "a", "tail": "b", "attrs": {"why": "denied"}}
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_the_figures_are_printed(run: Any, gold: Path) -> None:
    result = run("evaluate", gold)
    assert (result.status, result.err) == (0, "")
    assert "denied or rumoured ties shown as real: 1 of 1 predicted (100.0%)" in result.out
    assert "calibration error: 0.75 over 1 ties" in result.out
    assert "Ties, by scoring group" in result.out
    assert "Mistakes" not in result.out


def test_errors_are_listed(run: Any, gold: Path) -> None:
    out = run("evaluate", gold, "--errors").out
    assert "missed: Ann Lee –works for→ Norvik  (r1, EMPLOYED_BY)" in out
    assert "Norvik hired Ann Lee." in out
    assert "false: Norvik –acquired→ Telsa  (r1, ACQUIRED, in effect, a trap (denied)" in out


def test_json_has_errors_where_asked(run: Any, gold: Path) -> None:
    assert "errors" not in json.loads(run("evaluate", gold, "--json").out)
    errors = json.loads(run("evaluate", gold, "--json", "--errors").out)["errors"]
    assert [len(errors[side]) for side in ("missed", "false")] == [1, 1]


def test_a_page_is_written(run: Any, gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("evaluate", gold, "--html", page)
    assert (result.status, result.err) == (0, f"written to {page}\n")
    assert "<mark" in page.read_text(encoding="utf-8")


def test_a_run_is_compared_with_an_earlier_one(
    run: Any, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path / "before.json"
    before.write_text(run("evaluate", gold, "--json", "--errors").out, encoding="utf-8")
    assert "no figure changed" in run("evaluate", gold, "--compare", before).out
    monkeypatch.setattr(_Reader, "read", lambda _, documents: map(Reading, documents))
    out = run("evaluate", gold, "--compare", before).out
    assert "Newly wrong: 0" in out
    assert "Newly right: 1" in out
    told = json.loads(run("evaluate", gold, "--compare", before, "--json").out)["comparison"]
    assert [row["side"] for row in told["newly_right"]] == ["false"]


def test_a_run_that_is_none_is_named(run: Any, gold: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken\x1b[31m.json"
    broken.write_text("[]", encoding="utf-8")
    result = run("evaluate", gold, "--compare", broken)
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert "no run of an evaluation" in line


def test_a_page_that_cannot_be_written_is_named(run: Any, gold: Path, tmp_path: Path) -> None:
    result = run("evaluate", gold, "--html", tmp_path)
    assert result.status == 2
    assert "can't be written" in result.err
    assert "documents: 1" in result.out
