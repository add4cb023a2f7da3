"""How far apart two entities stand, against a slow and simple count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model.pairs import SIZES, Members, pair_features

Make = Callable[..., Members]

LENGTH = 60
_PLACES = st.lists(st.integers(0, LENGTH - 1), min_size=1, max_size=12, unique=True)
_OWNERS = st.lists(st.integers(0, 4), min_size=12, max_size=12)
_BREAKS = st.sets(st.integers(1, LENGTH - 1), max_size=6)


def _by_owner(places: list[int], owners: list[int]) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for place, owner in zip(places, owners, strict=False):
        rows.setdefault(owner, []).append(place)
    return list(rows.values())


def _sentences(breaks: set[int]) -> np.ndarray:
    return np.cumsum([int(at in breaks) for at in range(LENGTH)])


def _counted(rows: list[list[int]], sentences: np.ndarray, head: int, tail: int) -> list[int]:
    """The features of one pair, from every pair of mentions."""
    order = sorted(place for row in rows for place in row)

    def cost(pair: tuple[int, int]) -> tuple[int, int, int]:
        one, other = pair
        return (
            1000 * abs(int(sentences[one]) - int(sentences[other])) + abs(one - other),
            other,
            one,
        )

    one, other = min(((a, b) for a in rows[head] for b in rows[tail]), key=cost)
    between = abs(order.index(one) - order.index(other)) - 1
    return [
        min(abs(int(sentences[one]) - int(sentences[other])), 3),
        bisect_left([3, 6, 12, 24, 48, 96], abs(one - other)),
        min(max(between, 0), 3),
        int(one < other),
        min(len(rows[head]), 3) - 1,
        min(len(rows[tail]), 3) - 1,
    ]


@settings(derandomize=True, deadline=None)
@given(places=_PLACES, owners=_OWNERS, breaks=_BREAKS)
def test_features_are_those_of_the_nearest_mentions(
    members: Make, places: list[int], owners: list[int], breaks: set[int]
) -> None:
    rows, sentences = _by_owner(places, owners), _sentences(breaks)
    found = pair_features(members(*rows), sentences)
    for head in range(len(rows)):
        for tail in range(len(rows)):
            assert list(found[head, tail]) == _counted(rows, sentences, head, tail)


@settings(derandomize=True, deadline=None)
@given(places=_PLACES, owners=_OWNERS, breaks=_BREAKS)
def test_the_other_way_round_only_the_order_turns(
    members: Make, places: list[int], owners: list[int], breaks: set[int]
) -> None:
    rows = _by_owner(places, owners)
    found = pair_features(members(*rows), _sentences(breaks))
    turned = found.swapaxes(0, 1)
    assert (found[..., :3] == turned[..., :3]).all()
    assert (found[..., 4] == turned[..., 5]).all()
    apart = ~np.eye(len(rows), dtype=bool)
    assert (found[..., 3] != turned[..., 3])[apart].all()


@settings(derandomize=True, deadline=None)
@given(places=_PLACES, owners=_OWNERS, breaks=_BREAKS)
def test_features_are_classes_of_their_tables(
    members: Make, places: list[int], owners: list[int], breaks: set[int]
) -> None:
    found = pair_features(members(*_by_owner(places, owners)), _sentences(breaks))
    assert (found >= 0).all()
    assert (found < np.array(SIZES)).all()


def test_a_mention_in_the_same_sentence_is_nearer_than_one_beside_it(members: Make) -> None:
    """The head at 10; the tail at 11, in the next sentence, and at 2, in this one."""
    sentences = np.array([0] * 11 + [1] * 5)
    found = pair_features(members((10,), (2, 11)), sentences)[0, 1]
    assert list(found[:4]) == [0, 2, 0, 0]


def test_no_entity_has_no_features(members: Make) -> None:
    found = pair_features(members(), np.zeros(0, dtype=np.int64))
    assert found.shape == (0, 0, len(SIZES))


def test_marks_tell_kind_begin_and_inside() -> None:
    mentions = np.array([(0, 1, 3), (1, 5, 5)])
    made = Members(mentions, np.array([0, 2]), np.array([0, 4]))
    assert list(made.marks(7)) == [0, 1, 2, 2, 0, 9, 0]


def test_pooling_takes_the_first_piece_of_each_mention() -> None:
    made = Members(np.array([(0, 1, 3), (0, 5, 5)]), np.array([0]), np.array([0]))
    assert made.pooling(6).tolist() == [[0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]]
