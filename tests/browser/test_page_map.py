"""The map: names where they are, ties as arcs, the same filters and the same panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from queries.picture import Evidence, Link, Node, Picture, Place

pytestmark = pytest.mark.browser


@pytest.fixture
def sites() -> Picture:
    """Two firms with their seats, a plant far away, one that is denied, a venture of two homes."""
    nodes = (
        Node("v", "Volkswagen", "Firm", home=Place("Wolfsburg", "City")),
        Node("s", "Scania", "Firm", home=Place("Södertälje", "City")),
        Node("x", "Nowhere Works", "Firm"),
        Node("h", "Hefei", "City"),
        Node("r", "Rugao", "City"),
    )
    said = [
        ("v", "h", "FACILITY_IN", "in_effect"),
        ("s", "r", "FACILITY_IN", "denied"),
        ("v", "s", "SUPPLIES", "in_effect"),
        ("v", "x", "SUPPLIES", "in_effect"),
    ]
    links = tuple(
        Link(f"{a}{b}", a, b, type_, "", status, 0.9, statements=(f"e{a}{b}",))
        for a, b, type_, status in said
    )
    evidence = tuple(
        Evidence(f"e{a}{b}", f"{a} with {b}.", (), "", type_, status, 0.9)
        for a, b, type_, status in said
    )
    return Picture("Sites", "", nodes, links, evidence)


@pytest.fixture
def page(visit: Callable[..., Any], sites: Picture) -> Any:
    """The map of them."""
    found = visit(sites).page
    found.click("#toggle-map")
    return found


def list_markers(page: Any) -> list[str]:
    found = page.locator(".marker").evaluate_all(
        "all => all.filter(m => m.getAttribute('display') !== 'none')"
        ".map(m => m.getAttribute('aria-label'))"
    )
    return sorted(found)


def test_names_are_where_they_are(page: Any) -> None:
    assert list_markers(page) == [
        "Hefei: Hefei",
        "Rugao: Rugao",
        "Södertälje: Scania",
        "Wolfsburg: Volkswagen",
    ]
    assert page.inner_text("#map-note") == "4 of 5 names have a place on the map"
    assert page.locator(".lane").count() == 3


def test_places_are_written_beside_their_markers(page: Any) -> None:
    written = page.locator(".atlas text").all_text_contents()
    assert {"Wolfsburg", "Volkswagen", "Hefei"} <= set(written)


def test_a_marker_opens_what_is_known_of_its_name(page: Any) -> None:
    page.locator(".marker[aria-label^=Wolfsburg]").click()

    assert page.inner_text("#panel h2") == "Volkswagen"
    assert "v with h." in page.inner_text("#panel")


def test_several_names_at_a_place_are_listed(visit: Callable[..., Any], sites: Picture) -> None:
    more = Node("m", "Museum", "Organisation", home=Place("Wolfsburg", "City"))
    page = visit(replace(sites, nodes=(*sites.nodes, more))).page
    page.click("#toggle-map")
    page.locator(".marker[aria-label^=Wolfsburg]").click()

    assert page.inner_text("#panel h2") == "Wolfsburg"
    assert {"Museum", "Volkswagen"} <= set(page.locator("#panel .tie-name").all_inner_texts())
    page.locator("#panel .tie-row", has_text="Museum").click()
    assert page.inner_text("#panel h2") == "Museum"


def test_an_arc_opens_its_tie(page: Any) -> None:
    point = page.locator(".lane .hit").first.evaluate(
        "p => { const m = p.getPointAtLength(p.getTotalLength() / 2);"
        " const b = p.ownerSVGElement.getBoundingClientRect(); return [m.x + b.x, m.y + b.y]; }"
    )
    page.mouse.click(*point)

    assert page.inner_text("#panel .over").startswith("Tie")
    assert page.locator("#panel .sentence, #panel blockquote").count() >= 1


def test_the_filters_hold_on_the_map(page: Any) -> None:
    page.locator(".legend-row", has_text="Denied").locator("label").click()

    assert list_markers(page) == ["Hefei: Hefei", "Södertälje: Scania", "Wolfsburg: Volkswagen"]
    assert page.locator(".lane").count() == 2


def test_a_name_that_is_found_stays_on_the_map_if_it_has_a_place(page: Any) -> None:
    page.fill("#query", "scania")
    page.press("#query", "Enter")
    assert page.is_visible("#map")

    page.fill("#query", "nowhere")
    page.press("#query", "Enter")
    assert not page.is_visible("#map")


def test_the_address_keeps_the_map(page: Any) -> None:
    page.reload()
    page.wait_for_selector("body[data-ready=yes]")

    assert page.is_visible("#map")
    assert len(list_markers(page)) == 4


def test_keys_open_a_marker_and_escape_goes_back(page: Any) -> None:
    page.locator(".marker[aria-label^=Hefei]").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Hefei"

    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Hefei: Hefei"
    page.keyboard.press("Escape")
    assert not page.is_visible("#map")


def test_wheel_and_drag_move_the_map_and_open_nothing(page: Any) -> None:
    marker = page.locator(".marker[aria-label^=Hefei]")
    before = marker.bounding_box()
    page.mouse.move(before["x"] + 5, before["y"] + 5)
    page.mouse.down()
    page.mouse.move(before["x"] - 95, before["y"] + 5, steps=5)
    page.mouse.up()

    assert marker.bounding_box()["x"] == pytest.approx(before["x"] - 100, abs=8)
    assert not page.is_visible("#panel")
    page.click("#fit")
    assert marker.bounding_box()["x"] == pytest.approx(before["x"], abs=2)
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -400)
    assert marker.bounding_box()["x"] != pytest.approx(before["x"], abs=30)


def test_keys_move_the_map_and_it_never_leaves_the_stage(page: Any) -> None:
    marker = page.locator(".marker[aria-label^=Hefei]")
    marker.focus()
    before = marker.bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    assert marker.bounding_box()["x"] == pytest.approx(before - 70, abs=2)
    page.keyboard.press("+")
    assert marker.bounding_box()["x"] != pytest.approx(before - 70, abs=2)
    page.keyboard.press("0")
    assert marker.bounding_box()["x"] == pytest.approx(before, abs=2)
    for _ in range(200):
        page.keyboard.press("ArrowRight")
    land = page.locator(".atlas > g").first.bounding_box()
    assert land["x"] + land["width"] > 500


def test_the_map_is_saved_as_it_is_seen(page: Any) -> None:
    page.click("#open-export")
    with page.expect_download() as download:
        page.click("#export-svg")
    root = ElementTree.fromstring(Path(download.value.path()).read_bytes())
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]

    assert "Wolfsburg" in texts
    assert any("GeoNames (CC BY 4.0)" in str(text) for text in texts)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Sites"
    assert not [node for node in root.iter() if node.get("stroke") == "transparent"]


def test_without_places_there_is_no_map(visit: Callable[..., Any], sites: Picture) -> None:
    bare = replace(sites, nodes=(Node("x", "Nowhere Works", "Firm"),), links=(), evidence=())
    assert not visit(bare).page.is_visible("#toggle-map")


def test_a_deal_without_a_site_joins_the_homes_of_its_parties(
    visit: Callable[..., Any], sites: Picture
) -> None:
    deal = Node("d", "Pact", "Partnership", properties={"type": "PARTNERS_WITH"})
    spokes = tuple(
        Link(f"d{party}", party, "d", "PARTY_TO", "", "in_effect", 0.9, directed=False)
        for party in ("v", "s", "x")
    )
    page = visit(replace(sites, nodes=(*sites.nodes, deal), links=spokes, evidence=())).page
    page.click("#toggle-map")

    assert page.locator(".lane").count() == 1
