"""Rows of figures by type, and the running counts that they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from extract.scoring import scoring


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result. ``correct`` of ``predicted`` and ``found`` of ``gold``."""

    name: str
    gold: int = 0
    found: int = 0
    predicted: int = 0
    correct: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that are right; 0 where there are none."""
        return ratio(self.correct, self.predicted)

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return ratio(self.found, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Counts and rates as plain values."""
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return asdict(self) | {key: round(value, 4) for key, value in rates.items()}


@dataclass(frozen=True, slots=True)
class KindRow:
    """How often the kind (firm, university, city) of what was matched is right, for one type."""

    name: str
    matched: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """Share of the matched whose kind is right; 0 where there are none."""
        return ratio(self.right, self.matched)

    def to_dict(self) -> dict[str, Any]:
        """Counts and share as plain values."""
        return asdict(self) | {"share": round(self.share, 4)}


@dataclass(slots=True)
class Tally:
    """What there is, was found, was predicted and is right, by type."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    correct: Counter[str] = field(default_factory=Counter)

    def rows(self) -> tuple[Row, ...]:
        """A row a type, by name, then "all"."""
        counters = (self.gold, self.found, self.predicted, self.correct)
        names = sorted(set(self.gold) | set(self.predicted))
        rows = [Row(name, *(counter[name] for counter in counters)) for name in names]
        return (*rows, Row("all", *(counter.total() for counter in counters)))


@dataclass(slots=True)
class KindTally:
    """Of how much the kind is known and right, by type."""

    matched: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, type_: str, *, right: bool) -> None:
        """One more of a type."""
        self.matched[type_] += 1
        self.right[type_] += right

    def rows(self) -> tuple[KindRow, ...]:
        """A row a type, by name, then "all"."""
        names = sorted(self.matched)
        rows = [KindRow(name, self.matched[name], self.right[name]) for name in names]
        return (*rows, KindRow("all", self.matched.total(), self.right.total()))


def ratio(part: int, whole: int) -> float:
    """``part`` of ``whole``; 0 of nothing."""
    return part / whole if whole else 0.0


def group_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows of types added up by scoring group; the row "all" stays as it is."""
    sums: dict[str, Counter[str]] = {}
    everything: list[Row] = []
    for row in rows:
        if row.name == "all":
            everything.append(row)
            continue
        counts = {key: value for key, value in asdict(row).items() if key != "name"}
        group = scoring().groups.get(row.name, row.name)
        sums.setdefault(group, Counter()).update(counts)
    return (*(Row(name, **sums[name]) for name in sorted(sums)), *everything)
