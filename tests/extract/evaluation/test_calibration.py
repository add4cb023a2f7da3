"""Calibration: bins, and how far confidence and truth lie apart."""

from __future__ import annotations

import pytest

from extract.evaluation.calibration import Bin, calibrate


def test_bins_hold_mean_confidence_and_share_right() -> None:
    points = [(0.95, True), (0.95, True), (0.9, False), (1.0, True), (0.32, True), (0.38, False)]
    bins = calibrate(points).bins
    assert len(bins) == 10
    assert (bins[9].ties, bins[9].right, bins[9].share) == (4, 3, 0.75)
    assert bins[9].confidence == pytest.approx(0.95)
    assert (bins[3].ties, bins[3].share, bins[3].confidence) == (2, 0.5, pytest.approx(0.35))


def test_error_is_the_gap_weighted_by_ties() -> None:
    """4 ties at .95, .75 right: apart .2; 2 at .35, .5 right: apart .15; (4·.2 + 2·.15) / 6."""
    points = [(0.95, True)] * 3 + [(0.95, False), (0.35, True), (0.35, False)]
    assert calibrate(points).error == pytest.approx(1.1 / 6)


@pytest.mark.parametrize(
    ("confidence", "place"),
    [(0.0, 0), (0.1, 1), (0.299, 2), (0.3, 3), (0.7, 7), (0.99, 9), (1.0, 9)],
)
def test_a_bin_begins_with_its_lower_edge(confidence: float, place: int) -> None:
    bins = calibrate([(confidence, True)]).bins
    assert [each.ties for each in bins].index(1) == place


def test_nothing_has_no_error() -> None:
    empty = calibrate([])
    assert (empty.ties, empty.error, empty.bins[4]) == (0, 0.0, Bin(0.4, 0.5))


def test_an_empty_bin_has_no_rates_in_json() -> None:
    row = calibrate([]).to_dict()["bins"][0]
    assert row == {
        "low": 0.0,
        "high": 0.1,
        "ties": 0,
        "right": 0,
        "confidence": None,
        "share": None,
    }
