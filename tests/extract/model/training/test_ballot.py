"""Fitting the vote: known rules are found again, and figures are those of a hand's count."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from extract.model.training.ballot import (
    LEAST_PRECISION,
    Example,
    calibration_error,
    fit_ballot,
)


def _drawn(count: int, slope: float, offset: float, seed: int = 1) -> list[Example]:
    """Ties that are right as often as sigmoid(slope · network + offset + rule) says."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        network, rule = chance.uniform(-4, 4), chance.random() < 0.5
        total = slope * network + offset + rule
        features = {"always": 1.0, "network": network} | ({"rule": 1.0} if rule else {})
        right = chance.random() < 1 / (1 + math.exp(-total))
        made.append(Example(number, features, right, (str(number),)))
    return made


def _sharp(count: int = 100) -> list[Example]:
    """Right where the network says more than nothing, and nowhere else."""
    return [
        Example(n, {"always": 1.0, "network": value}, value > 0, (str(n),))
        for n in range(count)
        for value in [(n % 10) - 4.5]
    ]


def test_weights_are_those_that_the_ties_were_drawn_by() -> None:
    examples = _drawn(6000, slope=1.5, offset=-1.0)
    weights = fit_ballot(examples, sum(e.right for e in examples)).weights
    assert weights == pytest.approx({"always": -1.0, "network": 1.5, "rule": 1.0}, abs=0.15)


def test_confidence_can_be_believed_where_the_rule_is_known() -> None:
    examples = _drawn(6000, slope=1.5, offset=-1.0)
    assert fit_ballot(examples, sum(e.right for e in examples)).calibration_error < 0.03


def test_a_sharp_rule_is_found_whole() -> None:
    fitted = fit_ballot(_sharp(), gold=50)
    assert (fitted.precision, fitted.recall, fitted.f1) == pytest.approx((1, 1, 1))


def test_what_is_never_found_costs_recall() -> None:
    assert fit_ballot(_sharp(), gold=100).recall == pytest.approx(0.5)


def test_a_gold_tie_that_two_candidates_say_is_found_once() -> None:
    twice = [replace(each, group=("same",)) if each.right else each for each in _sharp()]
    assert fit_ballot(twice, gold=50).recall == pytest.approx(1 / 50)


def test_the_threshold_keeps_the_least_precision() -> None:
    """So weak a rule would have a better F1 at less precision."""
    examples = _drawn(4000, slope=0.6, offset=-1.5)
    fitted = fit_ballot(examples, sum(e.right for e in examples))
    assert fitted.precision >= LEAST_PRECISION
    assert 0 < fitted.recall < 0.6


def test_where_nothing_is_precise_enough_the_best_f1_is_taken() -> None:
    """Every other tie is right, whatever is said of it."""
    coins = [Example(n // 2, {"always": 1.0}, n % 2 == 0, (str(n),)) for n in range(100)]
    fitted = fit_ballot(coins, gold=50)
    assert (fitted.precision, fitted.recall) == pytest.approx((0.5, 1.0))
    assert fitted.threshold <= 0.5


def test_a_feature_that_only_one_tie_has_is_not_believed() -> None:
    rare = Example(3, {"always": 1.0, "network": -4.5, "is RARE": 1.0}, True, ("rare",))
    weights = fit_ballot([*_sharp(), rare], gold=51).weights
    assert abs(weights["is RARE"]) < 2.5


def test_calibration_error_is_the_gap_weighted_by_ties() -> None:
    """Apart .05 and .15 (one tie each) and .45 (two ties): 1.1 / 4."""
    chances = np.array([0.05, 0.15, 0.95, 0.95])
    right = np.array([0.0, 0.0, 1.0, 0.0])
    assert calibration_error(chances, right) == pytest.approx(1.1 / 4)


def test_full_confidence_is_in_the_last_bin() -> None:
    assert calibration_error(np.array([1.0, 0.9]), np.array([1.0, 0.0])) == pytest.approx(0.45)


def test_nothing_has_no_calibration_error() -> None:
    assert calibration_error(np.zeros(0), np.zeros(0)) == 0.0
