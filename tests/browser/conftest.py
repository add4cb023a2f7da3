"""Pictures to open, and a browser with the network cut off."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from queries.page import write
from queries.picture import Evidence, Link, Node, Picture, Source

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

# Invented articles. Each line: document, type, status, confidence, parties, site, more, sentence.
DOCUMENTS = [
    Source("d1", "Carmakers move their laboratories east", "2025-11-03", "The Harbour Times", "https://harbour.example/labs"),
    Source("d2", "Scandia Trucks opens its Rugao works", "2025-10-16", "Freight Weekly", "https://freight.example/rugao"),
    Source("d3", "Annual report 2024", "2024-12-31", "Škoda Power", "", "skoda-power-2024.pdf"),
    Source("d4", "Battery alliances: a map", "2025-06", "Institute for Industry", "https://institute.example/map?year=2025&x=1"),
    Source("d5", "Who studies with whom", "2025-02-11", "Campus Review"),
]  # fmt: skip
NODES = """
volkswagen|Volkswagen|Firm|VW;Volkswagen AG
scandia|Scandia Trucks|Firm|
renova|Rénova Automobiles|Firm|Rénova;Renova SA
bavarian|Bavarian Motors|Firm|
northvolt|Nordcell|Firm|Nordcell AB
catena|Catena Energy|Firm|CEN
skoda|Škoda Power|Firm|
horizon|Horizon Chips|Firm|
saicon|Saicon Motor|Firm|
lithos|Lithos Mining|Firm|
gridworks|Gridworks|Firm|
rhine|Rhine Chemicals|Firm|
kiel|University of Kiel|University|CAU
tsing|Jiangnan University|University|
fraun|Institute for Solid-State Batteries|Institute|ISB
agency|Ministry of Industry|Agency|
assoc|European Battery Association|Association|EBA
group|38 Chinese companies and institutes|Group|
person|Ingrid Sørensen|Person|Dr Sørensen
person2|Li Wenhua|Person|
hefei|Hefei|City|
rugao|Rugao|City|
shanghai|Shanghai|City|
saxony|Saxony|Region|
uk|United Kingdom|Country|UK;Britain
"""
# id|type|kind|status|amount|parties (name:role)|site|document|sentence
DEALS = """
p1|FACILITY_IN|rnd_centre|in_effect||volkswagen:operator|hefei|d1|Volkswagen runs a development centre with 700 engineers in Hefei, its largest outside Europe.
p2|FACILITY_IN|plant|in_effect|EUR 2bn|scandia:operator|rugao|d2|In October Scandia Trucks opened a factory worth EUR 2bn in Rugao.
p3|FACILITY_IN|rnd_centre|in_effect||renova:operator|shanghai|d1|Rénova Automobiles designs its small electric cars at a centre in Shanghai.
p4|JOINT_VENTURE_WITH|production|announced|EUR 1.4bn|volkswagen:parent,catena:parent,saicon:parent|saxony|d4|Volkswagen, Catena Energy and Saicon Motor have set up a joint venture to make cells in Saxony for EUR 1.4bn.
p5|PARTNERS_WITH|rnd|in_effect||volkswagen:partner,group:partner||d1|Since 2018 Volkswagen has agreed on joint work with at least 38 Chinese companies and institutes.
p6|INVESTED_IN||planned|EUR 300m|rhine:investor,northvolt:target||d4|Rhine Chemicals plans to put EUR 300m into Nordcell next spring.
p7|PARTNERS_WITH|rnd|in_effect||fraun:partner,kiel:partner,northvolt:partner||d5|The Institute for Solid-State Batteries, the University of Kiel and Nordcell share a test line.
p8|PARTNERS_WITH|government|in_effect||uk:partner,agency:partner||d1|Britain and the Ministry of Industry signed a statement of co-operation on clean cars.
p9|SUPPLIES||in_effect||lithos:supplier,catena:customer||d4|Lithos Mining supplies Catena Energy with lithium hydroxide.
"""
# source|target|type|status|confidence|document|sentence
LINKS = """
bavarian|horizon|PARTNERS_WITH|in_effect|0.93|d1|Bavarian Motors and Horizon Chips develop driving computers together.
bavarian|volkswagen|COMPETES_WITH|in_effect|0.7|d1|Bavarian Motors competes with Volkswagen for the same buyers.
saicon|horizon|INVESTED_IN|in_effect|0.88|d4|Saicon Motor holds a tenth of Horizon Chips.
bavarian|northvolt|ACQUIRED|denied|0.8|d4|Bavarian Motors denied that it would buy Nordcell.
gridworks|northvolt|PARTNERS_WITH|ended|0.85|d3|The alliance between Gridworks and Nordcell ended in March.
skoda|gridworks|SUPPLIES|in_effect|0.9|d3|Škoda Power delivers turbines to Gridworks.
renova|catena|PARTNERS_WITH|rumoured|0.4|d4|Rénova Automobiles is said to be in talks with Catena Energy.
person|fraun|EMPLOYED_BY|in_effect|0.97|d5|Ingrid Sørensen leads the Institute for Solid-State Batteries.
person2|tsing|EMPLOYED_BY|in_effect|0.95|d5|Li Wenhua teaches at Jiangnan University.
tsing|volkswagen|PARTNERS_WITH|in_effect|0.9|d5|Jiangnan University and Volkswagen train engineers together.
northvolt|assoc|MEMBER_OF|in_effect|0.9|d4|Nordcell is a member of the European Battery Association.
rhine|assoc|MEMBER_OF|in_effect|0.9|d4|Rhine Chemicals is a member of the European Battery Association.
catena|assoc|MEMBER_OF|planned|0.6|d4|Catena Energy wants to join the European Battery Association.
scandia|volkswagen|SUBSIDIARY_OF|in_effect|0.99|d2|Scandia Trucks is a subsidiary of Volkswagen.
tsing|kiel|PARTNERS_WITH|in_effect|0.8|d5|Jiangnan University exchanges students with the University of Kiel.
"""


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


def write_draft() -> Draft:
    """The alliances of some invented carmakers."""
    draft = Draft()
    for row in NODES.strip().splitlines():
        id_, name, kind, aliases = row.split("|")
        known = tuple(alias for alias in aliases.split(";") if alias)
        draft.nodes[id_] = Node(id_, name, kind, known, documents=1 + len(known))
    for row in LINKS.strip().splitlines():
        source, target, type_, status, share, document, text = row.split("|")
        names = [draft.nodes[source].name, draft.nodes[target].name]
        said = draft.tell(text, names, document, type_, status)
        draft.link(source, target, type_, status, confidence=float(share), statements=(said,), directed=type_ not in ("PARTNERS_WITH", "COMPETES_WITH"))
    for row in DEALS.strip().splitlines():
        id_, type_, kind, status, amount, parties, site, document, text = row.split("|")
        sides = [party.split(":") for party in parties.split(",")]
        names = [draft.nodes[n].name for n in [*(s for s, _ in sides), *filter(None, [site])]]
        facts = {"type": type_, "kind": kind, "status": status, "amount_text": amount, "since": "2025"}
        draft.nodes[id_] = Node(id_, " – ".join(names), "Partnership", properties={k: v for k, v in facts.items() if v})
        said = draft.tell(text, names, document, type_, status)
        for party, role in sides:
            draft.link(party, id_, "PARTY_TO", status, statements=(said,), properties={"role": role})
        if site:
            draft.link(id_, site, "SITED_IN", status, statements=(said,))
    return draft


def make_alliances() -> Picture:
    """A realistic answer: 25 names, 9 deals, ties of every status, five documents."""
    draft = write_draft()
    return Picture(
        title="Who works with whom in electric cars",
        question="Partnerships, joint ventures, holdings and sites of carmakers and their suppliers, each with the sentence that says so.",
        nodes=tuple(draft.nodes.values()),
        links=tuple(draft.links),
        evidence=tuple(draft.evidence),
        documents=tuple(DOCUMENTS),
        parameters={"industry": "electric cars", "since": "2024"},
    )


def make_crowd(size: int, seed: int = 5) -> Picture:
    """``size`` names and twice as many ties, a few names with very many."""
    chance = random.Random(seed)
    kinds = ["Firm"] * 8 + ["University", "Institute", "Person", "City", "Agency"]
    types = ["PARTNERS_WITH"] * 4 + ["INVESTED_IN", "SUPPLIES", "ACQUIRED", "MEMBER_OF"]
    states = ["in_effect"] * 9 + ["announced", "planned", "ended", "denied"]
    nodes = tuple(
        Node(f"n{i:05d}", f"{chance.choice('ABCDEFGHKLMNPRST')}{chance.choice(['ur', 'al', 'en', 'or'])}{chance.choice(['tek', 'nova', 'works', 'ium', 'ford'])} {i}", chance.choice(kinds))
        for i in range(size)
    )  # fmt: skip
    links, evidence = [], []
    for i in range(2 * size):
        near = chance.randrange(size)
        a = near if i % 3 else int(size * chance.random() ** 3)
        b = (near + chance.randrange(1, 30)) % size
        type_, status = chance.choice(types), chance.choice(states)
        text = f"{nodes[a].name} and {nodes[b].name} said on Monday that they would go on working together on cells, chips and software for the next five years."
        cut = len(nodes[a].name)
        evidence.append(Evidence(f"s{i}", text, ((0, cut), (cut + 5, cut + 5 + len(nodes[b].name))), f"d{i % 40}", type_, status, 0.8))
        links.append(Link(f"l{i:05d}", nodes[a].id, nodes[b].id, type_, type_.lower(), status, round(chance.random(), 2), statements=(f"s{i}",)))
    papers = tuple(Source(f"d{i}", f"Report number {i}", f"2025-{1 + i % 12:02d}-03") for i in range(40))
    return Picture("Everyone who works with anyone", "A graph made by chance.", nodes, tuple(links), tuple(evidence), papers)


def find_chromium() -> str:
    """The browser's path; "" where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("PARTNERGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, names)), "") or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; absent, its tests are skipped, or fail where all is required."""
    path = find_chromium()
    if not path:
        message = "no Chromium on this machine: `make chromium` installs it"
        if os.environ.get("PARTNERGRAPH_REQUIRE") == "all":
            pytest.fail(message)
        pytest.skip(message)
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
        seen.page.on("dialog", lambda dialog: (seen.complaints.append(dialog.message), dialog.dismiss()))
        seen.page.goto(address)
        seen.page.wait_for_function("document.body.dataset.ready === 'yes'")
        opened.append((own, seen))
        return seen

    yield open_picture
    for own, seen in opened:
        own.close()
        assert [url for url in seen.requests if not url.startswith("file:")] == []
        assert len(seen.requests) == 1
        assert seen.complaints == []


@pytest.fixture(scope="session")
def alliances() -> Picture:
    """The realistic answer."""
    return make_alliances()


@pytest.fixture(scope="session")
def crowd() -> Callable[..., Picture]:
    """Makes answers of a given size."""
    return make_crowd
