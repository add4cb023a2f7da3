"""Deals of several parties, as nodes of their own or folded to ties between their parties."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from queries.picture import Evidence, Link, Node, Picture

pytestmark = pytest.mark.browser

PARTIES = ("Alfa Motors", "Beta Cells", "Gamma Steel")


@pytest.fixture
def venture() -> Picture:
    """A venture of three, the ties that it can be folded to, and a tie beside."""
    said = {"statements": ("s1",), "directed": False}
    spokes = [Link(f"p{n}", n, "deal", "PARTY_TO", "", "announced", 0.9, **said) for n in PARTIES]
    folded = [
        Link(
            f"{a}{b}", a, b, "JOINT_VENTURE_WITH", "", "announced", 0.9, **{**said, "folded": True}
        )
        for a, b in combinations(PARTIES, 2)
    ]
    beside = Link("b", PARTIES[0], PARTIES[1], "SUPPLIES", "", "in_effect", 0.9)
    return Picture(
        "A venture",
        "",
        (
            *(Node(name, name, "Firm") for name in PARTIES),
            Node("deal", "Venture", "Partnership", properties={"type": "JOINT_VENTURE_WITH"}),
        ),
        (*spokes, *folded, beside),
        (Evidence("s1", "They agreed.", (), "", "JOINT_VENTURE_WITH", "announced", 0.9),),
    )


def count_shown(page: Any) -> str:
    return str(page.inner_text(".sum"))


def test_at_first_a_deal_is_one_tie(visit: Callable[..., Any], venture: Picture) -> None:
    page = visit(venture).page

    assert count_shown(page) == "3 names, 2 ties"


def test_folding_draws_ties_between_the_parties(
    visit: Callable[..., Any], venture: Picture
) -> None:
    page = visit(venture).page
    page.click("label[for=fold]")

    assert count_shown(page) == "3 names, 4 ties"
    assert page.inner_text(".legend-types").split("\n")[1:4] == ["joint venture with", "only", "3"]
    assert "Deal" not in page.inner_text(".legend-kinds")


def test_a_folded_deal_leads_to_its_sentence(visit: Callable[..., Any], venture: Picture) -> None:
    page = visit(venture).page
    page.click("label[for=fold]")
    page.fill("#query", "Gamma")
    page.press("#query", "Enter")

    assert "They agreed." in page.inner_text("#panel")
    assert page.locator("#panel .tie-row").count() == 2


def test_undo_unfolds(visit: Callable[..., Any], venture: Picture) -> None:
    page = visit(venture).page
    page.click("label[for=fold]")
    page.click("#undo")

    assert count_shown(page) == "3 names, 2 ties"
    assert not page.is_checked("#fold")


def test_the_address_keeps_what_is_folded(visit: Callable[..., Any], venture: Picture) -> None:
    page = visit(venture).page
    page.click("label[for=fold]")
    page.reload()
    page.wait_for_selector("body[data-ready=yes]")

    assert "fold=1" in page.url
    assert count_shown(page) == "3 names, 4 ties"


def test_without_such_deals_there_is_no_switch(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    assert visit(alliances).page.locator("#fold").count() == 0
