"""Narrowing the picture: by confidence, time and document, around a name, between two names;
taking it back, and sending it in the page's address."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from queries.picture import Evidence, Link, Node, Picture, Source

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Callable[..., Any], alliances: Picture) -> Any:
    """The realistic answer, open."""
    return visit(alliances).page


@pytest.fixture
def chain(visit: Callable[..., Any]) -> Any:
    """Six firms in a row, a to f, each tie from a year and surer than the one before."""
    names = "abcdef"
    links = tuple(
        Link(
            f"l{i}", one, two, "PARTNERS_WITH", "", "in_effect", 0.5 + i / 10, statements=(f"s{i}",)
        )
        for i, (one, two) in enumerate(pairwise(names))
    )
    picture = Picture(
        "A chain",
        "",
        tuple(Node(name, f"Firm {name}", "Firm") for name in names),
        links,
        tuple(
            Evidence(
                f"s{i}", f"Sentence {i}.", (), f"d{i}", "PARTNERS_WITH", "in_effect", 0.5 + i / 10
            )
            for i in range(5)
        ),
        tuple(Source(f"d{i}", f"Paper {i}", f"{2018 + i}") for i in range(5)),
    )
    return visit(picture).page


def find(page: Any, text: str) -> None:
    page.fill("#query", text)
    page.press("#query", "Enter")


def count_shown(page: Any) -> str:
    return str(page.inner_text(".sum"))


def slide(page: Any, id_: str, value: int) -> None:
    page.eval_on_selector(
        f"#{id_}",
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }",
        str(value),
    )


def fragment(page: Any) -> str:
    return str(page.evaluate("location.hash"))


def test_the_slider_leaves_what_is_sure_enough(chain: Any) -> None:
    slide(chain, "least", 75)

    assert count_shown(chain) == "3 names, 2 ties"
    assert chain.inner_text("output[for=least]") == "75 % or more"


def test_ties_and_sentences_follow_the_time(chain: Any) -> None:
    slide(chain, "time-first", 1)
    slide(chain, "time-last", 2)

    assert count_shown(chain) == "3 names, 2 ties"
    assert "2019 – 2020" in chain.inner_text("#legend-limits")
    find(chain, "Firm b")
    assert chain.locator("#panel blockquote").all_inner_texts() == ["Sentence 1."]
    assert "1 sentence is hidden by the filters." in chain.inner_text("#panel")


def test_one_end_of_the_time_pushes_the_other(chain: Any) -> None:
    slide(chain, "time-last", 1)
    slide(chain, "time-first", 3)

    assert [chain.input_value(f"#time-{end}") for end in ("first", "last")] == ["3", "3"]


def test_playing_lets_the_documents_come_one_after_the_other(chain: Any) -> None:
    chain.click("#play")
    seen = {count_shown(chain)}
    for _ in range(12):
        chain.wait_for_timeout(300)
        seen.add(count_shown(chain))

    assert {"2 names, 1 tie", "3 names, 2 ties", "6 names, 5 ties"} <= seen
    assert chain.inner_text("#play") == "Play"


def test_a_document_can_be_left_out_or_be_the_only_one(chain: Any) -> None:
    chain.click(".limit-papers summary")
    chain.locator(".papers label").nth(0).click()
    assert count_shown(chain) == "5 names, 4 ties"

    chain.locator(".papers .legend-row").nth(2).hover()
    chain.locator(".papers .only").nth(2).click()
    assert count_shown(chain) == "2 names, 1 tie"


@pytest.mark.parametrize(("steps", "names"), [(1, 3), (2, 5), (3, 6)])
def test_only_what_is_so_near_to_a_name(chain: Any, steps: int, names: int) -> None:
    find(chain, "Firm c")
    chain.click(f"#near-{steps}")

    assert count_shown(chain) == f"{names} names, {names - 1} ties"
    assert f"{steps} step{'s' * (steps > 1)} around Firm c" in chain.inner_text("#chips")
    chain.click(f"#near-{steps}")
    assert count_shown(chain) == "6 names, 5 ties"
    assert chain.is_hidden("#chips")


def test_a_deal_is_one_step(page: Any) -> None:
    find(page, "Rugao")
    page.click("#near-1")

    assert count_shown(page) == "2 names, 1 tie"


def test_the_way_between_two_names(page: Any) -> None:
    find(page, "Rugao")
    page.click("#path-from")
    assert "choose the other name" in page.inner_text("#chips")
    find(page, "Hefei")

    # Scandia Trucks runs the works in Rugao and is Volkswagen's, which runs the one in Hefei.
    assert page.inner_text("#chips") == "Rugao – Hefei: 3 steps"
    assert count_shown(page) == "4 names, 3 ties"
    page.click(".chip-clear")
    assert count_shown(page) == "25 names, 24 ties"


def test_a_way_that_the_filters_cut_is_said_so(chain: Any) -> None:
    slide(chain, "least", 75)
    find(chain, "Firm d")
    chain.click("#path-from")
    chain.evaluate("location.hash = 'path=0.5&least=75'")

    chain.wait_for_selector("#chips:has-text('no path')")


def test_what_is_denied_connects_nobody(page: Any) -> None:
    find(page, "Bavarian")
    page.click("#path-from")
    find(page, "Nordcell")

    # A purchase that is denied lies between the two; the way leads over other firms.
    said = page.inner_text("#chips")
    assert "Bavarian Motors – Nordcell" in said
    assert "1 step" not in said


def test_escape_ends_the_choice_of_a_path(chain: Any) -> None:
    find(chain, "Firm a")
    chain.click("#path-from")
    chain.press("#graph", "Escape")

    assert chain.is_hidden("#chips")
    find(chain, "Firm b")
    assert chain.inner_text("#panel h2") == "Firm b"


def test_a_name_is_put_away_and_comes_back(chain: Any) -> None:
    find(chain, "Firm c")
    chain.click("#put-away")
    assert count_shown(chain) == "5 names, 3 ties"

    chain.press("#graph", "Control+z")
    assert count_shown(chain) == "6 names, 5 ties"
    assert chain.is_disabled("#undo")


def test_undo_takes_one_change_after_the_other_back(chain: Any) -> None:
    slide(chain, "least", 65)
    chain.locator(".legend-kinds label").first.click()
    assert count_shown(chain) == "0 names, 0 ties"
    chain.click("#undo")
    assert count_shown(chain) == "4 names, 3 ties"
    chain.click("#undo")
    assert count_shown(chain) == "6 names, 5 ties"


def test_a_name_is_pinned_and_let_go(chain: Any) -> None:
    find(chain, "Firm c")
    chain.click("#pin")

    assert chain.inner_text("#pin") == "Unpin"
    assert chain.get_attribute("#pin", "aria-pressed") == "true"
    chain.click("#pin")
    assert chain.inner_text("#pin") == "Pin"


def test_the_address_keeps_the_view(chain: Any) -> None:
    slide(chain, "least", 60)
    slide(chain, "time-first", 1)
    find(chain, "Firm d")
    chain.click("#near-1")
    told, words = fragment(chain), count_shown(chain)
    address = chain.url

    chain.goto("about:blank")
    chain.goto(address)
    chain.wait_for_selector("body[data-ready=yes]")

    assert told == "#least=60&time=1.4&near=3.1&name=3"
    assert (fragment(chain), count_shown(chain)) == (told, words)
    assert chain.inner_text("#panel h2") == "Firm d"


@pytest.mark.parametrize(
    "told",
    [
        "kinds=9&types=-1&statuses=x&time=3.1&near=99.1&path=0.0&gone=a.b&name=77",
        "<script>alert(1)</script>",
        "%00=%ff&least=1e9&near=0.9",
        "time=0&documents=..&table=yes",
    ],
)
def test_an_address_that_tells_nonsense_is_left(visit: Callable[..., Any], told: str) -> None:
    picture = Picture("One", "", (Node("a", "Alone", "Firm"),))
    page = visit(picture).page
    page.evaluate("told => { location.hash = told; }", told)
    page.wait_for_timeout(100)

    assert count_shown(page) == "1 name, 0 ties"


def test_the_table_finds_rows_and_keeps_the_box_in_focus(page: Any) -> None:
    page.click("#toggle-table")
    page.fill("#table-find", "rugao eur")

    assert page.locator("#table tbody tr").count() == 1
    assert "EUR 2bn" in page.inner_text("#table tbody")
    assert page.evaluate("document.activeElement.id") == "table-find"
    page.fill("#table-find", "")
    assert page.locator("#table tbody tr").count() == 24


def test_what_is_looked_for_narrows_the_table_alone_and_is_reset(page: Any) -> None:
    page.click("#toggle-table")
    page.fill("#table-find", "rugao eur")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed tbody tr").count() == 24
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")

    page.click("#toggle-table")
    page.click("#reset")
    page.click("#toggle-table")
    assert page.input_value("#table-find") == ""
    assert page.locator("#table tbody tr").count() == 24


BLUE = """() => {
  const canvas = document.querySelector("#graph canvas");
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] < 6 && Math.abs(data[at + 1] - 114) < 6 && Math.abs(data[at + 2] - 178) < 6)
      found += 1;
  return found;
}"""


def test_what_is_hidden_stays_hidden_in_other_colours_and_while_names_move(page: Any) -> None:
    assert page.evaluate(BLUE) > 1000  # the firms
    row_of_firms = page.locator(".legend-kinds label").first
    row_of_firms.click()
    assert page.evaluate(BLUE) == 0

    page.click("#toggle-theme")
    page.click("#toggle-theme")
    page.click("#physics")
    page.wait_for_timeout(200)
    page.click("#physics")
    assert page.evaluate(BLUE) == 0
    row_of_firms.click()
    assert page.evaluate(BLUE) > 1000


def test_starting_again_ends_the_play(chain: Any) -> None:
    chain.click("#play")
    chain.click("#reset")
    chain.wait_for_timeout(900)

    assert count_shown(chain) == "6 names, 5 ties"
    assert chain.inner_text("#play") == "Play"


def test_nothing_is_offered_where_there_is_nothing_to_choose(visit: Callable[..., Any]) -> None:
    page = visit(Picture("One", "", (Node("a", "Alone", "Firm"),))).page

    assert page.inner_text("#legend-limits") == ""
