"""What a reader does with the page: find, open, filter, read, by mouse, keyboard and thumb."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries.page import write
from queries.picture import Evidence, Link, Node, Picture, Source

pytestmark = pytest.mark.browser

TEXT = "🚗 Volkswagen is in Hefei."
CONTROLS = "query toggle-table toggle-theme kinds-0 statuses-0 types-0 graph zoom-in fit reset"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def page(visit: Callable[..., Any], alliances: Picture) -> Any:
    """The realistic answer, open."""
    return visit(alliances).page


def find(page: Any, text: str) -> None:
    page.fill("#query", text)
    page.press("#query", "Enter")


def count_in_legend(page: Any) -> str:
    return str(page.inner_text(".sum"))


def row_of(page: Any, text: str) -> Any:
    return page.locator(".legend-row", has=page.get_by_text(text, exact=True)).locator("label")


def test_the_head_says_what_was_asked_and_of_what(page: Any) -> None:
    head = page.inner_text("header.head")

    assert "Who works with whom in electric cars" in head
    assert "industry electric cars" in head
    assert "5 documents · 31 Dec 2024 – 3 Nov 2025" in head


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("renova", "Rénova Automobiles"),
        ("RÉNOVA AUTO", "Rénova Automobiles"),
        ("skoda", "Škoda Power"),
        ("sorensen", "Ingrid Sørensen"),
        ("vw", "Volkswagen"),
        ("britain", "United Kingdom"),
    ],
)
def test_search_ignores_case_and_accents_and_knows_aliases(
    page: Any, query: str, name: str
) -> None:
    find(page, query)

    assert page.inner_text("#panel h2") == name


def test_arrows_walk_through_the_suggestions(page: Any) -> None:
    page.fill("#query", "university")
    options = page.locator("#suggestions [role=option]")
    assert options.count() == 2
    second = options.nth(1).locator(".suggestion-name").inner_text()

    page.press("#query", "ArrowDown")
    assert page.get_attribute("#query", "aria-activedescendant") == "suggestion-1"
    page.press("#query", "Enter")

    assert page.inner_text("#panel h2") == second
    assert page.get_attribute("#query", "aria-expanded") == "false"


def test_a_name_that_is_not_there_is_said_so(page: Any) -> None:
    page.fill("#query", "nobody at all")

    assert page.inner_text("#suggestions") == "No such name in this answer"


def click_middle(page: Any) -> None:
    """Where a lone node stands, or the tie between two."""
    box = page.locator("#graph").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 6)


def test_a_click_on_a_node_opens_it(visit: Callable[..., Any]) -> None:
    page = visit(Picture("One", "", (Node("a", "Alone", "Firm", properties={"count": "3"}),))).page

    click_middle(page)

    assert page.inner_text("#panel h2") == "Alone"
    assert page.inner_text("#panel .facts") == "At least\n3"


def test_a_click_on_a_tie_opens_its_sentence_with_both_names_marked(
    visit: Callable[..., Any],
) -> None:
    picture = Picture(
        "Two",
        "",
        (Node("a", "Volkswagen", "Firm"), Node("b", "Hefei", "City")),
        (Link("l", "a", "b", "LOCATED_IN", "", "in_effect", 1.0, statements=("s",)),),
        (Evidence("s", TEXT, ((2, 12), (19, 24)), "d", "LOCATED_IN", "in_effect", 1.0),),
        (Source("d", "News", "2025-01-02"),),
    )  # fmt: skip
    page = visit(picture).page

    click_middle(page)

    assert page.inner_text("#panel h2") == "Volkswagen – Hefei"
    assert page.inner_text("#panel blockquote") == TEXT
    assert page.locator("#panel mark").all_inner_texts() == ["Volkswagen", "Hefei"]


def test_a_click_on_nothing_closes_the_panel(page: Any) -> None:
    find(page, "skoda")
    box = page.locator("#graph").bounding_box()

    page.mouse.click(box["x"] + 5, box["y"] + 5)

    assert page.is_hidden("#panel")


def test_the_panel_of_a_name_groups_its_ties(page: Any) -> None:
    find(page, "nordcell")

    text = page.inner_text("#panel")
    assert "also Nordcell AB" in text
    assert page.locator("#panel .tie-groups h3").all_inner_texts() == [
        "Partners with\n2", "Has investor", "Acquired by", "Is a member of",
    ]  # fmt: skip
    assert "Denied" in text


def test_a_tie_opens_with_its_own_sentence(page: Any) -> None:
    find(page, "bavarian")
    page.click("#panel .ties li:has-text('Horizon Chips') .why")

    assert page.inner_text("#panel h2") == "Bavarian Motors – Horizon Chips"
    assert page.locator("#panel blockquote").all_inner_texts() == [
        "Bavarian Motors and Horizon Chips develop driving computers together."
    ]
    assert page.locator("#panel mark").all_inner_texts() == ["Bavarian Motors", "Horizon Chips"]
    assert "The Harbour Times, 3 Nov 2025" in page.inner_text("#panel .document footer")
    assert "93 %" in page.inner_text("#panel .facts")


def test_a_deal_shows_parties_place_and_amount_and_leads_back(page: Any) -> None:
    find(page, "saicon")
    page.click("#panel .tie-row:has-text('Joint venture, EUR 1.4bn')")

    panel = page.inner_text("#panel")
    assert page.inner_text("#panel h2") == "Joint venture, EUR 1.4bn"
    for text in ("Volkswagen", "Catena Energy", "Saicon Motor", "Saxony", "Announced"):
        assert text in panel
    page.click("#panel [aria-label=Back]")
    assert page.inner_text("#panel h2") == "Saicon Motor"


def test_a_kind_is_hidden_by_its_row_of_the_legend(page: Any) -> None:
    assert count_in_legend(page) == "25 names, 24 ties"

    row_of(page, "Firms").click()

    assert count_in_legend(page) == "13 names, 5 ties"
    page.click("#show-all")
    assert count_in_legend(page) == "25 names, 24 ties"


def test_denied_ties_and_their_sentences_go_by_the_status_row(page: Any) -> None:
    find(page, "nordcell")
    assert "denied that it would buy" in page.inner_text("#panel")

    row_of(page, "Denied").click()

    panel = page.inner_text("#panel")
    assert "denied that it would buy" not in panel
    assert "1 sentence is hidden by the filters" in panel
    assert "acquired by" not in panel.lower()
    assert count_in_legend(page) == "25 names, 23 ties"


def test_a_tie_type_can_be_shown_alone(page: Any) -> None:
    page.locator(".legend-types .legend-row", has_text="supplies").hover()
    page.locator(".legend-types .legend-row", has_text="supplies").locator(".only").click()

    assert count_in_legend(page) == "4 names, 2 ties"


def test_a_search_brings_back_what_was_filtered(page: Any) -> None:
    row_of(page, "Firms").click()
    find(page, "volkswagen")

    assert count_in_legend(page) == "25 names, 24 ties"
    assert page.inner_text("#panel h2") == "Volkswagen"


def test_ties_that_may_not_be_are_told_from_others(page: Any) -> None:
    def dash(text: str) -> str | None:
        return row_of(page, text).locator("line").get_attribute("stroke-dasharray")  # type: ignore[no-any-return]

    dashes = [dash(text) for text in ("In effect", "Announced", "Planned", "Ended", "Denied")]

    assert dashes[0] is None
    assert len(set(dashes)) == 5
    assert row_of(page, "Denied").locator("text").text_content() == "×"


def test_the_keyboard_alone_opens_reads_and_closes(page: Any) -> None:
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    said = page.inner_text("#spoken")
    assert said.startswith("Volkswagen, Firm, ")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#spoken") != said

    page.keyboard.press("Enter")
    assert page.is_visible("#panel")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")

    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.id") == "graph"


def test_tab_reaches_every_control_and_shows_where_it_is(page: Any) -> None:
    seen = []
    for _ in range(110):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement; const box = e.matches('.legend-row input')"
            " ? e.nextElementSibling : e;"
            " return [e.id, getComputedStyle(box).outlineStyle !== 'none' || e.id === 'graph'] }"
        )
        seen.append(here)
    reached = {id_ for id_, _ in seen}
    assert set(CONTROLS.split()) <= reached
    assert all(ringed for id_, ringed in seen if id_)


def test_the_table_lists_the_same_ties_and_opens_them(page: Any) -> None:
    page.click("#toggle-table")
    assert page.inner_text("#table caption") == "24 ties"

    page.click("#table tr:has-text('Scandia Trucks'):has-text('Rugao') button")

    assert page.inner_text("#panel h2") == "Plant, EUR 2bn"
    page.keyboard.press("Escape")
    row_of(page, "Denied").click()
    assert page.inner_text("#table caption") == "23 ties"


def test_colours_follow_the_system_and_the_button(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    page = visit(alliances, color_scheme="dark").page
    assert page.get_attribute("html", "data-theme") == "dark"

    page.click("#toggle-theme")

    assert page.get_attribute("html", "data-theme") == "light"


def test_reset_puts_everything_back(page: Any) -> None:
    find(page, "nordcell")
    row_of(page, "Denied").click()

    page.click("#reset")

    assert page.is_hidden("#panel")
    assert count_in_legend(page) == "25 names, 24 ties"


def test_the_panel_lies_over_the_picture_and_leaves_its_size(page: Any) -> None:
    before = page.locator("#graph canvas").bounding_box()
    find(page, "nordcell")

    assert page.locator("#graph canvas").bounding_box() == before


def test_on_a_phone_the_details_are_a_sheet_from_the_bottom(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    page = visit(alliances, **PHONE).page
    assert page.is_hidden("#legend")
    assert page.is_hidden("#zoom-in")

    find(page, "shanghai")

    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == 844
    assert box["height"] < 844 * 0.6
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_the_legend_opens_as_a_sheet(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    page = visit(alliances, **PHONE).page
    page.click("#open-legend")
    row_of(page, "Firms").click()
    assert count_in_legend(page) == "13 names, 5 ties"

    page.click("#close-legend")

    assert page.is_hidden("#legend")


def test_an_empty_answer_says_so(visit: Callable[..., Any]) -> None:
    page = visit(Picture("Partners of Nobody", "Who?")).page

    assert "Nothing was found" in page.inner_text("#nothing")


def test_an_empty_answer_with_a_note_says_the_note_once_and_no_more(
    visit: Callable[..., Any],
) -> None:
    page = visit(Picture("Partners of Nobody", "Who?", note="Near names: Noboda.")).page

    assert page.inner_text("#nothing") == "Near names: Noboda."
    assert page.inner_text("body").count("Noboda") == 1


def test_a_note_on_what_is_drawn_stands_in_the_head(visit: Callable[..., Any]) -> None:
    note = "58 of 78 ties are shown: the strongest."
    page = visit(Picture("Some", "", (Node("a", "Alone", "Firm"),), note=note)).page

    assert page.inner_text("header .note") == note


def test_without_scripts_the_ties_are_read_as_text(
    browser: Any, alliances: Picture, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write(alliances, tmp_path / "plain.html").as_uri())

    assert "Scandia Trucks is a subsidiary of Volkswagen (in effect)" in page.inner_text("noscript")
    context.close()


def test_paper_gets_a_light_picture_and_the_ties(
    visit: Callable[..., Any], alliances: Picture
) -> None:
    page = visit(alliances, color_scheme="dark").page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.get_attribute("html", "data-theme") == "light"
    assert page.locator("#printed tbody tr").count() == 24
    assert page.is_hidden("#query")
