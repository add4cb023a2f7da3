"""Ties: groups, traps that are denied or rumoured, statuses, confidence; each by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.evaluate import Evaluation, Row
from extract.evaluation.ties import Cell, Unconfirmed
from extract.records import Statement

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]


def test_groups_add_up_their_types(gold: Gold, judge: Judge) -> None:
    """Gold: an acquisition and a stake (both ownership), a job. Found: the stake as acquisition."""
    record = gold(("ACQUIRED", "a", "b"), ("INVESTED_IN", "b", "i"), ("EMPLOYED_BY", "p", "a"))
    result = judge(record, Statement("ACQUIRED", "e2", "e3"), Statement("ACQUIRED", "e3", "e1"))
    assert result.relations == (
        Row("ACQUIRED", gold=1, found=0, predicted=2, correct=1),
        Row("EMPLOYED_BY", gold=1),
        Row("INVESTED_IN", gold=1, found=1),
        Row("all", gold=3, found=1, predicted=2, correct=1),
    )
    assert result.groups == (
        Row("EMPLOYED_BY", gold=1),
        Row("ownership", gold=2, found=1, predicted=2, correct=1),
        Row("all", gold=3, found=1, predicted=2, correct=1),
    )


def test_micro_precision_recall_and_f1(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b"), ("EMPLOYED_BY", "p", "a"), ("FACILITY_IN", "a", "c"))
    result = judge(record, Statement("ACQUIRED", "e1", "e2"), Statement("SUPPLIES", "e1", "e2"))
    row = result.relations[-1].to_dict()
    assert (row["precision"], row["recall"], row["f1"]) == (0.5, 0.3333, 0.4)


def test_a_possible_tie_is_no_prediction(gold: Gold, judge: Judge) -> None:
    unsure = Statement("ACQUIRED", "e1", "e2", modality="possible")
    assert judge(gold(("ACQUIRED", "a", "b")), unsure).relations[-1] == Row("all", gold=1)


def test_a_gold_tie_that_is_only_possible_changes_nothing(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b", {"status": "possible"}))
    for statements in ((), (Statement("ACQUIRED", "e1", "e2"),)):
        result = judge(record, *statements)
        assert (result.relations[-1], result.traps, result.mistakes) == (Row("all"), 0, ())


def test_traps_that_are_denied_or_rumoured_are_told_apart(gold: Gold, judge: Judge) -> None:
    """Five traps, three of them denied or rumoured; two of those and one other are predicted."""
    traps = [
        ("ACQUIRED", "a", "i", {"why": "denied"}),
        ("ACQUIRED", "b", "i", {"why": "rumoured"}),
        ("SUPPLIES", "a", "b", {"why": "cooccurrence"}),
        ("FACILITY_IN", "b", "c"),
    ]
    record = gold(("PARTNERS_WITH", "a", "b", {"status": "denied"}), traps=traps)
    result = judge(
        record,
        Statement("ACQUIRED", "e1", "e3"),
        Statement("PARTNERS_WITH", "e1", "e2"),
        Statement("SUPPLIES", "e1", "e2"),
        Statement("EMPLOYED_BY", "e4", "e1"),
    )
    assert (result.traps, result.fallen) == (5, 3)
    assert result.unconfirmed == Unconfirmed(total=3, shown=2, predicted=4)
    assert result.unconfirmed.share == 0.5


@pytest.mark.parametrize(
    "statement",
    [
        Statement("ACQUIRED", "e1", "e3", polarity="denied"),
        Statement("ACQUIRED", "e1", "e3", modality="rumoured"),
        Statement("ACQUIRED", "e1", "e3", modality="possible"),
    ],
)
def test_a_doubted_tie_that_is_read_so_is_not_shown(
    gold: Gold, judge: Judge, statement: Statement
) -> None:
    record = gold(traps=[("ACQUIRED", "a", "i", {"why": "denied"})])
    assert judge(record, statement).unconfirmed == Unconfirmed(total=1, shown=0, predicted=0)


def test_a_shown_tie_of_an_open_type_counts_as_predicted(gold: Gold, judge: Judge) -> None:
    """No text lists all products, so the table leaves the tie out; the gold denies it though."""
    record = gold(traps=[("PRODUCES", "a", "b", {"why": "denied"})])
    result = judge(record, Statement("PRODUCES", "e1", "e2"))
    assert (result.relations[-1].predicted, result.unconfirmed) == (0, Unconfirmed(1, 1, 1))


def test_a_trap_that_is_stated_elsewhere_is_none(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b"), traps=[("INVESTED_IN", "a", "b", {"why": "denied"})])
    result = judge(record, Statement("ACQUIRED", "e1", "e2"))
    assert (result.traps, result.unconfirmed.total) == (0, 0)


def test_confusion_of_statuses(gold: Gold, judge: Judge) -> None:
    """Two ties found, one with the right status; one read as rumoured, so not found; and a
    denied tie that was read as planned."""
    record = gold(
        ("ACQUIRED", "a", "b", {"status": "planned"}),
        ("EMPLOYED_BY", "p", "a", {"status": "past"}),
        ("FACILITY_IN", "a", "c", {"status": "in_effect"}),
        traps=[("ACQUIRED", "a", "i", {"why": "denied"})],
    )
    result = judge(
        record,
        Statement("ACQUIRED", "e1", "e2", modality="planned"),
        Statement("EMPLOYED_BY", "e4", "e1"),
        Statement("FACILITY_IN", "e1", "e5", modality="rumoured"),
        Statement("ACQUIRED", "e1", "e3", modality="planned"),
    )
    assert (result.status_known, result.status_right, result.accuracy) == (2, 1, 0.5)
    assert result.confusion == (
        Cell("denied", "planned", 1),
        Cell("ended", "in_effect", 1),
        Cell("in_effect", "rumoured", 1),
        Cell("planned", "planned", 1),
    )
    assert result.statuses() == ("in_effect", "planned", "ended", "rumoured", "denied")
    assert (result.confused("ended", "in_effect"), result.confused("ended", "ended")) == (1, 0)


def test_confidence_counts_predicted_and_possible_ties(gold: Gold, judge: Judge) -> None:
    """Right: .85 predicted, .25 possible. False: .85 predicted, .15 possible. The denied one and
    the second, less sure statement of one tie don't count."""
    record = gold(("ACQUIRED", "a", "b"), ("EMPLOYED_BY", "p", "a"))
    result = judge(
        record,
        Statement("ACQUIRED", "e1", "e2", confidence=0.85),
        Statement("INVESTED_IN", "e1", "e2", confidence=0.55),
        Statement("EMPLOYED_BY", "e4", "e1", confidence=0.25, modality="possible"),
        Statement("SUPPLIES", "e1", "e2", confidence=0.85),
        Statement("SUPPLIES", "e2", "e1", confidence=0.15, modality="possible"),
        Statement("COMPETES_WITH", "e1", "e2", confidence=0.5, polarity="denied"),
    )
    held = {each.low: (each.ties, each.right) for each in result.calibration.bins if each.ties}
    assert held == {0.1: (1, 0), 0.2: (1, 1), 0.8: (2, 1)}
    assert result.calibration.error == pytest.approx((0.15 + 0.75 + 2 * 0.35) / 4)


def test_a_tie_that_is_also_predicted_counts_once(gold: Gold, judge: Judge) -> None:
    result = judge(
        gold(),
        Statement("ACQUIRED", "e1", "e2", confidence=0.6),
        Statement("ACQUIRED", "e1", "e2", confidence=0.3, modality="possible"),
    )
    assert [each.ties for each in result.calibration.bins] == [0] * 6 + [1] + [0] * 3


def test_ties_that_the_gold_does_not_judge_have_no_confidence(gold: Gold, judge: Judge) -> None:
    assert judge(gold(), Statement("PRODUCES", "e1", "e2")).calibration.ties == 0


def test_a_trap_that_is_only_possible_is_neither_denied_nor_rumoured(
    gold: Gold, judge: Judge
) -> None:
    record = gold(traps=[("ACQUIRED", "a", "i", {"status": "possible"})])
    result = judge(record, Statement("ACQUIRED", "e1", "e3"))
    assert (result.fallen, result.unconfirmed.total) == (1, 0)
