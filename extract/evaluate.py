"""Precision, recall and F1 of a reader against gold records in the exchange schema.

Ties are scored leniently: types that an annotator may well take for each other form a group
(``scoring.yaml``), and ownership is turned to owner → owned. Direction counts unless the group
is symmetric. A predicted entity stands for the gold entity whose mentions it overlaps most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.evaluation.calibration import calibrate
from extract.evaluation.matching import find_claims, relation_keys
from extract.evaluation.mentions import MentionScore
from extract.evaluation.mistakes import Mistake, find_mistakes
from extract.evaluation.result import Evaluation
from extract.evaluation.rows import Row
from extract.evaluation.ties import TieScore, collect_answers
from extract.evaluation.truth import Truth, aligned_truth
from extract.gold import GoldRecord, gold_record, merge_records, read_gold
from extract.records import Document, Failure, Reading, Statement, content_id, document_id
from extract.scoring import scoring

__all__ = [
    "Evaluation",
    "Read",
    "Row",
    "Truth",
    "aligned_truth",
    "covers",
    "evaluate",
    "evaluate_files",
]

Read = Callable[[Iterable[Document]], Iterator["Reading | Failure"]]


def evaluate(gold_records: Iterable[Mapping[str, Any]], read: Read) -> Evaluation:
    """Reads the text of every gold record and compares.

    Args:
        gold_records: records in the exchange schema, plus the gold's own fields.
        read: the reader. Each text is read once, however many records are about it; those
            that annotate it alike are taken together.

    Raises:
        InputError: a record lacks what the schema asks for.
    """
    gold: dict[str, list[GoldRecord]] = defaultdict(list)
    for number, raw in enumerate(gold_records, start=1):
        record = gold_record(raw, f"gold record {number}")
        gold[document_id(record.text)].append(record)
    gold = {key: merge_records(records) for key, records in gold.items()}
    score = _Score()
    seen: set[str] = set()
    for result in read(_documents(gold)):
        if isinstance(result, Failure):
            score.failures.append(result)
            continue
        seen.add(result.document.id)
        for record in gold.get(result.document.id, ()):
            score.add(record, result)
    for key, records in gold.items():  # what couldn't be read has found nothing
        if key not in seen:
            for record in records:
                score.add(record, Reading(Document(id=key, text=record.text)))
    return score.result(gold)


def evaluate_files(paths: Iterable[str | Path], read: Read) -> Evaluation:
    """Like ``evaluate``, of the records of JSONL files, all together.

    Raises:
        InputError: a file is missing or a line is no record; the message names file and line.
    """
    return evaluate((record for path in paths for record in read_gold(Path(path))), read)


def covers(record: Mapping[str, Any], statement: Statement) -> bool:
    """Whether a gold tie of the same scoring group covers a statement in the gold's own ids."""
    gold = gold_record(record, "gold record")
    key = scoring().key(statement.type, statement.head, statement.tail)
    return any(key in relation_keys(relation) for relation in gold.ties)


def _documents(gold: Mapping[str, list[GoldRecord]]) -> Iterator[Document]:
    for key, records in gold.items():
        first = records[0]
        yield Document(
            id=key,
            text=first.text,
            title=first.title or "",
            date=first.date or "",
            source=first.id or "",
        )


@dataclass(slots=True)
class _Score:
    """The running counts; one ``add`` a record."""

    mentions: MentionScore = field(default_factory=MentionScore)
    ties: TieScore = field(default_factory=TieScore)
    mistakes: list[Mistake] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, record: GoldRecord, reading: Reading) -> None:
        if record.completeness in ("exhaustive", "entities_only"):
            self.mentions.add(record, reading)
        if record.completeness == "entities_only":
            return
        answers = collect_answers(record)
        claims = find_claims(record, reading)
        self.ties.add(answers, claims)
        self.mistakes += find_mistakes(answers, claims, reading)

    def result(self, texts: Iterable[str]) -> Evaluation:
        ids = sorted(texts)
        return Evaluation(
            documents=len(ids),
            texts=content_id("texts", *ids),
            failures=tuple(self.failures),
            mentions_strict=self.mentions.strict.rows(),
            mentions_partial=self.mentions.partial.rows(),
            mention_kinds=self.mentions.mention_kinds.rows(),
            entity_kinds=self.mentions.entity_kinds.rows(),
            relations=self.ties.relations.rows(),
            explicit=self.ties.explicit.rows(),
            traps=self.ties.traps,
            fallen=self.ties.fallen,
            unconfirmed=self.ties.doubts(),
            status_known=self.ties.status_known,
            status_right=self.ties.status_right,
            confusion=self.ties.cells(),
            calibration=calibrate(self.ties.points),
            mistakes=tuple(self.mistakes),
        )
