"""Names coloured by the group that a measure put them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries.picture import Link, Node, Picture

pytestmark = pytest.mark.browser


@pytest.fixture
def grouped() -> Picture:
    """Two groups of firms with a tie between them, and a city of neither."""
    groups = {"Alfa": "Northerners", "Beta": "Northerners", "Gamma": "Southerners", "Delta": ""}
    nodes = [Node(name, name, "Firm", group=group) for name, group in groups.items()]
    pairs = [("Alfa", "Beta"), ("Beta", "Gamma"), ("Gamma", "Delta"), ("Alfa", "Delta")]
    links = [Link(a + b, a, b, "SUPPLIES", "supplies", "in_effect", 0.9) for a, b in pairs]
    return Picture("Groups", "", tuple(nodes), tuple(links))


def colour_of(page: Any, name: str) -> str:
    """The colour of its sign, once it is opened."""
    page.fill("#query", name)
    page.press("#query", "Enter")
    return str(page.locator("#panel .kind-icon path").first.get_attribute("fill"))


def test_a_group_has_one_colour_and_the_legend_tells_it(
    visit: Callable[..., Any], grouped: Picture
) -> None:
    page = visit(grouped).page
    colours = {name: colour_of(page, name) for name in ("Alfa", "Beta", "Gamma", "Delta")}

    assert colours["Alfa"] == colours["Beta"]
    assert len(set(colours.values())) == 3
    told = page.locator(".legend-groups .legend-row").all_inner_texts()
    assert [row.split("\n")[0] for row in told] == ["Northerners", "Southerners", "All others"]
    drawn = page.locator(".legend-groups .kind-icon path").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('fill'))"
    )
    assert drawn == [colours["Alfa"], colours["Gamma"], colours["Delta"]]


def test_a_group_is_hidden_and_the_address_keeps_it(
    visit: Callable[..., Any], grouped: Picture
) -> None:
    page = visit(grouped).page
    page.click("label[for=groups-0]")

    assert page.inner_text(".sum") == "2 names, 1 tie"
    assert "groups=0" in page.url
    page.reload()
    page.wait_for_selector("body[data-ready=yes]")
    assert page.inner_text(".sum") == "2 names, 1 tie"
    page.click("#show-all")
    assert page.inner_text(".sum") == "4 names, 4 ties"
