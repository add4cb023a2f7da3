"""What axe-core finds of barriers on the page: nothing may be left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries.picture import Picture

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,  # it would ask for style sheets
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def name_barriers(page: Any) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
        for rule in found
    ]


def do_nothing(_: Any) -> None:
    """The page as it opens."""


def open_panel(page: Any) -> None:
    page.fill("#query", "volkswagen")
    page.press("#query", "Enter")


def open_suggestions(page: Any) -> None:
    page.fill("#query", "a")


def open_table(page: Any) -> None:
    page.click("#toggle-table")


def open_map(page: Any) -> None:
    page.click("#toggle-map")


def open_documents(page: Any) -> None:
    page.click(".limit-papers summary")


def open_menu(page: Any) -> None:
    page.click("#open-export")


def narrow_down(page: Any) -> None:
    open_panel(page)
    page.click("#near-1")


STATES = [
    do_nothing,
    open_panel,
    open_suggestions,
    open_table,
    open_map,
    open_documents,
    open_menu,
    narrow_down,
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_state_of_the_page_has_barriers(
    visit: Callable[..., Any], alliances: Picture, theme: str
) -> None:
    page = visit(alliances, color_scheme=theme).page
    found = {}
    for act in STATES:
        act(page)
        found[act.__name__] = name_barriers(page)
        page.evaluate("history.replaceState(null, '', location.pathname)")
        page.reload()
        page.wait_for_selector("body[data-ready=yes]")

    assert found == {act.__name__: [] for act in STATES}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheets_of_a_phone_have_no_barriers(
    visit: Callable[..., Any], alliances: Picture, theme: str
) -> None:
    page = visit(alliances, color_scheme=theme, **PHONE).page
    page.click("#open-legend")
    assert name_barriers(page) == []
    page.click("#close-legend")
    open_panel(page)

    assert name_barriers(page) == []


def test_an_empty_answer_has_no_barriers(visit: Callable[..., Any]) -> None:
    assert name_barriers(visit(Picture("Nothing", "Who?")).page) == []


def test_a_barrier_would_be_found(visit: Callable[..., Any], alliances: Picture) -> None:
    page = visit(alliances).page
    page.evaluate("document.querySelector('#query').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('#query').removeAttribute('placeholder')")

    assert any(barrier.startswith("label:") for barrier in name_barriers(page))
