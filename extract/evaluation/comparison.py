"""Two runs of an evaluation side by side: which rows changed, which ties are newly wrong or right.

The earlier run is a file of what ``partnergraph evaluate --json`` printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from extract.errors import InputError
from extract.evaluation.mistakes import FALSE, MISSED, Mistake
from extract.evaluation.result import TABLES, Evaluation
from extract.evaluation.rows import Row, group_rows, ratio
from extract.evaluation.sentences import Excerpt, Mark

_ADVICE = "give a file that `partnergraph evaluate --json` wrote"

Count = Annotated[int, Field(ge=0, le=10**9)]
Share = Annotated[float, Field(ge=0, le=1)]


class RowRecord(BaseModel):
    """A row of a table; the rates are worked out anew."""

    name: str
    gold: Count
    found: Count
    predicted: Count
    correct: Count

    def row(self) -> Row:
        """The row that was written."""
        return Row(self.name, self.gold, self.found, self.predicted, self.correct)


class MarkRecord(BaseModel):
    """A name in a sentence."""

    start: Count
    end: Count
    role: Literal["head", "tail"]


class MistakeRecord(BaseModel):
    """A mistake of the earlier run."""

    document: str
    record: str = ""
    type: str
    head: str
    tail: str
    status: str = ""
    read_as: str = ""
    trap: str = ""
    confidence: Share | None = None
    votes: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = {}
    sentence: str = ""
    marks: list[MarkRecord] = []

    def mistake(self, side: str) -> Mistake:
        """The mistake that was written."""
        fields = self.model_dump(exclude={"sentence", "marks", "votes"})
        marks = tuple(Mark(mark.start, mark.end, mark.role) for mark in self.marks)
        votes = MappingProxyType(self.votes)
        return Mistake(side=side, votes=votes, excerpt=Excerpt(self.sentence, marks), **fields)


class MistakesRecord(BaseModel):
    """The mistakes of the earlier run, by side."""

    missed: list[MistakeRecord]
    false: list[MistakeRecord]


class UnconfirmedRecord(BaseModel):
    """The denied and rumoured ties, and those of them that were shown as real."""

    fallen: Count
    predicted: Count


class TrapsRecord(BaseModel):
    """The traps; an old run does not tell the denied and rumoured ones apart."""

    total: Count
    fallen: Count
    unconfirmed: UnconfirmedRecord | None = None


class StatusRecord(BaseModel):
    """The ties found whose status is known."""

    known: Count
    right: Count


class CalibrationRecord(BaseModel):
    """How far confidence and truth lay apart."""

    error: Share


class RunRecord(BaseModel):
    """What an evaluation printed as JSON; an old run has no more than the required fields."""

    documents: Count
    texts: str | None = None
    mentions_strict: list[RowRecord]
    mentions_partial: list[RowRecord]
    relations: list[RowRecord]
    explicit: list[RowRecord]
    traps: TrapsRecord
    status: StatusRecord
    calibration: CalibrationRecord | None = None
    errors: MistakesRecord | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A row of one table before and after; a type that one run has not is all zeros there."""

    table: str
    before: Row
    after: Row

    @property
    def delta(self) -> float:
        """By how much F1 rose."""
        return self.after.f1 - self.before.f1

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        rates = {"f1_before": self.before.f1, "f1_after": self.after.f1, "delta": self.delta}
        return {
            "table": self.table,
            "name": self.after.name,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            **{name: round(rate, 4) for name, rate in rates.items()},
        }


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is no row, before and after; None where the earlier run has none."""

    name: str
    before: float | None
    after: float

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        before = None if self.before is None else round(self.before, 4)
        return {"name": self.name, "before": before, "after": round(self.after, 4)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run.

    ``same_texts`` is None where the earlier run does not tell; ``newly_wrong`` and
    ``newly_right`` are None where it does not list its mistakes.
    """

    same_texts: bool | None
    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...]
    newly_wrong: tuple[Mistake, ...] | None
    newly_right: tuple[Mistake, ...] | None

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        result: dict[str, Any] = {
            "same_texts": self.same_texts,
            "rows": [change.to_dict() for change in self.changes],
            "figures": [figure.to_dict() for figure in self.figures],
        }
        for name in ("newly_wrong", "newly_right"):
            mistakes = getattr(self, name)
            result[name] = None if mistakes is None else [_with_side(each) for each in mistakes]
        return result


def read_run(path: str | Path) -> RunRecord:
    """An earlier run from its file.

    Raises:
        InputError: the file can't be read, or is no JSON of a run; the message names it.
    """
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path} can't be opened ({reason}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; {_ADVICE}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON ({error}); {_ADVICE}") from error
    try:
        return RunRecord.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{path}: no run of an evaluation ({where}: {first['msg']}); {_ADVICE}"
        ) from error


def compare(before: RunRecord, after: Evaluation) -> Comparison:
    """What changed from one run to the next; rows and figures that stayed are left out."""
    rows = _rows_before(before)
    changes = [change for table in TABLES for change in _changes(table, rows[table], after)]
    wrong, right = _turned(before, after)
    return Comparison(
        same_texts=None if before.texts is None else before.texts == after.texts,
        changes=tuple(changes),
        figures=tuple(each for each in _figures(before, after) if each.before != each.after),
        newly_wrong=wrong,
        newly_right=right,
    )


def _rows_before(run: RunRecord) -> dict[str, list[Row]]:
    records = {table: getattr(run, table) for table in TABLES if table != "groups"}
    rows = {table: [record.row() for record in held] for table, held in records.items()}
    return rows | {"groups": list(group_rows(rows["relations"]))}


def _changes(table: str, rows: Iterable[Row], after: Evaluation) -> Iterator[Change]:
    before = {row.name: row for row in rows}
    now = {row.name: row for row in getattr(after, table)}
    names = sorted((before | now).keys() - {"all"})
    for name in (*names, "all"):
        change = Change(table, before.get(name, Row(name)), now.get(name, Row(name)))
        if change.before != change.after:
            yield change


def _figures(before: RunRecord, after: Evaluation) -> Iterator[FigureChange]:
    traps, doubts = before.traps, before.traps.unconfirmed
    shown = ratio(doubts.fallen, doubts.predicted) if doubts else None
    status = ratio(before.status.right, before.status.known)
    error = before.calibration.error if before.calibration else None
    yield FigureChange("traps fallen into", ratio(traps.fallen, traps.total), _fallen(after))
    yield FigureChange("denied or rumoured ties shown as real", shown, after.unconfirmed.share)
    yield FigureChange("status right", status, after.accuracy)
    yield FigureChange("calibration error", error, round(after.calibration.error, 4))


def _fallen(run: Evaluation) -> float:
    return ratio(run.fallen, run.traps)


def _turned(
    before: RunRecord, after: Evaluation
) -> tuple[tuple[Mistake, ...] | None, tuple[Mistake, ...] | None]:
    """The mistakes that are new, and those that are no more."""
    if before.errors is None:
        return None, None
    then = [
        record.mistake(side)
        for side, held in ((MISSED, before.errors.missed), (FALSE, before.errors.false))
        for record in held
    ]
    return _others(after.mistakes, then), _others(then, after.mistakes)


def _others(mistakes: Iterable[Mistake], than: Iterable[Mistake]) -> tuple[Mistake, ...]:
    known = {mistake.identity for mistake in than}
    return tuple(mistake for mistake in mistakes if mistake.identity not in known)


def _with_side(mistake: Mistake) -> dict[str, Any]:
    return {"side": mistake.side} | mistake.to_dict()
