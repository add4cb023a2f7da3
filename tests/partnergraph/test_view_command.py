"""`view`, and opening pages in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    asked: list[str] = []

    def open_(address: str) -> bool:
        asked.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", open_)
    return asked


def test_what_extract_wrote_is_drawn_without_a_graph(run: Any, note: Path, tmp_path: Path) -> None:
    assert run("extract", note, "-o", tmp_path / "told.jsonl").status == 0
    page = tmp_path / "page.html"

    result = run("view", tmp_path / "told.jsonl", "-o", page, "--title", "As told")

    assert result.status == 0
    assert "<title>As told</title>" in page.read_text(encoding="utf-8")
    assert not (tmp_path / "partnergraph.db").exists()


def test_graphml_is_drawn_and_opened(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    nx.write_graphml(nx.karate_club_graph(), tmp_path / "karate.graphml")

    assert run("view", tmp_path / "karate.graphml", "--open").status == 0
    assert opened == [(tmp_path / "karate.html").as_uri()]


def test_an_answer_is_opened(
    run: Any, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("build", note, "--db", tmp_path / "graph").status == 0

    assert run("query", "overview", "--db", tmp_path / "graph", "--open").status == 0
    assert opened == [(tmp_path / "overview.html").as_uri()]
    refused = run("query", "overview", "--db", tmp_path / "graph", "--open", "--format", "csv")
    assert refused.status == 2
    assert "--format html" in refused.err


def test_an_entity_is_a_page(
    run: Any, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("build", note, "--db", tmp_path / "graph").status == 0

    asked = run("entity", "halvorsen marine", "--db", tmp_path / "graph", "-o", "marine.html")
    assert asked.status == 0
    page = Path("marine.html").read_text(encoding="utf-8")
    assert "<title>Halvorsen Marine AS</title>" in page
    assert "EUR 40m factory in " in page
    assert run("entity", "Halvorsen Marine", "--db", tmp_path / "graph", "--open").status == 0
    assert opened == [(tmp_path / "entity.html").as_uri()]


def test_a_file_that_cant_be_drawn_is_one_line(run: Any, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("Alpha with Beta.")

    result = run("view", tmp_path / "odd.txt")

    assert (result.status, result.out) == (2, "")
    assert len(result.err.strip().splitlines()) == 1
