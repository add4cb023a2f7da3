"""Pictures to open, and a browser with the network cut off."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries.page import write
from queries.picture import Evidence, Link, Node, Picture, Source

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

ALLIANCES = Path(__file__).with_name("alliances.yaml")


@dataclass
class Draft:
    """A picture while it is being written down."""

    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def tell(self, text: str, names: list[str], document: str, type_: str, status: str) -> str:
        """Add a sentence in which these names are marked; its id."""
        spans = tuple((text.find(n), text.find(n) + len(n)) for n in names if n in text)
        id_ = f"s{len(self.evidence) + 1:03d}"
        self.evidence.append(Evidence(id_, text, spans, document, type_, status, 0.9))
        return id_

    def link(self, source: str, target: str, type_: str, status: str, **more: Any) -> None:
        """Add a line."""
        id_ = f"l{len(self.links) + 1:03d}"
        more.setdefault("confidence", 0.9)
        more.setdefault("label", type_.replace("_", " ").lower())
        self.links.append(Link(id_, source, target, type_, status=status, **more))


def write_draft(told: Mapping[str, Any]) -> Draft:
    """Nodes, lines and sentences of a file like alliances.yaml."""
    draft = Draft()
    for row in told["nodes"]:
        known = tuple(row.get("aliases", ()))
        draft.nodes[row["id"]] = Node(row["id"], row["name"], row["kind"], known, 1 + len(known))
    for source, target, type_, status, share, document, text in told["links"]:
        names = [draft.nodes[source].name, draft.nodes[target].name]
        said = draft.tell(text, names, document, type_, status)
        both = type_ in ("PARTNERS_WITH", "COMPETES_WITH")
        more = {"confidence": share, "statements": (said,), "directed": not both}
        draft.link(source, target, type_, status, **more)
    for row in told["deals"]:
        write_deal(draft, row)
    return draft


def write_deal(draft: Draft, row: Mapping[str, Any]) -> None:
    """A deal's node, with a line to each party and to its site."""
    ends = [*row["parties"], *filter(None, [row.get("site")])]
    names = [draft.nodes[end].name for end in ends]
    facts = {key: row[key] for key in ("type", "kind", "status", "amount_text") if key in row}
    id_, status = row["id"], row["status"]
    draft.nodes[id_] = Node(id_, " – ".join(names), "Partnership", properties=facts)
    said = draft.tell(row["text"], names, row["document"], row["type"], status)
    for party, role in row["parties"].items():
        more = {"statements": (said,), "properties": {"role": role}}
        draft.link(party, id_, "PARTY_TO", status, **more)
    if "site" in row:
        draft.link(id_, row["site"], "SITED_IN", status, statements=(said,))


def make_alliances() -> Picture:
    """A realistic answer: 25 names, 9 deals, ties of every status, five documents."""
    told = yaml.safe_load(ALLIANCES.read_text(encoding="utf-8"))
    draft = write_draft(told)
    return Picture(
        title="Who works with whom in electric cars",
        question="Partnerships, joint ventures, holdings and sites of carmakers and their"
        " suppliers, each with the sentence that says so.",
        nodes=tuple(draft.nodes.values()),
        links=tuple(draft.links),
        evidence=tuple(draft.evidence),
        documents=tuple(Source(**row) for row in told["documents"]),
        parameters={"industry": "electric cars", "since": "2024"},
    )


def make_crowd(size: int, seed: int = 5) -> Picture:
    """``size`` names and twice as many ties, a few names with very many."""
    chance = random.Random(seed)
    kinds = ["Firm"] * 8 + ["University", "Institute", "Person", "City", "Agency"]
    types = ["PARTNERS_WITH"] * 4 + ["INVESTED_IN", "SUPPLIES", "ACQUIRED", "MEMBER_OF"]
    states = ["in_effect"] * 9 + ["announced", "planned", "ended", "denied"]
    first = ["Al", "Ben", "Cor", "Dur", "Fen", "Gal", "Hor", "Ken", "Lor"]
    last = ["tek", "nova", "works", "ium", "ford"]
    draft = Draft()
    for i in range(size):
        name = f"{chance.choice(first)}{chance.choice(last)} {i}"
        draft.nodes[f"n{i:05d}"] = Node(f"n{i:05d}", name, chance.choice(kinds))
    ids = list(draft.nodes)
    for i in range(2 * size):
        near = chance.randrange(size)
        a = ids[near if i % 3 else int(size * chance.random() ** 3)]
        b = ids[(near + chance.randrange(1, 30)) % size]
        type_, status = chance.choice(types), chance.choice(states)
        names = [draft.nodes[a].name, draft.nodes[b].name]
        text = f"{names[0]} and {names[1]} said on Monday that they would go on working together."
        said = draft.tell(text, names, f"d{i % 40}", type_, status)
        draft.link(a, b, type_, status, confidence=round(chance.random(), 2), statements=(said,))
    papers = tuple(Source(f"d{i}", f"Report {i}", f"2025-{1 + i % 12:02d}-03") for i in range(40))
    return Picture(
        "Everyone who works with anyone",
        "A graph made by chance.",
        tuple(draft.nodes.values()),
        tuple(draft.links),
        tuple(draft.evidence),
        papers,
    )


def find_chromium() -> str:
    """The browser's path; "" where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return (
        os.environ.get("PARTNERGRAPH_CHROMIUM")
        or next(filter(None, map(shutil.which, names)), "")
        or ""
    )


@pytest.fixture(scope="session")
def browser(skip_or_fail: Callable[[str], None]) -> Iterator[Any]:
    """A headless Chromium; absent, its tests are skipped, or fail where all is required."""
    path = find_chromium()
    if not path:
        skip_or_fail("no Chromium on this machine: `make chromium` installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """An open page, and what it did that it shouldn't have."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Opens a picture as a page; afterwards nothing may have been asked for or complained of."""
    opened: list[tuple[Any, Visit]] = []

    def open_picture(picture: Picture, **context: Any) -> Visit:
        path = write(picture, tmp_path / f"page{len(opened)}.html")
        context.setdefault("viewport", {"width": 1280, "height": 800})
        own = browser.new_context(reduced_motion="reduce", **context)
        seen = Visit(own.new_page())
        address = path.as_uri()
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        # A dialog that nobody answers would stop the page: the test fails on it later.
        seen.page.on("dialog", lambda dialog: dialog.dismiss())
        seen.page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        seen.page.goto(address)
        seen.page.wait_for_selector("body[data-ready=yes]")
        opened.append((own, seen))
        return seen

    yield open_picture
    for own, seen in opened:
        own.close()
        # A blob is what the page made itself, a picture to be saved.
        asked = {url for url in seen.requests if not url.startswith("blob:")}
        assert [url for url in asked if not url.startswith("file:")] == []
        assert len(asked) == 1
        assert seen.complaints == []


@pytest.fixture(scope="session")
def alliances() -> Picture:
    """The realistic answer."""
    return make_alliances()


@pytest.fixture(scope="session")
def crowd() -> Callable[..., Picture]:
    """Makes answers of a given size."""
    return make_crowd
