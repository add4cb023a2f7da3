"""Two runs side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.evaluate import Evaluation, Row
from extract.evaluation.comparison import Comparison, compare, read_run
from extract.records import Statement

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]

DEAL = Statement("ACQUIRED", "e1", "e2")
JOB = Statement("EMPLOYED_BY", "e4", "e1")
WRONG = Statement("SUPPLIES", "e1", "e2")


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """``save(evaluation)`` is the file that `partnergraph evaluate --json` would make of it."""

    def write(result: Evaluation, *, errors: bool = True) -> Path:
        path = tmp_path / "before.json"
        path.write_text(json.dumps(result.to_dict(errors=errors)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def changed(gold: Gold, judge: Judge, save: Callable[..., Path]) -> Comparison:
    """A job is found that wasn't, a deal is not that was; a false tie came."""
    record = gold(("ACQUIRED", "a", "b"), ("EMPLOYED_BY", "p", "a"))
    return compare(read_run(save(judge(record, DEAL))), judge(record, JOB, WRONG))


def test_rows_that_changed(changed: Comparison) -> None:
    rows = {change.after.name: change for change in changed.changes if change.table == "relations"}
    assert list(rows) == ["ACQUIRED", "EMPLOYED_BY", "SUPPLIES", "all"]
    assert (rows["ACQUIRED"].delta, rows["EMPLOYED_BY"].delta) == (-1.0, 1.0)
    assert rows["SUPPLIES"].before == Row("SUPPLIES")
    assert rows["all"].before.f1 == pytest.approx(2 / 3)
    assert rows["all"].delta == pytest.approx(0.5 - 2 / 3)


def test_groups_are_compared_and_entities_stayed(changed: Comparison) -> None:
    tables = {change.table for change in changed.changes}
    assert tables == {"relations", "groups", "explicit"}


def test_newly_wrong_and_newly_right(changed: Comparison) -> None:
    assert changed.newly_wrong is not None
    assert changed.newly_right is not None
    assert [(m.side, m.type) for m in changed.newly_wrong] == [
        ("missed", "ACQUIRED"),
        ("false", "SUPPLIES"),
    ]
    (right,) = changed.newly_right
    assert (right.side, right.type, right.head) == ("missed", "EMPLOYED_BY", "Ann Lee")
    assert right.excerpt.text == "Norvik and Telsa met Ann Lee in Turin."


def test_comparison_is_plain_values(changed: Comparison) -> None:
    told = changed.to_dict()
    assert json.loads(json.dumps(told)) == told
    (row,) = (r for r in told["rows"] if (r["table"], r["name"]) == ("relations", "all"))
    assert (row["f1_before"], row["f1_after"], row["delta"]) == (0.6667, 0.5, -0.1667)
    assert told["newly_right"][0]["side"] == "missed"


def test_the_same_run_has_not_changed(gold: Gold, judge: Judge, save: Callable[..., Path]) -> None:
    statement = Statement("ACQUIRED", "e1", "e2", confidence=0.87654321, votes={"n": 0.123456})
    result = judge(gold(("FOUNDED_BY", "a", "p"), traps=[("ACQUIRED", "a", "b")]), statement)
    assert compare(read_run(save(result)), result) == Comparison(True, (), (), (), ())


def test_figures_that_are_no_rows(gold: Gold, judge: Judge, save: Callable[..., Path]) -> None:
    record = gold(traps=[("ACQUIRED", "a", "b", {"why": "denied"})])
    found = compare(read_run(save(judge(record))), judge(record, DEAL))
    figures = {figure.name: (figure.before, figure.after) for figure in found.figures}
    assert figures == {
        "traps fallen into": (0.0, 1.0),
        "denied or rumoured ties shown as real": (0.0, 1.0),
        "calibration error": (0.0, 1.0),
    }


def test_a_run_without_mistakes_names_no_ties(
    gold: Gold, judge: Judge, save: Callable[..., Path]
) -> None:
    result = judge(gold(("ACQUIRED", "a", "b")))
    found = compare(read_run(save(result, errors=False)), result)
    assert (found.newly_wrong, found.newly_right) == (None, None)
    assert found.to_dict()["newly_wrong"] is None


def test_a_run_of_other_texts_is_told(gold: Gold, judge: Judge, save: Callable[..., Path]) -> None:
    run = read_run(save(judge({"id": "r2", "text": "Another text."})))
    assert compare(run, judge(gold())).same_texts is False


def test_a_run_from_before_these_figures_can_be_compared(
    gold: Gold, judge: Judge, tmp_path: Path
) -> None:
    result = judge(gold(("ACQUIRED", "a", "b")), DEAL)
    keys = ("documents", "failures", "mentions_strict", "mentions_partial", "relations", "explicit")
    old = {key: result.to_dict()[key] for key in keys}
    old |= {"traps": {"total": 0, "fallen": 0}, "status": {"known": 0, "right": 0}}
    path = tmp_path / "old.json"
    path.write_text(json.dumps(old), encoding="utf-8")
    found = compare(read_run(path), judge(gold(("ACQUIRED", "a", "b"))))
    assert found.same_texts is None
    assert found.newly_wrong is None
    assert {c.table for c in found.changes} == {"relations", "groups", "explicit"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no JSON"),
        (b"traps: 3", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "no run"),
        (b'{"documents": 1}', "mentions_strict"),
        (b'{"documents": "many"}', "documents"),
        (None, "check the path"),
    ],
    ids=["empty", "text", "deep", "binary", "list", "part", "wrong type", "missing"],
)
def test_a_file_that_is_no_run(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "run.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=r"run\.json") as caught:
        read_run(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("relations", 0, "gold"), -1),
        (("relations", 0, "gold"), 10**400),
        (("errors", "missed", 0, "confidence"), float("nan")),
        (("errors", "missed", 0, "votes"), {"n": float("inf")}),
        (("errors", "missed"), None),
        (("traps", "total"), None),
    ],
)
def test_a_run_with_a_wrong_value(
    gold: Gold, judge: Judge, tmp_path: Path, place: tuple[Any, ...], value: Any
) -> None:
    run = judge(gold(("ACQUIRED", "a", "b"))).to_dict(errors=True)
    target = run
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    path = tmp_path / "run.json"
    path.write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.json: no run of an evaluation \("):
        read_run(path)
