"""Questions of one's own: a folder of .cypher files, checked and asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from queries.checking import check_catalogue

HEADER = """/*
title: Firms named {name}
answers: Which firms are called {name}.
topic: own
parameters:
  - {name: name, type: entity, example: Scania, help: a firm}
columns: {firm: the firm}
picture: the firm
*/
"""
CYPHER = "MATCH (firm:Firm {name: $name}) RETURN firm"


def suggesting(cypher: str) -> str:
    """The question with suggestions of its own for its parameter."""
    return HEADER.replace("help: a firm}", f"help: a firm, suggestions: {cypher!r}}}") + CYPHER


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one question."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "firms-named.cypher").write_text(HEADER + CYPHER, encoding="utf-8")
    return folder


def test_ones_own_question_is_listed_and_asked(run: Any, built: Path, own: Path) -> None:
    assert "firms-named" in run("queries", "--catalogue", own).out
    assert "partners-of" in run("queries", "--catalogue", own).out
    asked = ("query", "firms-named", "-p", "name=Halvorsen Marine AS", "--db", built)
    assert "Halvorsen Marine AS" in run(*asked, "--catalogue", own).out
    assert run(*asked).status == 2


def test_the_environment_may_name_the_folder(
    run: Any, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERGRAPH_CATALOGUE", str(own))
    assert "firms-named" in run("queries").out


def test_a_fine_question_is_called_fine(run: Any, own: Path) -> None:
    result = run("queries", "--catalogue", own, "--check")
    assert (result.status, result.out) == (0, "")
    assert result.err == f"{own / 'firms-named.cypher'}: fine\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CYPHER, "line 1: a question begins with a header"),
        (
            HEADER + "MATCH (firm:Firm {name: $name}) SET firm.seen = true RETURN firm",
            "would write",
        ),
        (HEADER + "MATCH (firm:Firm) RETURN firm", "name is declared, but the Cypher has no $name"),
        (HEADER + CYPHER + " WHERE $more", "the Cypher uses $more, which is not declared"),
        (HEADER + "MATCH (firm:Firm {name: $name} RETURN firm", "firms-wrong.cypher"),
        (HEADER.replace("type: entity", "type: entety") + CYPHER, "line 6"),
        (HEADER.replace("topic: own\n", "") + CYPHER, "topic"),
        (HEADER.replace("type: entity", "type: integer") + CYPHER, "is not a whole number"),
        (HEADER.replace("columns: {firm", "columns: {company") + CYPHER, "the query returns firm"),
        (HEADER + CYPHER.replace(":Firm", ":Company"), "the graph has no Company"),
        (HEADER + CYPHER.replace(" RETURN", "-[:WORKS_WITH]-() RETURN"), "no WORKS_WITH"),
        (suggesting("MATCH (f:Firm) RETURN f.name AS name"), "name: its suggestions return no"),
        (suggesting("MATCH (f:Firm) SET f.x = 1 RETURN f.name AS value"), "would write (SET)"),
        (suggesting("MATCH (f:Firm RETURN f.name AS value"), "firms-wrong.cypher"),
    ],
)
def test_a_faulty_question_is_told_and_the_others_are_checked(
    run: Any, own: Path, text: str, said: str
) -> None:
    (own / "firms-wrong.cypher").write_text(text, encoding="utf-8")
    result = run("queries", "--catalogue", own, "--check")
    assert result.status == 1
    assert "firms-named.cypher: fine" in result.err
    (line,) = [line for line in result.err.splitlines() if "firms-wrong" in line]
    assert said in line


def test_suggestions_of_ones_own_are_offered(run: Any, built: Path, own: Path) -> None:
    text = suggesting("MATCH (f:Firm) RETURN toUpper(f.name) AS value")
    (own / "firms-named.cypher").write_text(text, encoding="utf-8")
    assert run("queries", "--catalogue", own, "--check").err.endswith("fine\n")
    shown = run("queries", "firms-named", "--catalogue", own, "--db", built).out
    assert "name in this graph: HALVORSEN MARINE AS" in shown


def test_a_faulty_question_spoils_no_other(run: Any, built: Path, own: Path) -> None:
    (own / "bad.cypher").write_text("MATCH", encoding="utf-8")
    given = ("--db", built, "--catalogue", own)
    assert run("query", "joint-ventures", *given).status == 0
    assert run("query", "firms-named", "-p", "name=Nobody", *given).status == 0
    assert "bad.cypher" in run("query", "bad", *given).err


def test_our_own_questions_pass_the_check() -> None:
    folder = Path(__file__).parents[2] / "queries" / "catalogue"
    assert [finding.fault for finding in check_catalogue(folder) if finding.fault] == []


def test_check_without_a_folder_or_questions_is_one_line(run: Any, tmp_path: Path) -> None:
    assert "--catalogue" in run("queries", "--check").err
    empty = run("queries", "--check", "--catalogue", tmp_path)
    assert (empty.status, empty.err.count("\n")) == (2, 1)
    assert "no folder with .cypher files" in empty.err
