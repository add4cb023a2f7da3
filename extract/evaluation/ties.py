"""Ties: what a gold record says of each, and the running counts of what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extract.evaluation.matching import Claims, Found, relation_keys
from extract.evaluation.rows import Tally, ratio
from extract.gold import POSSIBLE, GoldRecord, GoldRelation
from extract.scoring import Key, scoring


@dataclass(frozen=True, slots=True)
class Cell:
    """How many ties of one gold status were read with one status."""

    gold: str
    predicted: str
    ties: int


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Ties that a text denies or only rumours: ``shown`` of ``total`` were predicted as real.

    ``predicted`` are all ties predicted that the gold can judge.
    """

    total: int = 0
    shown: int = 0
    predicted: int = 0

    @property
    def share(self) -> float:
        """Share of the ties predicted that are denied or rumoured; 0 where there are none."""
        return ratio(self.shown, self.predicted)

    def to_dict(self) -> dict[str, Any]:
        """Counts and share as plain values; ``fallen`` as the traps have it."""
        counts = {"total": self.total, "fallen": self.shown, "predicted": self.predicted}
        return counts | {"share": round(self.share, 4)}


@dataclass(frozen=True, slots=True)
class Required:
    """A gold tie that must be found, and the keys by which it is."""

    relation: GoldRelation
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a gold record says of ties by their keys; ``neutral`` may be found or not."""

    record: GoldRecord
    required: tuple[Required, ...]
    covered: frozenset[Key]
    neutral: frozenset[Key]

    def judge(self, key: Key, type_: str) -> bool | None:
        """Whether a predicted tie is right; None where the record can't say."""
        if key in self.covered:
            return True
        if key in self.neutral or not self._is_complete_for(key, type_):
            return None
        return False

    def _is_complete_for(self, key: Key, type_: str) -> bool:
        """Whether the record's annotation is complete enough to call such a tie wrong."""
        record = self.record
        if record.completeness == "pair":
            ends = {key[1], key[2]}
            return any(ends == {tie.head, tie.tail} for tie in record.relations or ())
        annotated = set(record.annotated_types or ())
        if record.completeness == "exhaustive_for_types":
            return type_ in annotated
        return type_ not in scoring().partial - annotated


def collect_answers(record: GoldRecord, *, with_implicit: bool = True) -> Answers:
    """The answers of a record; without the implicit ties, these are neutral."""
    required: dict[tuple[str, Key], Required] = {}
    neutral: set[Key] = set()
    for relation in record.ties:
        if relation.type == "NO_RELATION":
            continue
        keys = relation_keys(relation)
        if relation.is_open or (relation.implicit and not with_implicit):
            neutral.update(keys)
        else:
            required[relation.type, keys[0]] = Required(relation, frozenset(keys))
    covered = frozenset(key for each in required.values() for key in each.keys)
    return Answers(record, tuple(required.values()), covered, frozenset(neutral))


def find_traps(record: GoldRecord) -> dict[Key, str]:
    """The ties that the text tempts to and nowhere states: key → why not ("denied", "")."""
    stated = {key for relation in record.ties for key in relation_keys(relation)}
    traps: dict[Key, str] = {}
    for relation in record.traps:
        for key in relation_keys(relation):
            if key not in stated:
                traps[key] = relation.doubt or traps.get(key, "")
    return traps


@dataclass(slots=True)
class TieScore:
    """The running counts of ties, traps and statuses."""

    relations: Tally = field(default_factory=Tally)
    explicit: Tally = field(default_factory=Tally)
    points: list[tuple[float, bool]] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    traps: int = 0
    fallen: int = 0
    unconfirmed: int = 0
    shown: int = 0
    judged: int = 0
    status_known: int = 0
    status_right: int = 0

    def add(self, answers: Answers, claims: Claims) -> None:
        """Count what one record's reading claims."""
        record = answers.record
        _count(self.relations, answers, claims.confirmed)
        _count(self.explicit, collect_answers(record, with_implicit=False), claims.confirmed)
        self._count_traps(answers, claims.confirmed)
        self._count_points(answers, claims)
        for relation in record.ties:
            self._count_status(relation, claims)
        self._count_doubts(record, claims)

    def _count_traps(self, answers: Answers, confirmed: Found) -> None:
        traps = find_traps(answers.record)
        doubted = {key for key, why in traps.items() if why}
        self.traps += len(traps)
        self.fallen += len(traps.keys() & confirmed.keys())
        self.unconfirmed += len(doubted)
        self.shown += len(doubted & confirmed.keys())
        self.judged += sum(
            key in doubted or answers.judge(key, statements[0].type) is not None
            for key, statements in confirmed.items()
        )

    def _count_points(self, answers: Answers, claims: Claims) -> None:
        """Confidence and truth of each tie, also of those that the reader is too unsure of."""
        for key, statements in {**claims.possible, **claims.confirmed}.items():
            right = answers.judge(key, statements[0].type)
            if right is not None:
                self.points.append((statements[0].confidence, right))

    def _count_status(self, relation: GoldRelation, claims: Claims) -> None:
        if relation.status in ("", POSSIBLE):
            return
        if predicted := _read_as(relation, claims.confirmed):
            self.status_known += 1
            self.status_right += predicted == relation.status
        else:
            predicted = _read_as(relation, claims.refused) or _read_as(relation, claims.possible)
        if predicted:
            self.confusion[relation.status, predicted] += 1

    def _count_doubts(self, record: GoldRecord, claims: Claims) -> None:
        for key, why in find_traps(record).items():
            statements = claims.confirmed.get(key) or claims.unpredicted(key)
            if why and statements:
                self.confusion[why, statements[0].status] += 1

    def cells(self) -> tuple[Cell, ...]:
        """The confusion table, cell by cell, those that are not empty."""
        return tuple(Cell(*pair, ties) for pair, ties in sorted(self.confusion.items()))

    def doubts(self) -> Unconfirmed:
        """The denied and rumoured ties, and how many of them were shown as real."""
        return Unconfirmed(self.unconfirmed, self.shown, self.judged)


def _count(tally: Tally, answers: Answers, confirmed: Found) -> None:
    for each in answers.required:
        tally.gold[each.relation.type] += 1
        tally.found[each.relation.type] += not each.keys.isdisjoint(confirmed)
    for key, statements in confirmed.items():
        right = answers.judge(key, statements[0].type)
        if right is not None:
            tally.predicted[statements[0].type] += 1
            tally.correct[statements[0].type] += right


def _read_as(relation: GoldRelation, found: Found) -> str:
    """The status with which a gold tie was read, by preference in its own type; "" for none."""
    statements = next((found[key] for key in relation_keys(relation) if key in found), ())
    of_type = [each for each in statements if each.type == relation.type]
    return next((each.status for each in (*of_type, *statements)), "")
