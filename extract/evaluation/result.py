"""Everything that an evaluation has found out, together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from extract.evaluation.calibration import Calibration
from extract.evaluation.mistakes import FALSE, MISSED, Mistake
from extract.evaluation.rows import KindRow, Row, group_rows, ratio
from extract.evaluation.ties import Cell, Unconfirmed
from extract.ontology import ontology
from extract.records import Failure

TITLES = {
    "mentions_strict": "Entities, exact spans",
    "mentions_partial": "Entities, overlapping spans",
    "relations": "Ties, by type",
    "groups": "Ties, by scoring group",
    "explicit": "Ties, without those that the text only implies",
}
TABLES = tuple(TITLES)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a reader got right. The last row of each table is "all", over every type.

    ``texts`` tells these texts from others. ``explicit`` are the ties without those that the
    gold calls implicit; ``traps`` are ties that the texts tempt to and do not confirm,
    ``fallen`` those of them that were predicted, ``unconfirmed`` those that are denied or
    rumoured; ``status_right`` of ``status_known`` ties found have the gold's status.
    ``confusion`` also counts ties whose gold or read status is not confirmed.
    """

    documents: int
    texts: str
    failures: tuple[Failure, ...]
    mentions_strict: tuple[Row, ...]
    mentions_partial: tuple[Row, ...]
    mention_kinds: tuple[KindRow, ...]
    entity_kinds: tuple[KindRow, ...]
    relations: tuple[Row, ...]
    explicit: tuple[Row, ...]
    traps: int
    fallen: int
    unconfirmed: Unconfirmed
    status_known: int
    status_right: int
    confusion: tuple[Cell, ...]
    calibration: Calibration
    mistakes: tuple[Mistake, ...]

    @property
    def groups(self) -> tuple[Row, ...]:
        """The ties by scoring group."""
        return group_rows(self.relations)

    @property
    def accuracy(self) -> float:
        """Share of the ties found that have the gold's status; 0 where no status is known."""
        return ratio(self.status_right, self.status_known)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its table, in the order in which people read them."""
        for table in TABLES:
            for row in getattr(self, table):
                yield table, row

    def statuses(self) -> tuple[str, ...]:
        """The statuses of the confusion table, in the ontology's order, others after them."""
        seen = {word for cell in self.confusion for word in (cell.gold, cell.predicted)}
        known = [name for name in ontology().statuses if name in seen]
        return (*known, *sorted(seen.difference(known)))

    def confused(self, gold: str, predicted: str) -> int:
        """How many ties of one gold status were read with one status."""
        found = (
            each for each in self.confusion if (each.gold, each.predicted) == (gold, predicted)
        )
        return next((each.ties for each in found), 0)

    def to_dict(self, *, errors: bool = False) -> dict[str, Any]:
        """The whole result as plain values, for JSON; the single mistakes where asked."""
        result = {
            "documents": self.documents,
            "texts": self.texts,
            "failures": [asdict(failure) for failure in self.failures],
            **{table: [row.to_dict() for row in getattr(self, table)] for table in TABLES},
            "kinds": {
                "mentions": [row.to_dict() for row in self.mention_kinds],
                "entities": [row.to_dict() for row in self.entity_kinds],
            },
            "traps": {
                "total": self.traps,
                "fallen": self.fallen,
                "unconfirmed": self.unconfirmed.to_dict(),
            },
            "status": {
                "known": self.status_known,
                "right": self.status_right,
                "accuracy": round(self.accuracy, 4),
                "confusion": [asdict(cell) for cell in self.confusion],
            },
            "calibration": self.calibration.to_dict(),
        }
        if errors:
            result["errors"] = {
                side: [mistake.to_dict() for mistake in self.mistakes if mistake.side == side]
                for side in (MISSED, FALSE)
            }
        return result
