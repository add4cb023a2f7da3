"""What rows tell and do: the panel's, the legend's and the table's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries.picture import Link, Node, Picture

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
UNNAMED = """() => {
  const e = document.activeElement;
  const name = e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent;
  return e === document.body || name.trim() ? "" : `${e.tagName}.${e.className}`;
}"""
STAFF = {"role": "chief executive", "since": "2025-05"}
CENTRE = {"kind": "rnd_centre", "amount_text": "EUR 640m", "since": "2027"}


@pytest.fixture
def page(visit: Callable[..., Any], alliances: Picture) -> Any:
    """The realistic answer, open."""
    return visit(alliances).page


@pytest.fixture
def facts_page(visit: Callable[..., Any]) -> Any:
    """One firm, who works for it, and the centre that it plans."""
    nodes = (
        Node("a", "Ada Lund", "Person"),
        Node("b", "Boreal", "Firm"),
        Node("c", "Kiruna", "City"),
    )
    links = (
        Link("1", "a", "b", "EMPLOYED_BY", "", "in_effect", 1.0, properties=STAFF),
        Link("2", "b", "c", "FACILITY_IN", "", "planned", 1.0, properties=CENTRE),
        Link("3", "b", "c", "HEADQUARTERED_IN", "", "in_effect", 1.0),
    )
    return visit(Picture("Boreal", "", nodes, links)).page


def find(page: Any, text: str) -> None:
    page.fill("#query", text)
    page.press("#query", "Enter")


def press_only(page: Any, name: str) -> None:
    page.locator(f"[aria-label='Only {name}']").dispatch_event("click")


def weight_of(page: Any, text: str) -> Any:
    row = page.locator(".legend-types .legend-row", has=page.get_by_text(text, exact=True))
    return row.locator("line").get_attribute("class")


def column(page: Any, name: str) -> list[str]:
    return page.locator(f"#table tbody .cell-{name}").all_inner_texts()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("tie", "weight"),
    [
        ("joint venture with", "weight-strong"),
        ("is a subsidiary of", "weight-plain"),
        ("works for", "weight-faint"),
    ],
)
def test_the_legend_shows_how_heavily_a_tie_is_drawn(page: Any, tie: str, weight: str) -> None:
    assert weight_of(page, tie) == weight


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Ada Lund", "chief executive · since 2025-05"),
        ("Kiruna", "R&D centre · EUR 640m · from 2027"),
    ],
)
def test_a_row_of_the_panel_tells_what_is_known_of_the_tie(
    facts_page: Any, name: str, facts: str
) -> None:
    find(facts_page, "boreal")

    rows = facts_page.locator("#panel .tie-row").all_inner_texts()
    assert any(row.startswith(f"{name}\n{facts}") for row in rows)


def test_firms_alone_keep_the_deals_between_them(page: Any) -> None:
    press_only(page, "Firms")

    page.click("#toggle-table")
    assert "Joint venture, EUR 1.4bn" in column(page, "tie")


def test_a_deal_goes_with_all_but_one_of_its_parties(page: Any) -> None:
    press_only(page, "Institute")

    page.click("#toggle-table")
    assert column(page, "tie") == []


def test_firms_alone_are_all_the_firms_that_the_legend_counts(page: Any) -> None:
    press_only(page, "Firms")

    count = page.locator(".legend-kinds .legend-row", has_text="Firms").locator(".legend-count")
    assert page.inner_text(".sum").startswith(f"{count.inner_text()} names")


def test_names_left_without_a_tie_that_is_ticked_are_counted(page: Any) -> None:
    press_only(page, "supplies")

    assert page.inner_text(".sum") == "4 names, 2 ties"
    assert page.inner_text("#tieless") == (
        "21 names have no tie of those ticked and are not drawn."
    )


def test_enter_on_a_name_in_the_panel_leads_to_the_new_title(page: Any) -> None:
    find(page, "nordcell")
    page.focus("#panel .tie-row")

    page.keyboard.press("Enter")

    assert page.inner_text("#panel h2") != "Nordcell"
    assert page.evaluate("document.activeElement.id") == "panel-title"


def test_every_tab_stop_has_a_name(page: Any) -> None:
    find(page, "nordcell")
    unnamed = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        unnamed.add(page.evaluate(UNNAMED))

    assert unnamed == {""}


def test_the_ring_of_the_title_is_not_cut_off(page: Any) -> None:
    find(page, "nordcell")

    room = page.evaluate(
        "() => { const box = (q) => document.querySelector(q).getBoundingClientRect();"
        " return box('#panel-title').left - box('.panel-words').left }"
    )
    assert room >= 5  # the ring: 2 px, 3 px away


def test_a_click_anywhere_on_a_row_of_the_table_opens_it(page: Any) -> None:
    page.click("#toggle-table")

    page.click("#table tr:has-text('Plant, EUR 2bn') .cell-status")

    assert page.inner_text("#panel h2") == "Plant, EUR 2bn"
    assert page.locator("#table tr.chosen").count() == 1


def test_the_row_that_was_opened_stays_in_sight(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    page = visit(alliances, **PHONE).page
    page.click("#toggle-table")

    page.click("#table tr:has-text('Jiangnan University'):has-text('University of Kiel') button")

    row, panel = page.locator("tr.chosen").bounding_box(), page.locator("#panel").bounding_box()
    assert row["y"] + row["height"] <= panel["y"]


def test_a_denied_tie_is_not_worded_as_one_that_is(page: Any) -> None:
    find(page, "bavarian")
    page.click("#panel .ties li:has-text('Nordcell') .why")

    assert page.inner_text("#panel .under") == "Bavarian Motors acquired (denied) Nordcell"


def test_by_key_a_row_leads_to_the_details_and_escape_back(page: Any) -> None:
    page.click("#toggle-table")
    page.focus("#table tr:has-text('Plant, EUR 2bn') button")

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.textContent") == "Plant, EUR 2bn"


def test_columns_without_a_word_are_left_out(page: Any, facts_page: Any) -> None:
    def heads(of: Any) -> list[str]:
        of.click("#toggle-table")
        return of.locator("#table thead th").all_inner_texts()  # type: ignore[no-any-return]

    usual = ["From", "Tie", "To"]
    assert heads(facts_page) == [
        *usual, "Kind or role", "Amount", "Since", "Status", "Sentences",
    ]  # fmt: skip
    assert "Since" not in heads(page)


def test_a_click_on_a_column_head_sorts_and_another_turns_it_round(page: Any) -> None:
    page.click("#toggle-table")
    head = page.locator("#table th", has=page.locator("#sort-to"))
    assert head.get_attribute("aria-sort") == "none"

    page.click("#sort-to")
    assert head.get_attribute("aria-sort") == "ascending"
    up = [text for text in column(page, "to") if text]
    page.click("#sort-to")

    assert head.get_attribute("aria-sort") == "descending"
    assert [text for text in column(page, "to") if text] != up
    assert sorted(column(page, "to")) == sorted(up)


def test_what_says_nothing_comes_last_either_way(facts_page: Any) -> None:
    facts_page.click("#toggle-table")
    facts_page.click("#sort-since")
    assert column(facts_page, "since") == ["2025-05", "2027", ""]

    facts_page.click("#sort-since")

    assert column(facts_page, "since") == ["2027", "2025-05", ""]


def test_a_site_is_the_place_of_a_deal_and_no_party(page: Any) -> None:
    page.click("#toggle-table")

    row = page.locator("#table tr:has-text('Joint venture, EUR 1.4bn')")
    assert row.locator(".cell-place").inner_text() == "Saxony"
    assert "Saxony" not in row.locator(".cell-to").inner_text()


def test_on_a_phone_the_table_breaks_no_word(visit: Callable[..., Any], alliances: Picture) -> None:
    page = visit(alliances, **PHONE).page
    page.click("#toggle-table")

    assert page.evaluate("document.getElementById('table').scrollWidth") <= 390
    # A word broken inside would make the head of its column higher than one line.
    heights = page.evaluate(
        "() => [...document.querySelectorAll('#table .sort')].map((b) => b.scrollHeight)"
    )
    assert max(heights) <= 40
    narrowest = page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('#table .cell-to')]"
        ".map((cell) => cell.getBoundingClientRect().width))"
    )
    assert narrowest > 300


def test_sorting_survives_a_filter(page: Any) -> None:
    page.click("#toggle-table")
    page.click("#sort-sentences")

    press_only(page, "Firms")

    head = page.locator("#table th", has=page.locator("#sort-sentences"))
    assert head.get_attribute("aria-sort") == "ascending"


def test_the_amount_of_a_deal_stands_in_the_table(page: Any) -> None:
    page.click("#toggle-table")

    row = page.locator("#table tr:has-text('Joint venture, EUR 1.4bn')")
    assert row.locator(".cell-amount").inner_text() == "EUR 1.4bn"
