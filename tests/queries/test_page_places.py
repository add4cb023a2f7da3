"""Where on the map the nodes of a picture are."""

from __future__ import annotations

from queries.page.payload import make_payloads
from queries.page.places import place_nodes
from queries.picture import Link, Node, Picture, Place


def link(source: str, target: str, type_: str, status: str = "in_effect") -> Link:
    return Link(f"{source}-{target}-{type_}", source, target, type_, "", status, 0.9)


def names_of(*nodes: Node, links: tuple[Link, ...] = ()) -> dict[str, str]:
    found = place_nodes(Picture("", "", nodes, links))
    return {id_: spot.name for id_, spot in found.items()}


SCANIA, RUGAO = Node("s", "Scania", "Firm"), Node("r", "Rugao", "City")


def test_a_place_is_where_it_is_and_a_firm_nowhere() -> None:
    assert names_of(SCANIA, RUGAO) == {"r": "Rugao"}


def test_who_is_based_somewhere_is_there() -> None:
    told = (link("s", "r", "HEADQUARTERED_IN"),)
    assert names_of(SCANIA, RUGAO, links=told) == {"s": "Rugao", "r": "Rugao"}


def test_who_has_a_site_somewhere_or_was_there_is_not() -> None:
    told = (
        link("s", "r", "FACILITY_IN"),
        link("s", "r", "HEADQUARTERED_IN", "ended"),
        link("s", "r", "LOCATED_IN", "denied"),
    )
    assert names_of(SCANIA, RUGAO, links=told) == {"r": "Rugao"}


def test_a_seat_is_surer_than_a_location_and_both_than_what_the_graph_says_besides() -> None:
    scania = Node("s", "Scania", "Firm", home=Place("London", "City"))
    hefei = Node("h", "Hefei", "City")
    located = (link("s", "h", "LOCATED_IN"),)
    both = (link("s", "r", "HEADQUARTERED_IN"), *located)

    assert names_of(scania)["s"] == "London"
    assert names_of(scania, hefei, links=located)["s"] == "Hefei"
    assert names_of(scania, hefei, RUGAO, links=both)["s"] == "Rugao"


def test_of_two_seats_the_surer_counts() -> None:
    hefei = Node("h", "Hefei", "City")
    sure = Link("a", "s", "h", "HEADQUARTERED_IN", "", "in_effect", 0.9)
    unsure = Link("z", "s", "r", "HEADQUARTERED_IN", "", "in_effect", 0.6)

    assert names_of(SCANIA, hefei, RUGAO, links=(sure, unsure))["s"] == "Hefei"


def test_a_deal_is_at_its_site_whatever_its_status() -> None:
    deal = Node("d", "Venture", "Partnership")
    told = (link("d", "r", "SITED_IN", "planned"),)

    assert names_of(deal, RUGAO, links=told)["d"] == "Rugao"


def test_the_other_places_say_which_place_of_a_name_is_meant() -> None:
    turin, coventry = Node("t", "Turin", "City"), Node("c", "Coventry", "City")
    spots = place_nodes(Picture("", "", (turin, coventry, Node("v", "Valencia", "City"))))

    assert spots["v"].place.country == "Spain"


def test_a_picture_without_places_carries_no_world() -> None:
    assert make_payloads(Picture("", "", (SCANIA,)))[0]["world"] is None
    assert make_payloads(Picture("", "", (RUGAO,)))[0]["world"]["width"] > 0
