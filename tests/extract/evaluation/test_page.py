"""The page: everything on it, nothing of the texts taken for markup, nothing asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.evaluate import Evaluation, evaluate
from extract.evaluation.comparison import compare, read_run
from extract.evaluation.page import render_page, write_page
from extract.records import Entity, Failure, Mention, Reading, Statement

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]

_VOID = {"meta"}


class _Page(HTMLParser):
    """The elements of a page with their attributes; fails where one is not closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


@pytest.fixture
def result(gold: Gold, judge: Judge) -> Evaluation:
    record = gold(
        ("ACQUIRED", "a", "b", {"status": "planned"}),
        ("FACILITY_IN", "a", "c"),
        traps=[("ACQUIRED", "a", "i", {"why": "denied"})],
    )
    return judge(
        record,
        Statement("ACQUIRED", "e1", "e2", confidence=0.85, modality="ended"),
        Statement("ACQUIRED", "e1", "e3", confidence=0.45, votes={"network": 0.4}),
    )


def test_the_page_is_well_formed_and_runs_nothing(result: Evaluation) -> None:
    page = render_page(result)
    assert page.startswith("<!DOCTYPE html>\n")
    read = _Page(page)
    assert read.count("script") == 0
    assert not [name for _, attrs in read.elements for name in attrs if name.startswith("on")]
    links = [v for _, attrs in read.elements for n, v in attrs.items() if n in ("src", "href")]
    assert all(str(link).startswith("#") for link in links)
    assert "http" not in re.sub(r"http-equiv", "", page)


def test_the_figures_are_on_the_page(result: Evaluation) -> None:
    page = render_page(result)
    assert "1 of 2<small>50.0% of the ties predicted; 1 are in the texts</small>" in page
    assert "Right of 0 of 1 ties found" in page
    assert "<dd>0.50<small>precision 0.50, recall 0.50</small></dd>" in page


def test_the_diagram_has_a_bar_a_bin(result: Evaluation) -> None:
    """.4 to .5 has one tie, false; .8 to .9 one, right: a bar as high as the plot, 300."""
    page = render_page(result)
    bars = re.findall(
        r'<rect class="fill" x="([\d.]+)" y="([\d.]+)" width="28" height="(.+?)"', page
    )
    assert bars == [("161.0", "310.0", "0.0"), ("281.0", "10.0", "300.0")]
    assert re.findall(r'<circle class="dot" cx="([\d.]+)"', page) == ["175.0", "295.0"]


def test_the_confusion_table(result: Evaluation) -> None:
    page = render_page(result)
    (table,) = re.findall(r'<table class="confusion">(.*?)</table>', page, re.DOTALL)
    rows = [re.findall(r">([^<>\n]*)</t[hd]>", row) for row in table.split("<tr>")[1:]]
    assert rows == [
        ["gold ↓ read as →", "in effect", "planned", "ended", "denied"],
        ["planned", "", "", "1", ""],
        ["denied", "1", "", "", ""],
    ]


def test_the_confusion_table_is_darker_where_there_are_more(gold: Gold, judge: Judge) -> None:
    """Of five ties in effect three are read so (3/5 of four shades, upwards: 3), one as planned
    and one as ended (1/5: 1)."""
    ties = [("ACQUIRED", "a", "b"), ("SUPPLIES", "a", "b"), ("FUNDS", "a", "b")]
    ties += [("EMPLOYED_BY", "p", "a"), ("FACILITY_IN", "a", "c")]
    said = ["in_effect", "in_effect", "in_effect", "planned", "ended"]
    ids = {"a": "e1", "b": "e2", "p": "e4", "c": "e5"}
    statements = [
        Statement(type_, ids[head], ids[tail], modality=status)
        for (type_, head, tail), status in zip(ties, said, strict=True)
    ]
    record = gold(*((*tie, {"status": "in_effect"}) for tie in ties))
    page = render_page(judge(record, *statements))
    assert re.findall(r'"number heat(\d)[^>]*>(\d*)<', page) == [("3", "3"), ("1", "1"), ("1", "1")]


def test_the_surest_mistake_comes_first(gold: Gold, judge: Judge) -> None:
    record = gold(("SUPPLIES", "a", "b"), ("SUPPLIES", "a", "i"))
    seen = Statement("SUPPLIES", "e1", "e3", confidence=0.31, modality="possible")
    page = render_page(judge(record, seen))
    assert page.index("<bdi>Orbis Institute</bdi>") < page.index("<bdi>Telsa</bdi>")


def test_mistakes_have_their_names_marked(result: Evaluation) -> None:
    page = render_page(result)
    assert (
        '<mark class="head">Norvik</mark> and Telsa met Ann Lee in <mark class="tail">Turin</mark>.'
    ) in page
    assert "a trap (denied) · confidence 0.45 · votes: network 0.40" in page


def test_nothing_of_a_text_is_taken_for_markup() -> None:
    text = 'Evil <script>alert(1)</script> & "Co" met <b onclick=x>Bob</b> \x1b[31m\x9f.'
    name = text[:30]
    entities = [
        {"id": "a", "type": "ORG", "name": name, "mentions": [{"start": 0, "end": 30}]},
        {"id": "b", "type": "ORG", "name": "<i>", "mentions": [{"start": 42, "end": 45}]},
    ]
    ties = [{"type": "ACQUIRED", "head": "a", "tail": "b"}]
    record = {"id": "<u>r</u>", "text": text, "entities": entities, "relations": ties}

    def read(documents: Any) -> Any:
        for document in documents:
            made = Entity("e1", "ORG", "firm", "<em>", (), (Mention(0, 4, "Evil"),))
            other = Entity("e2", "ORG", "firm", "x", (), (Mention(42, 45, "<b "),))
            false = Statement("SUPPLIES", "e1", "e2", votes={"<s>": 0.5})
            yield Reading(document, (made, other), (false,))
        yield Failure("<img src=x>", "<svg>")

    page = render_page(evaluate([record], read))
    written = _Page(page)
    assert not {"script", "b", "i", "u", "em", "s", "img"} & {name for name, _ in written.elements}
    assert "&lt;script&gt;" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)


def test_a_comparison_is_shown(
    result: Evaluation, gold: Gold, judge: Judge, tmp_path: Path
) -> None:
    path = tmp_path / "before.json"
    path.write_text(json.dumps(judge(gold()).to_dict(errors=True)), encoding="utf-8")
    page = render_page(result, compare(read_run(path), result))
    assert "+0.500" in page
    assert "Newly wrong: 2" in page
    assert "Newly right: 0" in page
    assert "What changed" not in render_page(result)


def test_an_empty_evaluation_has_a_page() -> None:
    page = render_page(evaluate([], lambda _: iter(())))
    assert _Page(page).count("mark") == 0
    assert "nothing to find" in page


def test_the_same_evaluation_gives_the_same_page(result: Evaluation) -> None:
    assert render_page(result) == render_page(result)


def test_the_page_is_written(result: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "new" / "page.html"
    write_page(result, path)
    assert path.read_text(encoding="utf-8") == render_page(result)


def test_a_file_that_cannot_be_written_is_named(result: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        write_page(result, tmp_path)
