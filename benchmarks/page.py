"""The page in headless Chromium, network blocked: until it is drawn, and how it answers the reader.

Beside pyvis as it comes, an empty page, and sigma, cytoscape and neo4j-viz where ``make peers`` has
fetched them.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.peers import find_peers, say_missing
from benchmarks.table import Row, leave_out
from queries.page import write
from queries.page.network import draw_network
from queries.page.payload import make_payloads
from queries.picture import Evidence, Link, Node, Picture, Source

TITLE = "The page, in Chromium"
SIZES = (100, 1000, 5000)
PEERS = Path(__file__).parents[1] / ".engines" / "peers"
LIMIT = 60  # seconds; stock pyvis may not be done by then
# A page of pyvis is done when its physics has settled; before that its nodes fly about.
SETTLED = "() => window.network && new Promise(r => network.once('stabilized', () => r(true)))"
OURS = "body[data-ready=yes]"  # a selector: under the page's policy a condition can't be polled
READY = "() => window.peerReady"
EMPTY = """<!doctype html><title>empty</title><script>
requestAnimationFrame(() => { window.peerReady = performance.now(); });
</script>"""
# From an act of the reader until what it changes has been painted.
PAINTED = """(act) => new Promise(done => {
  const start = performance.now();
  act();
  const end = () => setTimeout(() => done(performance.now() - start));
  requestAnimationFrame(() => requestAnimationFrame(end));
})"""
WANTED = {"select to paint": 0.3, "filter": 0.4, "show all again": 0.4}
ACTS = {
    "select to paint": "() => document.querySelector('#query').dispatchEvent("
    "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))",
    "filter": "() => document.querySelector('#least').dispatchEvent(new Event('input'))",
    "show all again": "() => document.querySelector('#show-all').click()",
}
FRAMES = """() => { window.frames_ = 0; const next = () => { window.frames_ += 1;
  requestAnimationFrame(next); }; requestAnimationFrame(next); }"""


@dataclass
class Opened:
    """A page that is ready: after how many seconds, what it asked for and complained of."""

    page: Any
    seconds: float = 0.0
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def measure() -> Iterator[Row]:
    """As many nodes, twice as many ties; ours with a sentence for each tie."""
    from playwright.sync_api import sync_playwright

    if missing := say_missing(PEERS):
        leave_out("peers", missing)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        empty = Path(folder, "empty.html")
        empty.write_text(EMPTY)
        with _open(browser, empty, READY) as opened:
            nothing = opened.seconds
        for size in SIZES:
            yield from _measure_size(browser, Path(folder), size, nothing)
        browser.close()


def _measure_size(browser: Any, folder: Path, size: int, nothing: float) -> Iterator[Row]:
    nodes, ties = make_graph(size)
    ours, theirs = folder / "ours.html", folder / "theirs.html"
    picture = make_picture(nodes, ties)
    write(picture, ours)
    what = f"{size:,} nodes: ready"
    with _open(browser, ours, OURS) as opened:
        drawn = opened.seconds
        note = (
            f"file {ours.stat().st_size / 1e6:.1f} MB, {len(opened.requests)} requests,"
            f" {len(opened.complaints)} complaints"
        )
        acts = list(_measure_acts(opened.page, size)) if size == max(SIZES) else []
    yield Row(what, drawn, "an empty page", nothing, "s", note)
    _write_pyvis(nodes, ties, theirs)
    with _open(browser, theirs, SETTLED) as opened:
        stopped = ", stopped" if opened.seconds >= LIMIT else ""
        note = f"{len(opened.requests)} requests, {len(opened.complaints)} complaints{stopped}"
        yield Row(what, drawn, "pyvis, default settings", opened.seconds, "s", note)
    drawing, _, _ = draw_network(make_payloads(picture)[0])
    places = [(node["x"], node["y"]) for node in drawing]
    for peer in find_peers(PEERS):
        peer.write(nodes, ties, places, theirs)
        with _open(browser, theirs, READY) as opened:
            yield Row(what, drawn, peer.name, opened.seconds, "s")
    yield from acts


def _measure_acts(page: Any, size: int) -> Iterator[Row]:
    """What the reader does with a large page, beside what is wanted."""
    page.fill("#query", "Firm 77")
    for act, wanted in WANTED.items():
        if act == "filter":
            page.evaluate("() => { document.querySelector('#least').value = 60; }")
        taken = page.evaluate(f"() => ({PAINTED})({ACTS[act]})") / 1000
        yield Row(f"{size:,} nodes: {act}", taken, "wanted at most", wanted, "s")
        page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    page.evaluate(FRAMES)
    page.mouse.move(700, 500)
    page.mouse.down()
    before = page.evaluate("() => [performance.now(), window.frames_]")
    for step in range(120):
        page.mouse.move(700 + 2 * step, 500 + step)
    after = page.evaluate("() => [performance.now(), window.frames_]")
    page.mouse.up()
    frames = (after[1] - before[1]) / (after[0] - before[0]) * 1000
    yield Row(f"{size:,} nodes: pan", frames, "wanted at least", 30, "frames/s")


@contextmanager
def _open(browser: Any, page_file: Path, condition: str) -> Iterator[Opened]:
    """Open a page and wait until it is ready, LIMIT seconds at most."""
    from playwright.sync_api import TimeoutError as TooSlow

    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    opened = Opened(context.new_page(), float(LIMIT))
    page = opened.page
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("request", lambda request: _note(request.url, opened.requests))
    try:
        page.goto(page_file.as_uri(), wait_until="commit", timeout=LIMIT * 1000)
        wait = page.wait_for_selector if condition == OURS else page.wait_for_function
        wait(condition, timeout=LIMIT * 1000)
        told = page.evaluate(
            "() => window.partnergraphReady || window.peerReady || performance.now()"
        )
        opened.seconds = float(told) / 1000
    except TooSlow:
        pass
    try:
        yield opened
    finally:
        context.close()


def _note(url: str, requests: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        requests.append(url)


def make_graph(size: int) -> tuple[list[str], list[tuple[int, int]]]:
    """So many names and twice as many ties."""
    draw = random.Random(size)
    ties = {(draw.randrange(i), i) for i in range(1, size)}
    while len(ties) < 2 * size:
        one, other = sorted(draw.sample(range(size), 2))
        ties.add((one, other))
    return [f"Firm {i}" for i in range(size)], sorted(ties)


def make_picture(nodes: list[str], ties: list[tuple[int, int]]) -> Picture:
    """An answer of these names and ties, a sentence for each."""
    text = "Firm {} and Firm {} have worked together on batteries since 2021, they said."
    return Picture(
        title="A generated network",
        question="How long it takes to draw.",
        nodes=tuple(Node(f"n{i}", name, "Firm", documents=1) for i, name in enumerate(nodes)),
        links=tuple(
            Link(
                f"l{a}-{b}",
                f"n{a}",
                f"n{b}",
                "PARTNERS_WITH",
                "partners with",
                "in_effect",
                0.5 + (a % 50) / 100,
                directed=False,
                statements=(f"s{a}-{b}",),
            )
            for a, b in ties
        ),
        evidence=tuple(
            Evidence(
                f"s{a}-{b}", text.format(a, b), (), f"d{a % 50}", "PARTNERS_WITH", "in_effect", 0.8
            )
            for a, b in ties
        ),
        documents=tuple(Source(f"d{i}", f"Article {i}", "2025-01-01") for i in range(50)),
    )


def _write_pyvis(nodes: Sequence[str], ties: Sequence[tuple[int, int]], path: Path) -> None:
    """As pyvis's documentation has it, with the scripts inside the file."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    network.add_nodes(list(range(len(nodes))), label=nodes)
    for one, other in ties:
        # add_edge is quadratic; what it would store is put there directly.
        network.edges.append({"from": one, "to": other, "width": 1})
    path.write_text(network.generate_html(), encoding="utf-8")
