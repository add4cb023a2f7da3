"""Measures of how well names are told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extract.errors import InputError
from graph.names.evaluate import best_f1, evaluate_names, read_pairs, recall_at_false

PAIRS = [
    ("Tessarin Pharma", "Tessarin Pharmaceuticals", 1, "spelling"),
    ("Linbro GmbH", "Linbro", 1, "legal_form"),
    ("Harrowgate Foods", "Harrowgate Steel", 0, "sister"),
    ("Quennell Aerospace", "Lisgar Group", 0, "random"),
    ("Trinity", "Trinity", 0, "homonym"),
]


def _lines() -> list[str]:
    return [
        json.dumps({"a": a, "b": b, "match": match, "pair_type": type_})
        for a, b, match, type_ in PAIRS
    ]


def test_best_f1_takes_pairs_of_one_score_together() -> None:
    matches, found = np.array([1, 0, 1, 0]), np.array([0.9, 0.5, 0.5, 0.1])
    assert best_f1(matches, found) == (pytest.approx(0.8), 0.5)


def test_recall_stops_where_too_many_different_pairs_would_merge() -> None:
    matches = np.array([1, 1, 0, 1] + [0] * 99)
    found = np.array([0.9, 0.8, 0.7, 0.6] + [0.1] * 99)
    assert recall_at_false(matches, found, 0.01) == 1.0  # one of a hundred may
    assert recall_at_false(matches, found, 0.001) == pytest.approx(2 / 3)


def test_ours_comes_first_and_ready_matchers_after_it() -> None:
    ours, *others = evaluate_names(list(read_pairs(_lines())))
    assert (ours.f1, ours.recall_at_1pct_false) == (1.0, 1.0)
    assert ours.pairs == 4  # homonyms are told by type only
    assert ours.by_type["homonym"].right == 0.0
    assert "rapidfuzz ratio" in [other.matcher for other in others]


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "pairs:2 is no pair"), ('{"a": "x", "b": "y", "match": 2}', "match")],
)
def test_a_bad_line_is_named(line: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        list(read_pairs([_lines()[0], line]))


def test_pairs_of_one_kind_only_can_not_be_measured() -> None:
    with pytest.raises(InputError, match="a few of each"):
        evaluate_names(list(read_pairs(_lines()[:2])))


def test_the_command_prints_what_a_program_needs(tmp_path: Path, capsys: Any) -> None:
    from partnergraph.cli.documents import evaluate

    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(_lines()), encoding="utf-8")
    evaluate(None, names=file, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert {"f1", "precision", "recall", "recall_at_1pct_false", "by_type"} <= told.keys()
    evaluate(None, names=file)
    assert "decided right" in capsys.readouterr().out


def test_texts_and_names_are_not_evaluated_together(tmp_path: Path) -> None:
    from partnergraph.cli.documents import evaluate

    with pytest.raises(InputError, match="either"):
        evaluate(None)
    with pytest.raises(InputError, match="either"):
        evaluate(["gold.jsonl"], names=tmp_path)
