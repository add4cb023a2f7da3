"""Measures of the network, against small networks whose values are known."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import QueryError
from extract.ontology import ontology
from graph.measures import list_measures
from graph.store import Store
from queries.analysis import analyse, measures
from queries.analysis.analyse import _read
from queries.analysis.measuring import (
    MEASURES,
    Known,
    _assortativity,
    _weigh_bridges,
    find_communities,
)
from queries.drawing import draw
from queries.formats import as_csv, as_json, in_words
from queries.values import NodeValue


def network_of(*pairs: tuple[str, str]) -> nx.Graph[str]:
    network: nx.Graph[str] = nx.Graph()
    for a, b in pairs:
        network.add_edge(a, b, ties=1)
    for id_ in network:
        told = {"name": id_, "kind": "Firm", "id": id_}
        network.nodes[id_]["node"] = NodeValue(id_, ("Entity", "Firm"), told)
    return network


def rows_of(measure: str, network: nx.Graph[str]) -> list[tuple[str, ...]]:
    return [tuple(in_words(value) for value in row) for row in MEASURES[measure](network, Known())]


BARBELL = network_of(*combinations("abcd", 2), ("d", "e"), *combinations("efgh", 2))


def test_who_lies_between() -> None:
    found = rows_of("betweenness", BARBELL)
    assert found[0] == ("d", "Firm", "0.5714", "4")
    assert {row[0] for row in found[:2]} == {"d", "e"}
    assert found[-1][2] == "0"


def test_a_star_s_middle_brokers_and_leaves_do_not() -> None:
    star = network_of(*(("m", leaf) for leaf in "abcd"), ("a", "b"))
    found = rows_of("brokers", star)
    assert [row[0] for row in found] == ["m"]


def test_the_core_is_the_densest_part() -> None:
    found = rows_of("core", network_of(*combinations("abcd", 2), ("d", "x")))
    assert [row[:3] for row in found[:4]] == [(id_, "Firm", "3") for id_ in "abcd"]
    assert found[-1] == ("x", "Firm", "1", "1")


def test_communities_are_the_cliques() -> None:
    assert [sorted(group) for group in find_communities(BARBELL)] == [list("abcd"), list("efgh")]
    assert rows_of("communities", BARBELL)[0] == ("d, a, b …", "4", "6", "d; a; b; c")


def test_a_bridge_joins_two_parts_and_a_leaf_hangs_on_none() -> None:
    hung = BARBELL.copy()
    hung.add_edge("a", "x", ties=1)
    hung.nodes["x"]["node"] = NodeValue("x", ("Entity", "Firm"), {"name": "x"})
    assert rows_of("bridges", hung) == [("d", "e", "4")]


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14))
def test_bridges_are_weighed_as_removing_them_would(pairs: set[tuple[int, int]]) -> None:
    network = network_of(*((str(a), str(b)) for a, b in sorted(pairs) if a != b))
    found = dict(_weigh_bridges(network))
    assert set(found) == {tuple(sorted(pair)) for pair in nx.bridges(network)}
    for pair, size in found.items():
        without = network.copy()
        without.remove_edge(*pair)
        assert size == min(len(nx.node_connected_component(without, end)) for end in pair)


def test_the_likeliest_partners_share_the_most() -> None:
    square = network_of(("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("c", "y"))
    found = rows_of("likely-partners", square)
    assert found[0][:2] == ("x", "y")
    assert found[0][3] == "a; b"
    scores = {(min(a, b), max(a, b)): s for a, b, s in nx.adamic_adar_index(square) if s}
    assert {(a, b): float(s) for a, b, s, _ in found} == pytest.approx(scores, abs=0.01)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), min_size=1, max_size=30))
def test_assortativity_is_newmans(pairs: list[tuple[str, str]]) -> None:
    network = nx.MultiGraph()
    for at, (a, b) in enumerate(pairs):
        network.add_node(f"{at}a", value=a)
        network.add_node(f"{at}b", value=b)
        network.add_edge(f"{at}a", f"{at}b")
    ours = _assortativity(pairs)
    if ours is None:
        assert len({value for pair in pairs for value in pair}) == 1
        return
    theirs = nx.attribute_assortativity_coefficient(network, "value")
    assert ours == pytest.approx(theirs, abs=0.001)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_answers_in_every_way(world: Store, measure: str) -> None:
    answer = analyse(world, measure)
    assert answer.columns == tuple(measures()[measure].columns)
    assert all(len(row) == len(answer.columns) for row in answer.rows)
    assert as_csv(answer)
    assert as_json(answer)
    assert draw(world, answer).title == measures()[measure].title


def test_who_is_tied_in_any_way_is_no_next_partner() -> None:
    square = network_of(("a", "x"), ("b", "x"), ("c", "x"))
    known = Known(tied={frozenset("ab")})
    found = [row[:2] for row in MEASURES["likely-partners"](square, known)]
    assert [(a.name, b.name) for a, b in found] == [("a", "c"), ("b", "c")]  # type: ignore[attr-defined]


def test_parties_of_a_denied_deal_are_no_likely_partners(world: Store) -> None:
    pairs = {(in_words(row[0]), in_words(row[1])) for row in analyse(world, "likely-partners").rows}
    assert ("Alfa Motors", "Delta Chips") not in pairs
    assert pairs


def test_a_page_of_a_measure_of_nobody_tells_it(world: Store) -> None:
    assert "kind: " in draw(world, analyse(world, "assortativity")).note


def test_measures_are_told_and_made() -> None:
    assert set(measures()) == set(MEASURES)
    assert set(_read()["not_counted"]) <= set(ontology().relations)


def test_what_is_planned_or_denied_counts_for_nothing(world: Store) -> None:
    names = {row[0].name for row in analyse(world, "degree").rows}  # type: ignore[attr-defined]
    assert "Delta Chips" not in names  # only denied and rumoured ties
    assert "Epsilon Labs" not in names
    assert "Suzhou" not in names  # only a planned plant


def test_a_year_counts_alone(world: Store) -> None:
    names = {row[0].name for row in analyse(world, "degree", year="2025-11").rows}  # type: ignore[attr-defined]
    assert "Volkswagen" in names
    assert "Gamma Steel" not in names
    assert analyse(world, "degree", year="1999").rows == ()
    assert "Nothing to measure" in analyse(world, "degree", year="1999").note


def test_who_weighs_most_is_drawn_largest(world: Store) -> None:
    answer = analyse(world, "betweenness")
    picture = draw(world, answer)
    weights = {node.name: node.weight for node in picture.nodes if node.weight is not None}
    first, _, value, _ = answer.rows[0]
    assert weights[first.name] == value == max(weights.values())  # type: ignore[attr-defined]


def test_communities_lend_their_members_a_colour(world: Store) -> None:
    answer = analyse(world, "communities")
    groups = {node.name: node.group for node in draw(world, answer).nodes}
    for name, _, _, members in answer.rows:
        assert {groups[member.name] for member in members} == {name}  # type: ignore[attr-defined]


def test_what_was_measured_is_kept_of_all_not_only_of_the_first_rows(world: Store) -> None:
    whole = analyse(world, "pagerank").rows
    shown = analyse(world, "pagerank", limit=1, write=True).rows
    kept = world.read("MATCH (e:Entity) WHERE e.pagerank IS NOT NULL RETURN e.id, e.pagerank")

    assert shown == whole[:1]
    assert {row["e.id"]: row["e.pagerank"] for row in kept} == {row[0].id: row[2] for row in whole}  # type: ignore[attr-defined]
    assert [m.id for m in list_measures(world)] == ["pagerank"]


def test_a_community_is_kept_by_its_name(world: Store) -> None:
    name, size, *_ = analyse(world, "communities", write=True).rows[0]
    kept = world.read("MATCH (e:Entity {community: $name}) RETURN e.id", {"name": name})

    assert len(kept) == size


def test_what_is_measured_of_pairs_can_not_be_kept(world: Store) -> None:
    with pytest.raises(QueryError, match="bridges is measured of no single entity"):
        analyse(world, "bridges", write=True)


def test_kinds_and_countries_are_compared(world: Store) -> None:
    rows = analyse(world, "assortativity").rows
    assert [row[0] for row in rows] == ["kind", "home country"]


@pytest.mark.parametrize(
    ("measure", "year", "said"),
    [
        ("betweeness", None, "did you mean betweenness"),
        ("degree", "soon", "is no year or month"),
        ("degree", "2024-13", "is no year or month"),
    ],
)
def test_a_wrong_wish_is_one_line(world: Store, measure: str, year: str | None, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        analyse(world, measure, year=year)


def test_a_row_of_firms_has_its_middle_between() -> None:
    chain = network_of(*pairwise("abcde"))
    assert rows_of("betweenness", chain)[0][:3] == ("c", "Firm", "0.6667")
