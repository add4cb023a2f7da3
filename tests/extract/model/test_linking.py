"""From windows and entities to scored ties of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
import pytest

from extract.model.labels import STATUSES, TAGS, labels
from extract.model.linking import Scored, Seen, link_documents, members_of
from extract.model.network import Network, Pairs, Window
from extract.model.pairs import Members
from extract.model.pieces import Pieces
from extract.records import Entity, Mention

Make = Callable[..., Pieces]
Score = tuple[int, int, str, float]


class _Network:
    """Says of each window that it is given what a test lets it say."""

    def __init__(self, *pairs: Pairs) -> None:
        self.pairs = pairs
        self.asked: list[Sequence[Any]] = []

    def link(self, rows: Iterable[Sequence[Any]]) -> Iterator[Pairs]:
        self.asked = list(rows)
        yield from self.pairs


def _pairs(*scores: Score, claimed: float = 0.0, status: str = "in_effect") -> Pairs:
    """The scores of a window: (head, tail, tie, stated), every one of a pair of its own."""
    stated = np.zeros((len(scores), len(labels().relations)), dtype=np.float32)
    statuses = np.zeros((len(scores), len(STATUSES)), dtype=np.float32)
    statuses[:, STATUSES.index(status)] = 1
    for row, (_, _, relation, chance) in enumerate(scores):
        stated[row, labels().relations.index(relation)] = chance
    ends = np.array([score[:2] for score in scores], dtype=np.int64).reshape(-1, 2)
    return Pairs(ends, stated, np.where(stated > 0, np.maximum(stated, claimed), 0), statuses)


def _seen(*ids: str, start: int = 0) -> Any:
    """A window that names these entities."""
    size = len(ids)
    mentions = np.array([(number, number, number) for number in range(size)], dtype=np.int64)
    zeros = np.zeros(size, dtype=np.int64)
    window = Window(start, np.zeros((size, 1)), np.zeros((size, TAGS)), np.zeros((size, 1)))
    return window, Members(mentions.reshape(-1, 3), zeros, zeros), zeros, list(ids)


def _link(network: _Network, *documents: Seen) -> list[list[Scored]]:
    return link_documents(cast(Network, network), documents)


def _told(found: Iterable[Scored]) -> dict[tuple[str, str, str], float]:
    return {(each.relation, each.head, each.tail): each.stated for each in found}


def test_scores_are_told_in_the_ids_of_the_window() -> None:
    network = _Network(_pairs((1, 0, "ACQUIRED", 0.75), status="planned", claimed=0.875))
    ((found,),) = _link(network, [_seen("e4", "e7")])
    assert (found.relation, found.head, found.tail) == ("ACQUIRED", "e7", "e4")
    assert (found.stated, found.claimed) == (0.75, 0.875)
    assert dict(found.statuses) == {name: float(name == "planned") for name in STATUSES}


def test_the_window_that_is_surest_is_believed() -> None:
    network = _Network(
        _pairs((0, 1, "ACQUIRED", 0.5), status="planned"),
        _pairs((0, 1, "ACQUIRED", 0.75), status="ended"),
        _pairs((1, 0, "ACQUIRED", 0.25), status="denied"),
    )
    ((found, other),) = _link(network, [_seen("a", "b"), _seen("a", "b"), _seen("a", "b")])
    assert (found.stated, found.statuses["ended"]) == (0.75, 1.0)
    assert (other.head, other.stated) == ("b", 0.25)


def test_a_symmetric_tie_is_the_mean_of_both_directions() -> None:
    network = _Network(_pairs((0, 1, "PARTNERS_WITH", 0.5), (1, 0, "PARTNERS_WITH", 0.75)))
    (found,) = _link(network, [_seen("b", "a")])
    assert _told(found) == {("PARTNERS_WITH", "a", "b"): 0.625}


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
def test_a_symmetric_tie_seen_in_one_direction_is_half_of_one(ids: tuple[str, str]) -> None:
    network = _Network(_pairs((0, 1, "PARTNERS_WITH", 0.5)))
    (found,) = _link(network, [_seen(*ids)])
    assert _told(found) == {("PARTNERS_WITH", "a", "b"): 0.25}


def test_directions_of_other_ties_are_kept_apart() -> None:
    network = _Network(_pairs((0, 1, "SUPPLIES", 0.5), (1, 0, "SUPPLIES", 0.75)))
    (found,) = _link(network, [_seen("a", "b")])
    assert _told(found) == {("SUPPLIES", "a", "b"): 0.5, ("SUPPLIES", "b", "a"): 0.75}


def test_what_hardly_scores_is_no_tie() -> None:
    network = _Network(_pairs((0, 1, "SUPPLIES", 0.01)))
    assert _link(network, [_seen("a", "b")]) == [[]]


def test_what_is_only_claimed_is_told() -> None:
    network = _Network(_pairs((0, 1, "SUPPLIES", 0.01), claimed=0.5, status="denied"))
    ((found,),) = _link(network, [_seen("a", "b")])
    assert (found.claimed, found.statuses["denied"]) == (0.5, 1.0)


def test_documents_are_kept_apart() -> None:
    network = _Network(_pairs((0, 1, "SUPPLIES", 0.5)), _pairs((0, 1, "ACQUIRED", 0.5)))
    found = _link(network, [_seen("a", "b")], [], [_seen("c")], [_seen("a", "b")])
    assert [list(_told(row)) for row in found] == [
        [("SUPPLIES", "a", "b")],
        [],
        [],
        [("ACQUIRED", "a", "b")],
    ]


def test_windows_with_one_name_are_not_asked_about() -> None:
    network = _Network(_pairs((0, 1, "SUPPLIES", 0.5)))
    _link(network, [_seen("a"), _seen(), _seen("a", "b")])
    assert [len(members) for _, members, _ in network.asked] == [2]


def test_no_document_is_no_tie() -> None:
    assert _link(_Network()) == []


def _entity(key: str, *places: int, type_: str = "ORG", subtype: str = "firm") -> Entity:
    """An entity that is named by the words at these places of a text "a a a …"."""
    mentions = tuple(Mention(2 * at, 2 * at + 1, "a") for at in places)
    return Entity(key, type_, subtype, "a", (), mentions)


def _windows(*places: tuple[int, int]) -> list[Window]:
    return [
        Window(start, np.zeros((end - start, 1)), np.zeros(0), np.zeros(0)) for start, end in places
    ]


def test_members_are_those_that_the_window_names(pieces: Make) -> None:
    entities = [_entity("e0", 7), _entity("e1", 1, 6), _entity("e2", 3)]
    rows = list(members_of(pieces([0] * 5 + [1] * 5), _windows((0, 5), (5, 10)), entities))
    (_, first, sentences, ids), (_, second, later, others) = rows
    assert (ids, others) == (["e1", "e2"], ["e0", "e1"])
    assert first.mentions.tolist() == [[0, 1, 1], [1, 3, 3]]
    assert second.mentions.tolist() == [[1, 1, 1], [0, 2, 2]]  # by place, counted from the window
    assert (list(sentences), list(later)) == ([0] * 5, [1] * 5)


def test_a_name_that_the_window_cuts_is_not_in_it(pieces: Make) -> None:
    entity = Entity("e0", "ORG", "firm", "a a", (), (Mention(8, 11, "a a"),))
    rows = list(members_of(pieces([0] * 10), _windows((0, 5), (5, 10), (3, 8)), [entity]))
    assert [ids for *_, ids in rows] == [[], [], ["e0"]]


def test_a_name_of_several_words_has_all_its_pieces(pieces: Make) -> None:
    entity = Entity("e0", "ORG", "firm", "a a", (), (Mention(4, 9, "a a a"),))
    ((_, found, _, _),) = members_of(pieces([0] * 6), _windows((0, 6)), [entity])
    assert found.mentions.tolist() == [[0, 2, 4]]


def test_only_names_are_mentions_to_the_network(pieces: Make) -> None:
    nominal = Entity("e0", "ORG", "firm", "a", (), (Mention(2, 3, "a", "nominal"),))
    ((_, found, _, ids),) = members_of(pieces([0] * 3), _windows((0, 3)), [nominal])
    assert (len(found), ids) == (0, [])


def test_members_have_their_type_and_kind(pieces: Make) -> None:
    entities = [_entity("e0", 0, type_="LOC", subtype="city"), _entity("e1", 2, subtype="group")]
    ((_, found, _, _),) = members_of(pieces([0] * 3), _windows((0, 3)), entities)
    assert list(found.types) == [2, 0]
    assert [labels().kinds[kind] for kind in found.kinds] == [("LOC", "city"), ("ORG", "other")]
