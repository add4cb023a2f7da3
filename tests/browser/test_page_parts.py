"""An answer of more than five thousand names: communities that open on a click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries.picture import Picture

pytestmark = pytest.mark.browser

READY = "body[data-ready=yes]"


@pytest.fixture
def page(visit: Callable[..., Any], crowd: Callable[..., Picture]) -> Any:
    """The overview of them."""
    return visit(crowd(5_200)).page


def await_part(page: Any) -> None:
    page.wait_for_url("**#part=*")
    page.wait_for_selector("#all-parts:visible")
    page.wait_for_selector(READY)


def test_a_click_opens_a_community_and_the_way_leads_back(page: Any) -> None:
    assert "communities" in page.inner_text(".sum")
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    await_part(page)
    assert "names" in page.inner_text(".sum")
    assert "more ties lead to other communities" in page.inner_text("#part")
    assert not page.is_visible(".notice")

    page.click("#all-parts")
    page.wait_for_selector(".notice:visible")
    page.wait_for_selector(READY)
    assert "communities" in page.inner_text(".sum")


def test_a_name_is_found_in_whatever_community_it_is(page: Any) -> None:
    page.fill("#query", "altek 1")
    found = page.locator("#suggestions [role=option] .suggestion-name").first.inner_text()
    page.press("#query", "Enter")
    await_part(page)

    assert page.inner_text("#panel h2") == found
    page.go_back()
    page.wait_for_selector(".notice:visible")


def test_ties_between_communities_lead_to_their_sentences(page: Any) -> None:
    page.click("#toggle-table")
    page.locator("#table tbody tr").first.locator("button").click()

    assert "said on Monday" in page.inner_text("#panel")


def test_an_address_of_no_community_is_the_overview(page: Any) -> None:
    page.evaluate("location.hash = 'part=9999'")
    page.wait_for_timeout(300)

    assert "communities" in page.inner_text(".sum")
