"""The page asks for nothing, and nothing that stands in the data runs."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queries.page import write
from queries.picture import Evidence, Link, Node, Picture, Source

pytestmark = pytest.mark.browser

GRAPHS = int(os.environ.get("PARTNERGRAPH_GRAPHS", "30"))  # half a second each; see CONTRIBUTING
HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror='window.hacked=1'>",
    "<svg/onload=window.hacked=1>",
    "\"><iframe src=https://evil.example>",
    "'; window.hacked=1; //",
    "${window.hacked=1}",
    "{{constructor.constructor('window.hacked=1')()}}",
    "<!--<script>window.hacked=1",
    "]]><script>window.hacked=1</script>",
    "<a href=\"javascript:window.hacked=1\">x</a>",
    "javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "\u202eevil\u202c مرحبا",
    "\u2028window.hacked=1\u2029",
    "\ud800 half a letter",
    "nul \x00 and bell \x07",
    "__proto__",
    "constructor",
    "toString",
    "<body onload=window.hacked=1>",
    "<math><mi//xlink:href='data:x,<script>window.hacked=1</script>'>",
    "<style>*{display:none}</style>",
    "</style><script>window.hacked=1</script>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<object data=https://evil.example></object>",
    "<form action=https://evil.example><button>Go</button></form>",
    "</title><script>window.hacked=1</script>",
    "</noscript><script>window.hacked=1</script>",
    "</textarea><script>window.hacked=1</script>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "&#60;script&#62;window.hacked=1",
    "\\u003cscript\\u003ewindow.hacked=1",
    "\\'); window.hacked=1; //",
    "`${window.hacked=1}`",
    "vbscript:window.hacked=1",
    "https://evil.example/?a=1&b=2#<script>",
    "//evil.example/x.png",
    "url(https://evil.example/x.png)",
    "red; background: url(https://evil.example)",
    "*/ window.hacked=1; /*",
    "a.b#c[d]>e:f",
    "../../etc/passwd",
    "",
    " \t\r\n ",
    "\ufeffmark",
    "e\u0301\u0301\u0301\u0301 zalgo",
    "👩‍👩‍👧‍👦 Zoë",
    "n" * 10_000,
]  # fmt: skip


def test_there_are_many_of_them() -> None:
    assert len(set(HOSTILE)) >= 40


def make_hostile() -> Picture:
    """Every bad string in every place where text can stand."""
    nodes, links, evidence, documents = [], [], [], []
    for i, text in enumerate(HOSTILE):
        kind = "Partnership" if i % 5 == 4 else text if i % 5 == 3 else "Firm"
        nodes.append(Node(text, text, kind, (text,), i, {text: text, "title": text, "type": text}))
        other = HOSTILE[i - 1]
        type_ = "PARTY_TO" if kind == "Partnership" else text
        links.append(
            Link(
                text,
                text,
                other,
                type_,
                text,
                text,
                float("nan"),
                True,
                {text: text, "role": text},
                (text,),
            )
        )
        evidence.append(Evidence(text, text, ((0, 7), (3, 10_000)), text, text, text, float("inf")))
        documents.append(Source(text, text, text, text, text, text))
    return Picture(
        HOSTILE[0], HOSTILE[1], tuple(nodes), tuple(links), tuple(evidence), tuple(documents),
        dict.fromkeys(HOSTILE, HOSTILE[0]), HOSTILE[2],
    )  # fmt: skip


def test_hostile_words_run_nothing_wherever_they_stand(visit: Callable[..., Any]) -> None:
    page = visit(make_hostile()).page

    assert page.inner_text("h1") == HOSTILE[0]
    for number in range(len(HOSTILE)):
        page.focus("#graph")
        for _ in range(number % 4):
            page.keyboard.press(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][number % 4])
        page.keyboard.press("Enter")
        assert page.is_visible("#panel h2")
        page.keyboard.press("Escape")
    page.click("#toggle-table")
    assert page.locator("#table tbody tr").count() > 10
    page.click("#toggle-table")
    page.click("#toggle-theme")
    assert page.evaluate("window.hacked") is None
    assert page.locator("iframe, img, main a[href^='javascript'], script[src]").count() == 0


def test_only_web_addresses_become_links(visit: Callable[..., Any], alliances: Picture) -> None:
    sources = tuple(
        replace(source, url=source.url if source.id == "d1" else "javascript:alert(1)")
        for source in alliances.documents
    )
    page = visit(replace(alliances, documents=sources)).page
    page.fill("#query", "volkswagen")
    page.press("#query", "Enter")
    while page.locator(".sentences > button").count():
        page.locator(".sentences > button").click()

    links = page.locator("#panel a")
    hrefs = {links.nth(i).get_attribute("href") for i in range(links.count())}
    assert hrefs == {"https://harbour.example/labs"}
    assert links.first.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    "picture",
    [
        Picture("Empty", "Nothing?"),
        Picture("One", "", (Node("a", "Alone", "Firm"),)),
        Picture(
            "Loop",
            "",
            (Node("a", "Selfish", "Firm"), Node("b", "", "")),
            (
                Link("1", "a", "a", "SUPPLIES", "", "in_effect", 1.0),
                Link("2", "a", "b", "SUPPLIES", "", "in_effect", 1.0),
                Link("3", "b", "a", "SUPPLIES", "", "denied", 1.0),
                Link("4", "a", "b", "ACQUIRED", "", "", -3.0),
            ),
        ),
        Picture("Deal without parties", "", (Node("p", "Deal", "Partnership"),)),
    ],
    ids=lambda picture: picture.title,
)
def test_odd_graphs_open(visit: Callable[..., Any], picture: Picture) -> None:
    page = visit(picture).page

    assert page.is_visible("#nothing") == (not picture.nodes)
    if picture.nodes:
        page.focus("#graph")
        page.keyboard.press("Enter")
        assert page.is_visible("#panel")


@pytest.mark.parametrize("size", [400, 1600])
def test_crowds_open_and_answer(
    visit: Callable[..., Any], crowd: Callable[[int], Picture], size: int
) -> None:
    page = visit(crowd(size)).page

    page.focus("#graph")
    page.keyboard.press("Enter")

    assert page.is_visible("#panel h2")
    assert page.evaluate("window.partnergraphReady") > 0


_DATES = ("", "2025", "2025-06", "2025-06-31", "31.12.2024", "0000-00-00", "9999-12-31", "soon")
_NAMES = ("", "A", "😀👩‍👩‍👧", "شركة النور", "株式会社", "x" * 10_000, "a\nb", "\u202eabc", "Zoë")


def make_random(seed: int) -> Picture:
    """A graph of any shape: empty, loose, loops, parallel ties, cycles, odd dates and numbers."""
    draw = random.Random(seed)
    size = draw.choice((0, 1, 2, 3, 8, 40))
    nodes = tuple(
        Node(
            f"n{i}",
            draw.choice(_NAMES),
            draw.choice(("Firm", "City", "Partnership", "Person", "", "Dragon")),
            documents=draw.choice((0, 1, -5, 10**12)),
        )
        for i in range(size)
    )
    number = draw.choice((0, 1, size, 3 * size)) if size else 0
    links = tuple(
        Link(
            f"l{i}",
            f"n{draw.randrange(size)}",
            f"n{draw.randrange(size + draw.choice((0, 0, 0, 2)))}",
            draw.choice(("PARTNERS_WITH", "PARTY_TO", "SITED_IN", "", "LIKES")),
            draw.choice(("", "works with", "x" * 500)),
            draw.choice(("in_effect", "denied", "planned", "possible", "", "odd")),
            draw.choice((0.0, 0.5, 1.0, -1.0, float("nan"), float("inf"))),
            statements=(f"s{i}", "gone"),
        )
        for i in range(number)
    )
    evidence = tuple(
        Evidence(f"s{i}", draw.choice(_NAMES), ((-3, 2), (1, 99)), f"d{i % 7}", "", "", 0.5)
        for i in range(number)
    )
    papers = tuple(Source(f"d{i}", draw.choice(_NAMES), draw.choice(_DATES)) for i in range(5))
    return Picture(f"Graph {seed}", "", nodes, links, evidence, papers)


def test_any_graph_opens(browser: Any, tmp_path: Path) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for seed in range(GRAPHS):
        picture = make_random(seed)
        page.goto(write(picture, tmp_path / f"{seed}.html").as_uri())
        page.wait_for_selector("body[data-ready=yes]", timeout=10_000)
        if picture.nodes:
            page.focus("#graph")
            page.keyboard.press("Enter")
        assert (seed, complaints) == (seed, [])
    page.context.close()
