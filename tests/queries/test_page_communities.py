"""Pictures too large for one: an overview of communities, each a picture of its own."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from queries.page.communities import divide
from queries.page.payload import make_payloads
from queries.page.style import style
from queries.picture import Evidence, Link, Node, Picture, Source

CLIQUES, SIZE = 6, 20


def make_cliques() -> Picture:
    """Six groups that all work with one another, in a ring, and five names without a tie."""
    names = [f"g{group} n{i:02}" for group in range(CLIQUES) for i in range(SIZE)]
    pairs = [
        (a, b)
        for group in range(CLIQUES)
        for i, a in enumerate(names[group * SIZE : (group + 1) * SIZE])
        for b in names[group * SIZE + i + 1 : (group + 1) * SIZE]
    ]
    ring = [(f"g{g} n00", f"g{(g + 1) % CLIQUES} n01") for g in range(CLIQUES)]
    status = {pair: "denied" if pair == ring[0] else "in_effect" for pair in (*pairs, *ring)}
    links = tuple(
        Link(f"{a}-{b}", a, b, "PARTNERS_WITH", "", said, 0.9, statements=(f"s{a}-{b}",))
        for (a, b), said in status.items()
    )
    evidence = tuple(
        Evidence(link.statements[0], f"{link.id}.", (), "d", link.type, link.status, 0.9)
        for link in links
    )
    alone = [Node(f"alone {i}", f"alone {i}", "Firm") for i in range(5)]
    nodes = (*(Node(name, name, "Firm") for name in names), *alone)
    return Picture("Rings", "Who?", nodes, links, evidence, (Source("d", "Paper"),))


def make_crowd(size: int, ties: int) -> Picture:
    draw = random.Random(size)
    ids = [f"n{i:05}" for i in range(size)]
    ends = [draw.sample(ids, 2) for _ in range(ties)]
    return Picture(
        "Crowd",
        "",
        tuple(Node(id_, id_, "Firm") for id_ in ids),
        tuple(
            Link(f"l{i}", a, b, "SUPPLIES", "", "in_effect", 0.5) for i, (a, b) in enumerate(ends)
        ),
    )


def test_groups_are_found_and_what_is_left_is_put_together() -> None:
    _, parts = divide(make_cliques())

    found = [sorted({node.name.split()[0] for node in part.picture.nodes}) for part in parts]
    assert sorted(found) == [["alone"], *([f"g{g}"] for g in range(CLIQUES))]
    assert parts[-1].node.name.startswith("Small groups: alone 0")


def test_every_name_and_every_tie_is_somewhere_once() -> None:
    picture = make_crowd(300, 500)
    overview, parts = divide(picture)

    names = [node.id for part in parts for node in part.picture.nodes]
    assert sorted(names) == sorted(node.id for node in picture.nodes)
    inside = sum(len(part.picture.links) for part in parts)
    between = sum(int(link.label.split()[0].replace(",", "")) for link in overview.links)
    assert inside + between == len(picture.links)
    assert sum(part.outside for part in parts) == 2 * between


def test_ties_between_communities_keep_their_sentences_and_their_status() -> None:
    overview, _ = divide(make_cliques())

    assert len(overview.links) == CLIQUES
    assert [link.status for link in overview.links].count("denied") == 1
    assert {item.text for item in overview.evidence} == {
        f"g{g} n00-g{(g + 1) % CLIQUES} n01." for g in range(CLIQUES)
    }
    denied = next(link for link in overview.links if link.status == "denied")
    assert denied.properties == {"Ties": "1 denied"}
    assert denied.label == "1 tie"


def test_a_community_too_large_for_a_plain_picture_is_divided_again() -> None:
    plain = style().limits.plain
    _, parts = divide(make_crowd(4 * plain, 5 * plain))

    assert max(len(part.picture.nodes) for part in parts) <= plain


def test_a_large_picture_comes_as_an_overview_with_its_parts() -> None:
    picture = make_crowd(style().limits.most + 1, 6000)
    first, *parts = make_payloads(picture)

    assert "too many for one picture" in first["notices"][0]
    assert [node["part"] for node in first["nodes"]] == list(range(len(parts)))
    assert sum(len(part["nodes"]) for part in parts) == style().limits.most + 1
    assert [len(names) for names in first["members"]] == [len(part["nodes"]) for part in parts]
    assert all(not part["notices"] for part in parts)


def test_a_picture_within_the_limits_has_no_parts() -> None:
    assert len(make_payloads(make_crowd(100, 150))) == 1


def test_a_star_that_can_not_be_divided_is_reduced() -> None:
    nodes = tuple(Node(f"n{i:05}", f"n{i}", "Firm") for i in range(style().limits.most + 2))
    links = tuple(
        Link(f"l{i}", "n00000", node.id, "SUPPLIES", "", "in_effect", 0.5)
        for i, node in enumerate(nodes[1:])
    )
    (only,) = make_payloads(Picture("Star", "", nodes, links))

    assert len(only["nodes"]) == style().limits.reduced
    assert "Too much for one picture" in only["notices"][0]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_picture_is_divided_alike_whatever_the_hashes(seed: str) -> None:
    code = (
        "from tests_communities import make_crowd; from queries.page.communities import divide;"
        "print([part.node.name for part in divide(make_crowd(900, 1500))[1]])"
    ).replace("tests_communities", "test_page_communities")
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [part.node.name for part in divide(make_crowd(900, 1500))[1]]
    assert told.stdout.strip() == str(here)


def test_folded_ties_stay_with_their_deal() -> None:
    picture = make_cliques()
    (bridge,) = [link for link in picture.links if link.id == "g0 n00-g1 n01"]
    more = replace(bridge, id="folded", folded=True)
    overview, parts = divide(replace(picture, links=(*picture.links, more)))

    assert len(overview.links) == CLIQUES
    assert not [link for part in parts for link in part.picture.links if link.folded]
