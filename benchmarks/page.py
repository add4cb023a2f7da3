"""Time until the page is drawn, in headless Chromium, beside pyvis as it comes."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.table import Row
from queries.page import write
from queries.picture import Evidence, Link, Node, Picture, Source

TITLE = "The page, until it is drawn"
SIZES = (100, 1000, 5000)
LIMIT = 60  # seconds; stock pyvis may not be done by then
# A page of pyvis is done when its physics has settled; before that its nodes fly about.
SETTLED = "() => window.network && new Promise(r => network.once('stabilized', () => r(true)))"
OURS = "() => window.partnergraphReady"


def measure() -> Iterator[Row]:
    """As many nodes, twice as many ties, network blocked; ours with a sentence for each tie."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            nodes, ties = _graph(size)
            ours, theirs = Path(folder, "ours.html"), Path(folder, "theirs.html")
            write(_picture(nodes, ties), ours)
            _write_pyvis(nodes, ties, theirs)
            drawn, settled = _wait(browser, ours, OURS), _wait(browser, theirs, SETTLED)
            megabytes = ours.stat().st_size / 1e6
            note = f"file {megabytes:.1f} MB" + ("; theirs was stopped" if settled >= LIMIT else "")
            yield Row(f"{size:,} nodes", drawn, "pyvis, default settings", settled, "s", note)
        browser.close()


def _wait(browser: Any, page_file: Path, condition: str) -> float:
    from playwright.sync_api import TimeoutError as TooSlow

    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    try:
        page.goto(page_file.as_uri(), wait_until="commit", timeout=LIMIT * 1000)
        page.wait_for_function(condition, timeout=LIMIT * 1000)
        return float(page.evaluate("() => window.partnergraphReady || performance.now()")) / 1000
    except TooSlow:
        return float(LIMIT)
    finally:
        context.close()


def _graph(size: int) -> tuple[list[str], list[tuple[int, int]]]:
    draw = random.Random(size)
    ties = {(draw.randrange(i), i) for i in range(1, size)}
    while len(ties) < 2 * size:
        one, other = sorted(draw.sample(range(size), 2))
        ties.add((one, other))
    return [f"Firm {i}" for i in range(size)], sorted(ties)


def _picture(nodes: list[str], ties: list[tuple[int, int]]) -> Picture:
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
                0.8,
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


def _write_pyvis(nodes: list[str], ties: list[tuple[int, int]], path: Path) -> None:
    """As pyvis's documentation has it, with the scripts inside the file."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    network.add_nodes(list(range(len(nodes))), label=nodes)
    for one, other in ties:
        # add_edge is quadratic; what it would store is put there directly.
        network.edges.append({"from": one, "to": other, "width": 1})
    path.write_text(network.generate_html(), encoding="utf-8")
