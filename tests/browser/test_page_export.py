"""Files that the page saves: what is shown, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from queries.picture import Evidence, Link, Node, Picture, Source

pytestmark = pytest.mark.browser

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1", "-1", "@SUM(A1)",
    '<script>alert(1)</script>"&\'',
    "two\nlines, and a comma",
    "\x0bcontrol \x1f and \ufffe",
    "😀 شركة א",
    "nul \0 here", "high \ud800 alone", "low \udc00 alone", "]]>",
    "x" * 10_000,
]  # fmt: skip


@pytest.fixture
def page(visit: Callable[..., Any], alliances: Picture) -> Any:
    """The realistic answer, open."""
    return visit(alliances).page


@pytest.fixture
def hostile(visit: Callable[..., Any]) -> Any:
    """Names, sentences and titles that would do harm."""
    links = tuple(
        Link(f"l{i}", f"n{i}", "n0", "SUPPLIES", name, "in_effect", 0.9, statements=(f"s{i}",))
        for i, name in enumerate(HOSTILE)
    )
    picture = Picture(
        HOSTILE[4],
        HOSTILE[0],
        tuple(Node(f"n{i}", name, "Firm", (name,)) for i, name in enumerate(HOSTILE)),
        links,
        tuple(
            Evidence(f"s{i}", name, (), "d", "SUPPLIES", "in_effect", 0.9)
            for i, name in enumerate(HOSTILE)
        ),
        (Source("d", HOSTILE[0], "2025"),),
    )
    return visit(picture).page


def save(page: Any, kind: str) -> Path:
    page.click("#open-export")
    with page.expect_download() as download:
        page.click(f"#export-{kind}")
    return Path(download.value.path())


def name_of(page: Any, kind: str) -> str:
    page.click("#open-export")
    with page.expect_download() as download:
        page.click(f"#export-{kind}")
    return str(download.value.suggested_filename)


def read_rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def read_graph(page: Any) -> Any:
    return nx.read_graphml(save(page, "graphml"))


def untick(page: Any, text: str) -> None:
    page.locator(".legend-row", has=page.get_by_text(text, exact=True)).locator("label").click()


def test_names_and_ties_as_rows(page: Any) -> None:
    names, ties = read_rows(save(page, "names")), read_rows(save(page, "ties"))

    assert (len(names), len(ties)) == (25, 24)
    firm = next(row for row in names if row["name"] == "Volkswagen")
    assert (firm["kind"], firm["aliases"]) == ("Firm", "VW; Volkswagen AG")
    plant = next(row for row in ties if row["amount"] == "EUR 2bn")
    assert (plant["from"], plant["to"], plant["status"]) == ("Scandia Trucks", "Rugao", "In effect")
    assert plant["sentence"].startswith("In October Scandia Trucks opened")
    assert plant["documents"] == "Scandia Trucks opens its Rugao works"


def test_files_hold_what_the_filters_let_through(page: Any) -> None:
    untick(page, "Denied")
    untick(page, "Rumoured")

    assert len(read_rows(save(page, "ties"))) == 22
    graph = read_graph(page)
    assert {"denied", "rumoured"}.isdisjoint(s for *_, s in graph.edges(data="status"))
    told = json.loads(save(page, "json").read_text(encoding="utf-8"))
    assert {"denied", "rumoured"}.isdisjoint(tie["status"] for tie in told["ties"])


def test_graphml_opens_in_networkx(page: Any) -> None:
    graph = read_graph(page)

    kinds = dict(graph.nodes(data="kind"))
    names = dict(graph.nodes(data="name"))
    assert {names[n] for n in graph if kinds[n] == "University"} == {
        "University of Kiel", "Jiangnan University",
    }  # fmt: skip
    assert sum(kind == "Partnership" for kind in kinds.values()) == 9
    assert all(0 < share <= 1 for *_, share in graph.edges(data="confidence"))


def test_deals_keep_what_is_known_of_them(page: Any) -> None:
    graph = read_graph(page)
    told = json.loads(save(page, "json").read_text(encoding="utf-8"))
    by_graph = next(deal for _, deal in graph.nodes(data=True) if deal.get("id") == "p4")
    by_json = next(name for name in told["names"] if name["id"] == "p4")

    for deal in (by_graph, by_json):
        assert (deal["type"], deal["status"]) == ("JOINT_VENTURE_WITH", "announced")
        assert (deal["amount"], deal["deal_kind"]) == ("EUR 1.4bn", "production")
        assert 0 < deal["confidence"] <= 1
    plant = next(name for name in told["names"] if name["id"] == "p2")
    spokes = [tie for tie in told["ties"] if plant["id"] in (tie["source"], tie["target"])]
    assert {tie["role"] for tie in spokes} == {"operator", "site"}


def test_ties_keep_their_direction(page: Any) -> None:
    graph = read_graph(page)
    told = json.loads(save(page, "json").read_text(encoding="utf-8"))

    by_graph = [data for *_, data in graph.edges(data=True)]
    for ties in (by_graph, told["ties"]):
        directed = {tie["directed"] for tie in ties if tie["type"] == "INVESTED_IN"}
        mutual = {tie["directed"] for tie in ties if tie["type"] == "COMPETES_WITH"}
        assert True in directed
        assert mutual == {False}


def test_since_and_until_are_columns(visit: Callable[..., Any]) -> None:
    link = Link("l", "a", "b", "SUPPLIES", "supplies", "ended", 0.9)
    link = replace(link, properties={"since": "2019", "until": "2023"})
    ends = (Node("a", "Ash", "Firm"), Node("b", "Birch", "Firm"))
    page = visit(Picture("Two", "", ends, (link, replace(link, id="m")))).page

    rows = read_rows(save(page, "ties"))
    assert [(row["since"], row["until"]) for row in rows] == [("2019", "2023")] * 2
    graph = read_graph(page)  # parallel ties, each with its own id
    assert graph.number_of_edges() == 2
    assert {data["until"] for *_, data in graph.edges(data=True)} == {"2023"}


def test_json_holds_the_sentences_and_their_documents(page: Any) -> None:
    told = json.loads(save(page, "json").read_text(encoding="utf-8"))

    assert told["title"] == "Who works with whom in electric cars"
    assert told["parameters"] == {"industry": "electric cars", "since": "2024"}
    tie = next(tie for tie in told["ties"] if tie["sentences"])
    sentence = told["sentences"][str(tie["sentences"][0])]
    assert sentence["text"]
    assert told["documents"][str(sentence["document"])]["title"]


def test_the_picture_as_vectors_has_every_name_and_tie(page: Any) -> None:
    tree = ElementTree.parse(save(page, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    words = " ".join(text.text or "" for text in tree.iter(f"{space}text"))

    assert "Volkswagen" in words
    assert len(list(tree.iter(f"{space}path"))) == page.evaluate(
        "JSON.parse(document.getElementById('answer').textContent).links.length"
    )
    assert len(list(tree.iter(f"{space}circle"))) == 12  # the firms


def test_the_picture_is_twice_as_sharp_as_the_screen(page: Any) -> None:
    raw = save(page, "png").read_bytes()
    box = page.locator("#stage").bounding_box()

    assert raw.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", raw[16:24])
    assert (width, height) == (2 * int(box["width"]), 2 * int(box["height"]))
    assert len(raw) > 20_000


def test_no_cell_is_a_formula(hostile: Any) -> None:
    for kind in ("names", "ties"):
        for row in read_rows(save(hostile, kind)):
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values()
            )
    names = [row["name"] for row in read_rows(save(hostile, "names"))]
    assert "'=cmd|' /C calc'!A0" in names
    assert "two\nlines, and a comma" in names
    assert "x" * 10_000 in names


def test_hostile_words_stay_words_in_every_file(hostile: Any) -> None:
    graph = read_graph(hostile)
    names = {str(name) for _, name in graph.nodes(data="name")}
    assert HOSTILE[4] in names
    assert "😀 شركة א" in names
    ElementTree.parse(save(hostile, "svg"))
    told = json.loads(save(hostile, "json").read_text(encoding="utf-8"))
    assert HOSTILE[4] in {node["name"] for node in told["names"]}
    assert save(hostile, "png").read_bytes().startswith(b"\x89PNG")


def test_files_are_named_after_the_question(page: Any, visit: Callable[..., Any]) -> None:
    assert name_of(page, "ties") == "who-works-with-whom-in-electric-cars.ties.csv"
    odd = visit(Picture("../../企業", "", (Node("a", "Alone", "Firm"),))).page
    assert name_of(odd, "json") == "partnergraph.json"
    cut = visit(Picture("a" * 59 + " and more", "", (Node("a", "Alone", "Firm"),))).page
    assert name_of(cut, "json") == "a" * 59 + ".json"
    device = visit(Picture("CON", "", (Node("a", "Alone", "Firm"),))).page
    assert name_of(device, "json") == "con-graph.json"


def test_a_picture_that_cannot_be_drawn_is_told(page: Any) -> None:
    page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    page.click("#open-export")
    page.click("#export-png")

    page.get_by_text("Not saved: Picture (PNG)").wait_for(state="attached")


def test_the_keyboard_reaches_the_menu(page: Any) -> None:
    page.focus("#open-export")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "export-png"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "export-json"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "export-png"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "open-export"
    assert page.is_hidden("#export")
