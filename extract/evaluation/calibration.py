"""Calibration: whether ties of confidence .7 are right seven times in ten."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The ties whose confidence is from ``low`` to below ``high`` (the last one: to 1).

    ``confidence`` is their mean confidence.
    """

    low: float
    high: float
    ties: int = 0
    right: int = 0
    confidence: float = 0.0

    @property
    def share(self) -> float:
        """Share of the ties that are right; 0 where there are none."""
        return self.right / self.ties if self.ties else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain values; no confidence and no share where there are no ties."""
        return {
            "low": self.low,
            "high": self.high,
            "ties": self.ties,
            "right": self.right,
            "confidence": round(self.confidence, 4) if self.ties else None,
            "share": round(self.share, 4) if self.ties else None,
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence can be believed, bin by bin."""

    bins: tuple[Bin, ...]

    @property
    def ties(self) -> int:
        """How many ties are in all bins."""
        return sum(each.ties for each in self.bins)

    @property
    def error(self) -> float:
        """The expected calibration error: how far confidence and share right lie apart.

        The mean over the bins, each by how many ties it has; 0 where there are none.
        """
        apart = (each.ties * abs(each.confidence - each.share) for each in self.bins)
        return math.fsum(apart) / self.ties if self.ties else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "ties": self.ties,
            "error": round(self.error, 4),
            "bins": [each.to_dict() for each in self.bins],
        }


def calibrate(points: Iterable[tuple[float, bool]]) -> Calibration:
    """The calibration of ties, each given by its confidence and whether it is right."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in points:
        place = min(max(int(confidence * BINS), 0), BINS - 1)
        sorted_in[place].append((confidence, right))
    return Calibration(tuple(_bin(place, held) for place, held in enumerate(sorted_in)))


def _bin(place: int, held: list[tuple[float, bool]]) -> Bin:
    low, high = place / BINS, (place + 1) / BINS
    if not held:
        return Bin(low, high)
    mean = math.fsum(confidence for confidence, _ in held) / len(held)
    return Bin(low, high, len(held), sum(right for _, right in held), mean)
