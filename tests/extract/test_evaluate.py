"""Evaluation: what counts as right, what as wrong, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.evaluate import Evaluation, Row, evaluate, evaluate_files
from extract.gold import read_gold
from extract.records import Document, Entity, Failure, Mention, Reading, Statement

TEXT = "Norvik and Telsa met Ann Lee in Turin."


def _mention(name: str) -> dict[str, Any]:
    return {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "text": name}


def _gold(*relations: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entities = [
        {"id": key, "type": type_, "name": name, "mentions": [_mention(name)]}
        for key, type_, name in (
            ("a", "ORG", "Norvik"),
            ("b", "ORG", "Telsa"),
            ("p", "PER", "Ann Lee"),
            ("c", "LOC", "Turin"),
        )
    ]
    return {"id": "r1", "text": TEXT, "entities": entities, "relations": list(relations)} | fields


def _tie(type_: str, head: str, tail: str, **fields: Any) -> dict[str, Any]:
    return {"type": type_, "head": head, "tail": tail, **fields}


def _reader(
    *statements: Statement, extra: tuple[Entity, ...] = ()
) -> Callable[[Iterable[Document]], Iterator[Reading | Failure]]:
    entities = tuple(
        Entity(key, type_, "", name, (), (Mention(**_mention(name)),))
        for key, type_, name in (
            ("e1", "ORG", "Norvik"),
            ("e2", "ORG", "Telsa"),
            ("e3", "PER", "Ann Lee"),
            ("e4", "LOC", "Turin"),
        )
    )

    def read(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for document in documents:
            yield Reading(document, (*entities, *extra), statements)

    return read


def _all(evaluation: Evaluation, table: str = "relations") -> Row:
    return next(row for name, row in evaluation.rows() if name == table and row.name == "all")


def test_tie_found() -> None:
    result = evaluate(
        [_gold(_tie("ACQUIRED", "a", "b"))], _reader(Statement("ACQUIRED", "e1", "e2"))
    )
    assert _all(result) == Row("all", gold=1, found=1, predicted=1, correct=1)


def test_tie_invented() -> None:
    result = evaluate([_gold()], _reader(Statement("ACQUIRED", "e1", "e2")))
    assert (_all(result).predicted, _all(result).correct) == (1, 0)


def test_direction_counts() -> None:
    result = evaluate(
        [_gold(_tie("ACQUIRED", "a", "b"))], _reader(Statement("ACQUIRED", "e2", "e1"))
    )
    assert _all(result).found == 0


def test_symmetric_tie_has_no_direction() -> None:
    gold = _gold(_tie("PARTNERS_WITH", "a", "b"))
    assert _all(evaluate([gold], _reader(Statement("PARTNERS_WITH", "e2", "e1")))).found == 1


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        (_tie("SUBSIDIARY_OF", "b", "a"), Statement("ACQUIRED", "e1", "e2")),
        (_tie("INVESTED_IN", "a", "b"), Statement("SUBSIDIARY_OF", "e2", "e1")),
        (_tie("JOINT_VENTURE_WITH", "a", "b"), Statement("PARTNERS_WITH", "e1", "e2")),
        (_tie("MEMBER_OF", "a", "b"), Statement("PART_OF", "e1", "e2")),
        (_tie("FACILITY_IN", "a", "c"), Statement("HEADQUARTERED_IN", "e1", "e4")),
    ],
)
def test_types_of_a_group_cover_each_other(gold: dict[str, Any], predicted: Statement) -> None:
    assert _all(evaluate([_gold(gold)], _reader(predicted))).f1 == 1


@pytest.mark.parametrize(
    "statement",
    [
        Statement("ACQUIRED", "e1", "e2", polarity="denied"),
        Statement("ACQUIRED", "e1", "e2", modality="rumoured"),
    ],
)
def test_unconfirmed_is_no_prediction(statement: Statement) -> None:
    row = _all(evaluate([_gold(_tie("ACQUIRED", "a", "b"))], _reader(statement)))
    assert (row.found, row.predicted) == (0, 0)


def test_optional_tie_changes_nothing() -> None:
    gold = _gold(_tie("ACQUIRED", "a", "b", optional=True))
    assert _all(evaluate([gold], _reader(Statement("ACQUIRED", "e1", "e2")))) == Row("all")
    assert _all(evaluate([gold], _reader())) == Row("all")


def test_implicit_tie_is_reported_with_and_without() -> None:
    gold = _gold(_tie("HEADQUARTERED_IN", "a", "c", implicit=True))
    result = evaluate([gold], _reader())
    assert (_all(result).gold, _all(result, "explicit").gold) == (1, 0)


def test_alternative_place_is_right() -> None:
    entities = [*_gold()["entities"], {"id": "d", "type": "LOC", "name": "Italy"}]
    gold = _gold(_tie("FACILITY_IN", "a", "d", tail_alternatives=["c"]), entities=entities)
    assert _all(evaluate([gold], _reader(Statement("FACILITY_IN", "e1", "e4")))).f1 == 1


def test_pair_record_scores_its_pair_only() -> None:
    gold = _gold(_tie("NO_RELATION", "a", "b"), completeness="pair")
    statements = (Statement("ACQUIRED", "e1", "e2"), Statement("EMPLOYED_BY", "e3", "e1"))
    assert _all(evaluate([gold], _reader(*statements))) == Row("all", predicted=1)


def test_types_that_are_not_annotated_are_left_out() -> None:
    gold = _gold(completeness="exhaustive_for_types", annotated_types=["EMPLOYED_BY"])
    statements = (Statement("ACQUIRED", "e1", "e2"), Statement("EMPLOYED_BY", "e3", "e1"))
    assert _all(evaluate([gold], _reader(*statements))) == Row("all", predicted=1)


def test_record_of_entities_only_scores_no_tie() -> None:
    result = evaluate(
        [_gold(completeness="entities_only")], _reader(Statement("ACQUIRED", "e1", "e2"))
    )
    assert _all(result) == Row("all")
    assert _all(result, "mentions_strict").f1 == 1


def test_trap() -> None:
    gold = _gold(negative_relations=[_tie("ACQUIRED", "a", "b"), _tie("FACILITY_IN", "a", "c")])
    result = evaluate([gold], _reader(Statement("ACQUIRED", "e1", "e2")))
    assert (result.traps, result.fallen) == (2, 1)


def test_status_of_ties_found() -> None:
    gold = _gold(_tie("ACQUIRED", "a", "b", attrs={"status": "past"}))
    result = evaluate([gold], _reader(Statement("ACQUIRED", "e1", "e2", modality="ended")))
    assert (result.status_known, result.status_right) == (1, 1)


def test_group_is_matched_by_its_noun() -> None:
    entities = [*_gold()["entities"], {"id": "g", "type": "ORG", "name": "~universities"}]
    gold = _gold(_tie("PARTNERS_WITH", "a", "g"), entities=entities)
    group = Entity("e9", "ORG", "group", "research universities", (), (), 8)
    result = evaluate([gold], _reader(Statement("PARTNERS_WITH", "e1", "e9"), extra=(group,)))
    assert _all(result).f1 == 1


def test_unnamed_entity_that_gold_lacks_is_left_out() -> None:
    sweden = Entity("e9", "LOC", "country", "Sweden", (), (Mention(0, 6, "Norvik", "nominal"),))
    result = evaluate(
        [_gold()], _reader(Statement("HEADQUARTERED_IN", "e1", "e9"), extra=(sweden,))
    )
    assert _all(result).predicted == 0


def test_mentions_strict_and_partial() -> None:
    def read(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for document in documents:
            mention = Mention(0, 10, TEXT[:10])
            yield Reading(document, (Entity("e1", "ORG", "firm", "Norvik", (), (mention,)),))

    result = evaluate([_gold()], read)
    assert _all(result, "mentions_strict").found == 0
    assert _all(result, "mentions_partial").found == 1


def test_failure_finds_nothing() -> None:
    def read(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for document in documents:
            yield Failure(document.source, "broken")

    result = evaluate([_gold(_tie("ACQUIRED", "a", "b"))], read)
    assert (_all(result).gold, _all(result).found, len(result.failures)) == (1, 0, 1)


def test_records_of_one_text_are_read_once() -> None:
    seen: list[str] = []

    def read(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for document in documents:
            seen.append(document.id)
            yield Reading(document)

    evaluate([_gold(), _gold() | {"id": "r2"}], read)
    assert len(seen) == 1


def test_result_is_plain_values() -> None:
    result = evaluate([_gold(_tie("ACQUIRED", "a", "b"))], _reader()).to_dict()
    assert json.loads(json.dumps(result)) == result
    assert result["relations"][0]["name"] == "ACQUIRED"


def test_records_come_from_lines(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_gold()) + "\n\n" + json.dumps(_gold()) + "\n", encoding="utf-8")
    assert [record["id"] for record in read_gold(path)] == ["r1", "r1"]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": 1, "text": 2}', "nonsense"])
def test_faulty_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_gold()) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl, line 2") as caught:
        list(read_gold(path))
    assert "\n" not in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl"):
        list(read_gold(tmp_path / "none.jsonl"))


def test_files_are_evaluated_together(tmp_path: Path) -> None:
    found, missed = tmp_path / "found.jsonl", tmp_path / "missed.jsonl"
    found.write_text(json.dumps(_gold(_tie("ACQUIRED", "a", "b"))) + "\n", encoding="utf-8")
    missed.write_text(json.dumps(_gold(_tie("FOUNDED_BY", "a", "p"))) + "\n", encoding="utf-8")
    result = evaluate_files([str(found), missed], _reader(Statement("ACQUIRED", "e1", "e2")))
    assert (result.relations[-1].gold, result.relations[-1].found) == (2, 1)


def test_missing_file_of_several_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.jsonl"):
        evaluate_files([tmp_path / "absent.jsonl"], _reader())


def test_denied_and_rumoured_gold_is_a_trap() -> None:
    gold = _gold(
        _tie("ACQUIRED", "a", "b", polarity="denied"),
        _tie("FACILITY_IN", "a", "c", polarity="affirmed", modality="rumoured"),
        _tie("SUPPLIES", "a", "b", attrs={"status": "denied"}),
    )
    result = evaluate([gold], _reader(Statement("ACQUIRED", "e1", "e2")))
    assert (_all(result).gold, result.traps, result.fallen) == (0, 3, 1)


def test_status_is_read_from_modality() -> None:
    gold = _gold(_tie("ACQUIRED", "a", "b", polarity="affirmed", modality="planned"))
    result = evaluate([gold], _reader(Statement("ACQUIRED", "e1", "e2", modality="ended")))
    assert (result.status_known, result.status_right) == (1, 0)


def test_ties_of_one_group_keep_their_own_status() -> None:
    gold = _gold(
        _tie("ACQUIRED", "a", "b", modality="planned"),
        _tie("INVESTED_IN", "a", "b", modality="ended"),
    )
    statements = (
        Statement("ACQUIRED", "e1", "e2", modality="planned"),
        Statement("INVESTED_IN", "e1", "e2", modality="ended"),
    )
    result = evaluate([gold], _reader(*statements))
    assert (result.status_known, result.status_right) == (2, 2)


def test_only_the_text_is_needed() -> None:
    raw = {"text": TEXT, "entities": None, "relations": None, "date": None}
    assert _all(evaluate([raw], _reader())).gold == 0


def test_records_of_one_text_are_merged() -> None:
    """The entities of the second record go by other ids."""
    other = {
        "text": TEXT,
        "entities": [
            {"id": "b", "type": "ORG", "name": "Norvik", "mentions": [_mention("Norvik")]},
            {"id": "a", "type": "LOC", "name": "Turin"},
        ],
        "relations": [_tie("FACILITY_IN", "b", "a"), _tie("LOCATED_IN", "b", "a")],
    }
    statements = (Statement("ACQUIRED", "e1", "e2"), Statement("FACILITY_IN", "e1", "e4"))
    result = evaluate([_gold(_tie("ACQUIRED", "a", "b")), other], _reader(*statements))
    assert _all(result) == Row("all", gold=3, found=3, predicted=2, correct=2)
    assert _all(result, "mentions_strict").gold == 4


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"entities": [{"id": "a", "type": "ORG", "mentions": [_mention("Turin")]}] * 2}, "same"),
        (
            {"entities": [{"id": "a", "type": "ORG", "mentions": [{"start": 0, "end": 99}]}]},
            "from 0 to 99 is not in it",
        ),
        (
            {
                "entities": [
                    {
                        "id": "a",
                        "type": "ORG",
                        "mentions": [{"start": 0, "end": 5, "text": "Telsa"}],
                    }
                ]
            },
            "from 0 to 5 is not 'Telsa'",
        ),
        ({"relations": [_tie("MARRIED_TO", "a", "b")]}, "unknown relation type 'MARRIED_TO'"),
        ({"relations": [_tie("ACQUIRED", "a", "z")]}, "the entity 'z'"),
        ({"negative_relations": [_tie("ACQUIRED", "y", "b")]}, "the entity 'y'"),
        ({"relations": [_tie("ACQUIRED", "a", "b", tail_alternatives=["x"])]}, "the entity 'x'"),
    ],
)
def test_gold_that_does_not_fit_together(
    tmp_path: Path, fields: dict[str, Any], words: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_gold() | fields), encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl, line 1: ") as caught:
        evaluate_files([path], _reader())
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
