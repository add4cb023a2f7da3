"""Commands that say who is who."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.records import Document, Entity, Mention, Reading, document_id
from graph.dump import dump
from graph.load import load
from graph.store import Store

ARTICLES = {
    "one.txt": "Halvorsen Marine AS opens plant\n\n12 March 2025\n\n"
    "Halvorsen Marine AS, a shipbuilder, opened a EUR 40m factory in Gdansk in March.\n",
    "two.txt": "Quaymark hires\n\n2 April 2025\n\n"
    "Quaymark, a shipbuilder, has a plant in Turku. Anna Lind is its chief executive.\n",
}


@pytest.fixture
def shipyards(run: Any, tmp_path: Path) -> Path:
    """A graph of two firms."""
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("build", *(tmp_path / n for n in ARTICLES), "--db", tmp_path / "graph").status == 0
    return tmp_path / "graph"


def _dump(path: Path) -> list[str]:
    with Store.open(path) as store:
        return list(dump(store))


def test_merge_makes_one_of_two_and_undo_two_of_one(run: Any, shipyards: Path) -> None:
    before = _dump(shipyards)
    result = run("merge", "quaymark", "Halvorsen Marine", "--by", "ann", "--db", shipyards)
    assert result.status == 0
    assert "one entity now: Halvorsen Marine" in result.err
    shown = run("entity", "Quaymark", "--db", shipyards).out
    assert "judged so by a person" in shown
    assert "Gdansk" in shown
    assert "Turku" in shown
    undone = run("judgements", "undo", "--db", shipyards).err
    assert "undone: Quaymark = Halvorsen Marine" in undone
    assert _dump(shipyards) == before


def test_split_keeps_apart_what_was_merged_only_after_undo(run: Any, shipyards: Path) -> None:
    run("merge", "Quaymark", "Halvorsen Marine", "--db", shipyards)
    refused = run("split", "Quaymark", "--db", shipyards)
    assert refused.status == 2
    assert "contradicts what is judged" in refused.err


def test_split_of_what_is_joined_with_nothing_says_so(run: Any, shipyards: Path) -> None:
    result = run("split", "Quaymark", "--db", shipyards)
    assert result.status == 2
    assert "nothing was joined with" in result.err


def test_an_unknown_name_is_answered_with_near_ones(run: Any, shipyards: Path) -> None:
    result = run("merge", "Quaymarck", "Halvorsen Marine", "--db", shipyards)
    assert result.status == 2
    assert "near are Quaymark" in result.err


def test_one_name_is_not_merged_with_itself(run: Any, shipyards: Path) -> None:
    result = run("merge", "Halvorsen Marine", "Halvorsen Marine AS", "--db", shipyards)
    assert result.status == 2
    assert "one name here already" in result.err


def test_a_firm_and_a_person_are_merged_by_force_only(run: Any, shipyards: Path) -> None:
    refused = run("merge", "Anna Lind", "Quaymark", "--db", shipyards)
    assert refused.status == 2
    assert "--force" in refused.err
    assert run("merge", "Anna Lind", "Quaymark", "--force", "--db", shipyards).status == 0


def test_judgements_travel_as_json_lines(run: Any, shipyards: Path, tmp_path: Path) -> None:
    file = tmp_path / "judgements.jsonl"
    run("merge", "Quaymark", "Halvorsen Marine", "--reason", "same yard", "--db", shipyards)
    merged = _dump(shipyards)
    assert run("judgements", "export", "-o", file, "--db", shipyards).status == 0
    run("judgements", "undo", "--db", shipyards)
    told = run("judgements", "import", file, "--db", shipyards)
    assert "1 new, 0 known" in told.err
    assert _dump(shipyards) == merged
    assert "0 new, 1 known" in run("judgements", "import", file, "--db", shipyards).err
    (row,) = json.loads(run("judgements", "list", "--json", "--db", shipyards).out)
    assert (row["verdict"], row["reason"], row["source"]) == ("same", "same yard", "merge")


def test_judgements_of_names_to_come_are_kept_and_said(
    run: Any, shipyards: Path, tmp_path: Path
) -> None:
    file = tmp_path / "judgements.jsonl"
    sides = {"a": {"type": "ORG", "name": "Nobody"}, "b": {"type": "ORG", "name": "Quaymark"}}
    file.write_text(json.dumps({"verdict": "same", **sides}), encoding="utf-8")
    result = run("judgements", "import", file, "--db", shipyards)
    assert "1 new" in result.err
    assert "1 of names that no document speaks of yet" in result.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "judgements.jsonl:2 is no judgement"),
        ('{"verdict": "same"}', "judgements.jsonl:2 is no judgement: a"),
        ('{"verdict": "perhaps", "a": {}, "b": {}}', "verdict"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(
    run: Any, shipyards: Path, tmp_path: Path, line: str, said: str
) -> None:
    sides = {"a": {"type": "ORG", "name": "Nobody"}, "b": {"type": "ORG", "name": "Quaymark"}}
    file = tmp_path / "judgements.jsonl"
    file.write_text(json.dumps({"verdict": "same", **sides}) + "\n" + line, encoding="utf-8")
    result = run("judgements", "import", file, "--db", shipyards)
    assert result.status == 2
    assert said in result.err
    assert json.loads(run("judgements", "list", "--json", "--db", shipyards).out) == []


def test_review_takes_keys_and_says_how_many_were_judged(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "graph"
    with Store.open(graph) as store:
        load(store, [_naming("Blume"), _naming("Oliver Blume")])
    pairs = json.loads(run("review", "--json", "--db", graph).out)
    assert [sorted((pair["a"]["name"], pair["b"]["name"])) for pair in pairs] == [
        ["Blume", "Oliver Blume"]
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("d\n"))
    result = run("review", "--db", graph)
    assert "1 pairs, 1 judged" in result.err
    assert "1 of 1: one or two?" in result.out
    assert json.loads(run("review", "--json", "--db", graph).out) == []


def test_review_can_undo_its_last_verdict(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "graph"
    with Store.open(graph) as store:
        load(store, [_naming("Blume"), _naming("Oliver Blume"), _naming("Anna Blume")])
    monkeypatch.setattr(sys, "stdin", io.StringIO("d\nu\ns\n?\nq\n"))
    assert "1 judged" in run("review", "--db", graph).err
    (row,) = json.loads(run("judgements", "list", "--json", "--db", graph).out)
    assert (row["verdict"], row["source"]) == ("same", "review")


def _naming(name: str) -> Reading:
    text = f"{name} spoke."
    entity = Entity("e0", "PER", "person", name, mentions=(Mention(0, len(name), name),))
    return Reading(Document(document_id(text), text, text), (entity,))
