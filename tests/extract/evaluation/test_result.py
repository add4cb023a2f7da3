"""The whole result as JSON: the keys that programs count on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from extract.evaluate import Evaluation
from extract.records import Statement

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]


def test_json_is_plain_and_complete(gold: Gold, judge: Judge) -> None:
    statement = Statement("ACQUIRED", "e1", "e2", confidence=0.9, votes={"network": 0.9})
    record = gold(("ACQUIRED", "a", "b", {"status": "planned"}))
    result = judge(record, statement).to_dict(errors=True)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert result["traps"]["unconfirmed"] == {
        "total": 0,
        "fallen": 0,
        "predicted": 1,
        "share": 0.0,
    }
    assert result["status"] == {
        "known": 1,
        "right": 0,
        "accuracy": 0.0,
        "confusion": [{"gold": "planned", "predicted": "in_effect", "ties": 1}],
    }
    assert result["calibration"]["error"] == 0.1
    assert result["kinds"]["entities"][-1] == {
        "name": "all",
        "matched": 5,
        "right": 5,
        "share": 1.0,
    }


def test_keys_of_before_are_still_there(gold: Gold, judge: Judge) -> None:
    result = judge(gold()).to_dict()
    tables = {"mentions_strict", "mentions_partial", "relations", "explicit"}
    assert result.keys() >= tables | {"documents", "failures", "traps", "status"}
    assert result["traps"].keys() >= {"total", "fallen"}
    assert result["status"].keys() >= {"known", "right"}
    row = {"name", "gold", "found", "predicted", "correct", "precision", "recall", "f1"}
    assert all(result[table][-1].keys() == row for table in tables)


def test_texts_are_told_apart(gold: Gold, judge: Judge) -> None:
    one, same = judge(gold()), judge(gold(("ACQUIRED", "a", "b")))
    other = judge({"id": "r2", "text": "Another text."})
    assert one.texts == same.texts
    assert one.texts != other.texts
