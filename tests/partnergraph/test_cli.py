"""Commands: what they print where, and how they end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

CATALOGUE = ("partners-of", "joint-ventures", "path-between", "evidence-for")


def test_build_says_what_became_of_each_document(run: Any, note: Path, tmp_path: Path) -> None:
    result = run("build", note, "--db", tmp_path / "graph")
    assert (result.status, result.out) == (0, "")
    assert "1 new" in result.err


def test_building_again_changes_nothing(run: Any, note: Path, built: Path) -> None:
    assert "1 unchanged" in run("build", note, "--db", built).err


def test_a_failed_document_gives_status_1_and_the_others_are_loaded(
    run: Any, note: Path, tmp_path: Path
) -> None:
    result = run("build", tmp_path / "absent.txt", note, "--db", tmp_path / "graph")
    assert result.status == 1
    assert "absent.txt" in result.err
    assert "1 failed, 1 new" in result.err


def test_a_table_answers_in_words(run: Any, built: Path) -> None:
    result = run("query", "partners-of", "-p", "name=Halvorsen Marine", "--db", built)
    assert result.status == 0
    assert "Gdansk" in result.out
    assert "plant" in result.out


def test_json_is_one_array_of_row_objects(run: Any, built: Path) -> None:
    result = run(
        "query", "partners-of", "-p", "name=Halvorsen Marine", "--db", built, "--format", "json"
    )
    (row,) = json.loads(result.out)
    assert row["partner"]["properties"]["name"] == "Gdansk"
    assert row["tie"]["type"] == "FACILITY_IN"


def test_csv_has_a_header_and_ends_lines_as_rfc_4180_asks(run: Any, built: Path) -> None:
    cypher = "MATCH (e:Entity) RETURN e.name AS name ORDER BY name"
    result = run("cypher", cypher, "--db", built, "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.out)))
    assert rows[0] == ["name"]
    assert ["Gdansk"] in rows


def test_html_goes_to_the_file(run: Any, built: Path, tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    result = run(
        *("query", "partners-of", "-p", "name=Halvorsen Marine", "--db", built),
        *("--format", "html", "-o", page),
    )
    assert (result.status, result.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert "EUR 40m factory in " in text


def test_a_query_that_finds_nothing_proposes_near_names(run: Any, built: Path) -> None:
    result = run("query", "partners-of", "-p", "name=Halversen Marine", "--db", built)
    assert result.status == 0
    assert result.out == ""
    assert "halvorsen marine" in result.err.lower()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("query", "partner-of"), "partners-of"),
        (("query", "partners-of"), "name"),
        (("query", "partners-of", "-p", "nome=X"), "name"),
        (("query", "partners-of", "-p", "name"), "name=VALUE"),
        (("cypher", "MATCH (n RETURN n"), "faulty"),
        (("cypher", "CREATE (n:Firm) RETURN n"), "read"),
        (("cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"), "LOAD CSV"),
        (("entity", "Nobody"), "Nobody"),
        (("forget", "doc-0"), "doc-0"),
    ],
)
def test_a_wrong_question_is_one_line_and_status_2(
    run: Any, built: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments, "--db", built)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.strip().splitlines()) == 1


@pytest.mark.parametrize("command", [("documents",), ("doctor",), ("query", "joint-ventures")])
def test_asking_a_graph_that_is_not_there_makes_none(
    run: Any, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "typo"
    result = run(*command, "--db", folder)
    assert result.status == 2
    assert "partnergraph build" in result.err
    assert not folder.exists()


def test_no_server_is_said_in_one_line(run: Any, note: Path) -> None:
    result = run("build", note, "--db", "bolt://127.0.0.1:9")
    assert result.status == 2
    assert "127.0.0.1:9" in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_extract_then_load_is_the_same_as_build(
    run: Any, note: Path, built: Path, tmp_path: Path
) -> None:
    from partnergraph import Store, dump

    readings, other = tmp_path / "readings.jsonl", tmp_path / "other"
    assert run("extract", note, "-o", readings).status == 0
    assert run("load", readings, "--db", other).status == 0
    with Store.open(built) as one, Store.open(other) as two:
        assert list(dump(one)) == list(dump(two))


def test_extract_prints_one_json_object_a_document(run: Any, note: Path) -> None:
    (line,) = run("extract", note).out.splitlines()
    record = json.loads(line)
    assert {entity["name"] for entity in record["entities"]} >= {"Gdansk"}


def test_documents_lists_id_source_and_counts(run: Any, note: Path, built: Path) -> None:
    (row,) = json.loads(run("documents", "--json", "--db", built).out)
    assert row["source"] == note.as_posix()
    assert row["statements"] >= 1


def test_forget_takes_a_document_out_by_its_source(run: Any, note: Path, built: Path) -> None:
    assert run("forget", note, "--db", built).status == 0
    assert json.loads(run("documents", "--json", "--db", built).out) == []


def test_a_parameter_given_twice_is_one_line(run: Any, built: Path) -> None:
    result = run("query", "partners-of", "-p", "name=A", "-p", "name=B", "--db", built)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "'name' is given twice" in result.err


def test_an_entity_as_csv_is_one_line_that_says_what_is(run: Any, built: Path) -> None:
    result = run("entity", "Halvorsen Marine AS", "--db", built, "-o", "halvorsen.csv")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "partners-of" in result.err


def test_entity_shows_names_ties_and_documents(run: Any, built: Path) -> None:
    (profile,) = json.loads(run("entity", "halvorsen marine", "--json", "--db", built).out)
    assert profile["kind"] == "Firm"
    assert [(tie["says"], tie["other"]) for tie in profile["ties"]] == [("has a site in", "Gdansk")]
    assert len(profile["documents"]) == 1


def test_doctor_finds_a_healthy_graph(run: Any, built: Path) -> None:
    result = run("doctor", "--json", "--db", built)
    assert result.status == 0
    assert not [row for row in json.loads(result.out) if row["level"] == "problem"]


def test_queries_as_json_is_what_a_program_needs(run: Any) -> None:
    rows = {row["name"]: row for row in json.loads(run("queries", "--json").out)}
    assert set(CATALOGUE) <= set(rows)
    (name, *_) = rows["partners-of"]["parameters"]
    assert name["name"] == "name"
    assert name["example"]


def test_queries_shows_one_question_with_its_cypher(run: Any) -> None:
    out = run("queries", "partners-of").out
    assert "MATCH" in out
    assert "partnergraph query partners-of -p name=" in out


def test_the_address_comes_from_the_environment(
    run: Any, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERGRAPH_DB", str(built))
    assert len(json.loads(run("documents", "--json").out)) == 1


def test_every_command_has_an_example() -> None:
    from partnergraph.cli import ask, documents, graphs, showcase

    for group in (graphs, ask, documents, showcase):
        for command in group.COMMANDS:
            assert "Example: `partnergraph " in str(command.__doc__), command


def test_the_ending_of_the_output_tells_the_format(run: Any, built: Path, tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    result = run("query", "overview", "--db", built, "-o", page)
    assert "answer.html" in result.err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_wrong_question_is_named_before_the_graph_is_looked_for(run: Any, tmp_path: Path) -> None:
    assert "partners-of" in run("query", "partner-of", "--db", tmp_path / "none").err


def test_forget_knows_a_source_by_its_last_part(run: Any, built: Path) -> None:
    assert run("forget", "note.txt", "--db", built).status == 0
    assert run("forget", "ote.txt", "--db", built).status == 2


def test_nothing_found_of_a_known_name_says_that_it_is_known(run: Any, built: Path) -> None:
    result = run("query", "people-of", "-p", "name=Halvorsen Marine", "--db", built)
    assert "partnergraph entity" in result.err
    assert "did you mean" not in result.err
