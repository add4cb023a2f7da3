"""Fits the vote on ties (extract/relations/voting.py) to passages kept out of training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extract.evaluation.truth import Truth, aligned_truth
from extract.model.annotated import paragraphs
from extract.model.pieces import Floats
from extract.records import Document, document_id
from extract.relations.voting import Candidate, candidates

_DRAWN = 1.0  # how strongly weights are drawn to nothing
_FOLDS = 5
_ROUNDS = 30
_LEAST = 0.25  # what is less probable is not shown
LEAST_PRECISION = 0.82  # some points are lost on news that nobody wrote for us


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate tie of a passage: its features, whether it is right; ``group`` is what a gold
    tie is counted by once, however many candidates say it."""

    passage: int
    features: Mapping[str, float]
    right: bool
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights and threshold, and how well they do on passages that they were not fitted on."""

    weights: dict[str, float]
    threshold: float
    precision: float
    recall: float
    f1: float
    calibration_error: float


def fit_ballot(examples: Sequence[Example], gold: int) -> Fitted:
    """Weights by logistic regression; the threshold with the best F1 among those with a
    precision of ``LEAST_PRECISION``, by cross-validation over passages.

    ``gold`` is how many ties there are to find.
    """
    names = sorted({name for example in examples for name in example.features})
    table = np.array([[e.features.get(name, 0.0) for name in names] for e in examples])
    right = np.array([e.right for e in examples], dtype=float)
    folds = np.array([e.passage % _FOLDS for e in examples])
    chances = np.zeros(len(examples))
    for fold in range(_FOLDS):
        held = folds == fold
        chances[held] = _chances(table[held], _regress(table[~held], right[~held]))
    threshold, precision, recall = _threshold(examples, chances, right, gold)
    weights = _regress(table, right)
    return Fitted(
        {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
        threshold,
        precision,
        recall,
        2 * precision * recall / max(1e-9, precision + recall),
        calibration_error(chances[chances >= _LEAST], right[chances >= _LEAST]),
    )


def _regress(table: Floats, right: Floats) -> Floats:
    """Newton's method; what is always there is not drawn to nothing."""
    weights = np.zeros(table.shape[1])
    drawn = np.full(table.shape[1], _DRAWN)
    drawn[table.all(axis=0)] = 1e-3
    for _ in range(_ROUNDS):
        chances = _chances(table, weights)
        slope = table.T @ (right - chances) - drawn * weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + np.diag(drawn)
        weights = weights + np.linalg.solve(bend, slope)
    result: Floats = weights
    return result


def _chances(table: Floats, weights: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
    return result


def _threshold(
    examples: Sequence[Example], chances: Floats, right: Floats, gold: int
) -> tuple[float, float, float]:
    best = (-2.0, 0.5, 0.0, 0.0)  # lower than any: where none is precise enough, the best F1
    for step in range(20, 96):
        threshold = step / 100
        kept = chances >= threshold
        found = {e.group for e, k, r in zip(examples, kept, right, strict=True) if k and r}
        precision = float(right[kept].mean()) if kept.any() else 0.0
        recall = len(found) / max(1, gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        score = f1 if precision >= LEAST_PRECISION else f1 - 1
        best = max(best, (score, threshold, precision, recall))
    return best[1:]


def calibration_error(chances: Floats, right: Floats, bins: int = 10) -> float:
    """Expected calibration error: the mean gap between confidence and share right, by bins."""
    if not len(chances):
        return 0.0
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[places == b].mean() - right[places == b].mean()) * (places == b).sum()
        for b in range(bins)
        if (places == b).any()
    ]
    return float(sum(gaps) / len(chances))


def held_out_examples(
    passages: Sequence[tuple[int, Mapping[str, Any]]], weights: Path
) -> tuple[list[Example], int]:
    """The candidate ties of passages read from their raw text, and how many there are to find.

    ``passages``: pairs of a number, by which the folds are made, and a gold record.
    """
    from extract.component import TieReader
    from extract.pipeline import load_model
    from extract.relations import find_statements

    nlp, reader = load_model(), TieReader(weights)
    examples: list[Example] = []
    gold = 0
    for number, record in passages:
        docs = list(nlp.pipe(paragraphs(record["text"]), as_tuples=True))
        document = Document(document_id(record["text"]), record["text"])
        for _, places, entities, scored in reader.scored([(document, docs)]):
            rules, _ = find_statements(document, places, entities)
            named = {entity.id for entity in entities}
            truth = aligned_truth(record, entities)
            gold += truth.ties
            examples += _judged(number, record["id"], truth, candidates(rules, scored, named))
    return examples, gold


def _judged(
    number: int, passage: str, truth: Truth, found: Iterable[Candidate]
) -> Iterator[Example]:
    """The candidates that the gold can say something of; one with a name that is none is wrong."""
    for candidate in found:
        group = truth.covered(*candidate.key)
        judged = group is not None or truth.is_judged(*candidate.key)
        if candidate.seen and judged:
            key = (passage, *(group or candidate.key))
            yield Example(number, candidate.features(), group is not None, key)
