"""`extract --explain` and `--min-confidence`, with a reader that is made up."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import extract.pipeline
from extract.explaining import explain
from extract.records import Document, Entity, Mention, Reading, Span, Statement
from partnergraph.cli.explanation import lay_out
from partnergraph.cli.terminal import progress

SENTENCE = "Halvorsen Marine opened a factory in Gdansk."
NAMES = (("a", "ORG", "firm", "Halvorsen Marine"), ("b", "LOC", "city", "Gdansk"))


def reading_of(document: Document) -> Reading:
    """Two statements about the first two names of the note, one of them possible."""
    start = document.text.index("Halvorsen Marine AS")
    evidence = (Span(start, len(document.text), document.text[start:]),)
    entities = tuple(
        Entity(id_, type_, subtype, name, mentions=(_mention(document.text, name, start),))
        for id_, type_, subtype, name in NAMES
    )
    return Reading(
        document,
        entities,
        (
            Statement("FACILITY_IN", "a", "b", evidence=evidence, votes={"network": 0.9}),
            Statement("HEADQUARTERED_IN", "a", "b", evidence=evidence, modality="possible"),
        ),
    )


def _mention(text: str, name: str, start: int) -> Mention:
    at = text.index(name, start)
    return Mention(at, at + len(name), name)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The lowest confidences that the trained reader was opened with; it reads by rote."""
    found: list[float | None] = []

    class Rote:
        def __init__(self, _model: str | None = None, min_confidence: float | None = None) -> None:
            found.append(min_confidence)

        def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
            return map(reading_of, documents)

    monkeypatch.setattr(extract.pipeline, "Reader", Rote)
    return found


@pytest.mark.usefixtures("asked")
def test_explain_prints_ties_for_people_and_no_json(run: Any, note: Path) -> None:
    result = run("extract", note, "--explain")
    assert result.status == 0
    shown = result.out.splitlines()
    at = shown.index("Halvorsen Marine —FACILITY_IN→ Gdansk  [in effect, confidence 1.00]")
    assert shown[at + 1].startswith("    [Halvorsen Marine] AS, a shipbuilder, opened")
    assert " in [Gdansk] in " in shown[at + 1]
    assert shown[at + 2] == "    network 0.90"
    assert any(line.startswith("Possible") for line in shown[at:])
    assert "{" not in result.out


@pytest.mark.usefixtures("asked")
def test_the_json_lines_go_to_the_file_all_the_same(run: Any, note: Path, tmp_path: Path) -> None:
    output = tmp_path / "readings.jsonl"
    result = run("extract", note, "--explain", "-o", output)
    assert "—FACILITY_IN→" in result.out
    (line,) = output.read_text(encoding="utf-8").splitlines()
    assert [row["modality"] for row in json.loads(line)["relations"]] == ["in_effect", "possible"]


@pytest.mark.parametrize(("options", "expected"), [((), None), (("--min-confidence", "0.4"), 0.4)])
@pytest.mark.parametrize("command", ["extract", "build"])
def test_the_lowest_confidence_reaches_the_reader(
    run: Any,
    note: Path,
    tmp_path: Path,
    asked: list[float | None],
    command: str,
    options: tuple[str, ...],
    expected: float | None,
) -> None:
    target = ("--db", tmp_path / "graph") if command == "build" else ()
    assert run(command, note, *options, *target).status == 0
    assert asked == [expected]


def test_a_possible_tie_is_built_and_counted_apart(
    run: Any, note: Path, tmp_path: Path, asked: list[float | None]
) -> None:
    result = run("build", note, "--db", tmp_path / "graph")
    assert asked == [None]
    assert "1 partnership, 1 statement, 1 possible tie" in result.err


@pytest.mark.parametrize("given", ["1.5", "-0.1", "high"])
def test_a_confidence_out_of_range_is_wrong_use(run: Any, note: Path, given: str) -> None:
    result = run("extract", note, "--min-confidence", given)
    assert (result.status, result.out) == (2, "")
    assert "--min-confidence" in result.err


def test_a_language_model_has_no_lowest_confidence(run: Any, note: Path) -> None:
    result = run("extract", note, "--reader", "llm", "--min-confidence", "0.4")
    assert (result.status, result.out) == (2, "")
    assert "leave out --min-confidence" in result.err


def test_names_are_bold_on_a_terminal_and_text_can_not_steer_it() -> None:
    text = SENTENCE.replace(" a ", " \x1b[2J ")
    entities = tuple(Entity(*row, mentions=(_mention(text, row[3], 0),)) for row in NAMES)
    statement = Statement("FACILITY_IN", "a", "b", evidence=(Span(0, len(text), text),))
    told = explain(Reading(Document("doc-1", text, "T"), entities, (statement,)))
    sentence = list(lay_out(told, bold=True))[-1]
    assert sentence.count("\x1b[1m") == sentence.count("\x1b[0m") == 2
    assert sentence.startswith("    \x1b[1mHalvorsen Marine\x1b[0m opened [2J factory")


def test_a_result_in_a_pipe_stays_out_of_the_progress_on_the_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, terminal = pty.openpty()
    with os.fdopen(terminal, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress("reading"):
            sys.stdout.write("the result\n")
    os.close(ours)
    assert capfd.readouterr().out == "the result\n"
