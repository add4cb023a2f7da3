"""Where nodes stand: apart, the same on every run, in the form of a screen."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.page.layout import lay_out

Ties = list[tuple[int, int]]


def make_ties(size: int, seed: int) -> Ties:
    chance = random.Random(seed)
    return [(chance.randrange(size), int(size * chance.random() ** 2)) for _ in range(2 * size)]


def find_least_gap(points: list[tuple[float, float]], radii: list[float]) -> float:
    """The least distance between two circles; negative where they overlap."""
    order = sorted(range(len(points)), key=lambda i: points[i])
    least, reach = math.inf, 2 * max(radii)
    for n, i in enumerate(order):
        for j in order[n + 1 :]:
            if points[j][0] - points[i][0] > reach:
                break
            least = min(least, math.dist(points[i], points[j]) - radii[i] - radii[j])
    return least


@pytest.mark.parametrize("size", [2, 25, 300, 1000])
def test_no_two_circles_overlap(size: int) -> None:
    radii = [6.0 + i % 20 for i in range(size)]

    points = lay_out(radii, make_ties(size, seed=3), label_room=size <= 150)

    assert find_least_gap(points, radii) > 0


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 30).flatmap(
        lambda n: st.tuples(
            st.lists(st.floats(1, 40), min_size=n, max_size=n),
            st.lists(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)) if n else st.nothing()
            ),
            st.booleans(),
        )
    )
)
def test_any_graph_has_a_layout(graph: tuple[list[float], Ties, bool]) -> None:
    radii, ties, label_room = graph

    points = lay_out(radii, ties, label_room=label_room)

    assert len(points) == len(radii)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in points)
    assert len(points) < 2 or find_least_gap(points, radii) > 0


@pytest.mark.parametrize("size", [40, 400])
def test_the_same_graph_stands_the_same(size: int) -> None:
    ties = make_ties(size, seed=8)

    first = lay_out([9.0] * size, ties)
    again = lay_out([9.0] * size, [(b, a) for a, b in reversed(ties)])

    assert first == again


def test_components_fill_a_screen() -> None:
    ties = [(3 * i, 3 * i + 1) for i in range(40)] + [(3 * i, 3 * i + 2) for i in range(40)]

    points = lay_out([9.0] * 120, ties)

    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    assert 1.2 < wide / high < 2.1


def test_a_hub_stays_in_the_midst() -> None:
    points = lay_out([25.0] + [12.0] * 38, [(0, i) for i in range(1, 39)])

    middle = (sum(x for x, _ in points) / 39, sum(y for _, y in points) / 39)
    reach = max(math.dist(points[0], point) for point in points)
    assert math.dist(points[0], middle) < 0.15 * reach
