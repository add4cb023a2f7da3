"""Fit extract/entities/weights.yaml on annotated passages, or cross-validate the fit.

    python scripts/fit_name_weights.py > extract/entities/weights.yaml
    python scripts/fit_name_weights.py --folds 5

Neighbouring passages stay in one fold, since some are variants of each other.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.entities.fitting import Example, as_yaml, find_examples, fit_weights
from extract.entities.vote import TYPES
from extract.model.annotated import CORPUS, read_corpus
from extract.pipeline import Reader
from extract.records import Document, document_id

BLOCK = 5  # passages that stay together


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    examples = list(_examples(list(read_corpus(arguments.folder))))
    if not arguments.folds:
        print(as_yaml(fit_weights(row for rows in examples for row in rows)), end="")
        return
    counts = [0, 0, 0]
    for fold in range(arguments.folds):
        held = [i // BLOCK % arguments.folds == fold for i in range(len(examples))]
        weights = fit_weights(
            row for rows, out in zip(examples, held, strict=True) if not out for row in rows
        )
        for rows, out in zip(examples, held, strict=True):
            for row in rows if out else ():
                typed = _type(row.evidence, weights)
                counts[0] += row.mentions * (typed == row.type != "")
                counts[1] += row.mentions * (typed != "")
                counts[2] += row.mentions * (row.type != "")
    right, predicted, gold = counts
    precision, recall = right / predicted, right / gold
    print(f"{len(examples)} passages, {arguments.folds} folds: names kept and typed right,")
    print(
        f"by mentions: precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {2 * precision * recall / (precision + recall):.3f}"
    )


def _examples(records: Sequence[Mapping[str, Any]]) -> Iterator[list[Example]]:
    reader = Reader()
    for record in records:
        gold = {
            (mention["start"], mention["end"]): entity["type"]
            for entity in record["entities"]
            for mention in entity["mentions"]
            if entity["type"] in TYPES
        }
        document = Document(document_id(record["text"]), record["text"])
        yield list(find_examples(reader.parse(document), gold))


def _type(evidence: Mapping[str, float], weights: Mapping[str, Sequence[float]]) -> str:
    totals = list(weights["always"])
    for item, strength in evidence.items():
        for i, weight in enumerate(weights.get(item, ())):
            totals[i] += weight * strength
    return TYPES[max(range(len(TYPES)), key=lambda i: totals[i])]


if __name__ == "__main__":
    main()
