"""Mistakes: what was missed, what is false, with the words and what else is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.evaluate import Evaluation
from extract.records import Span, Statement, document_id

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]


def test_a_missed_tie_has_its_names_and_words(gold: Gold, judge: Judge, text: str) -> None:
    (missed,) = judge(gold(("FACILITY_IN", "a", "c", {"status": "planned"}))).mistakes
    assert missed.to_dict() == {
        "document": document_id(text),
        "record": "r1",
        "type": "FACILITY_IN",
        "head": "Norvik",
        "tail": "Turin",
        "status": "planned",
        "read_as": "",
        "trap": "",
        "confidence": None,
        "votes": {},
        "sentence": "Norvik and Telsa met Ann Lee in Turin.",
        "marks": [
            {"start": 0, "end": 6, "role": "head"},
            {"start": 32, "end": 37, "role": "tail"},
        ],
    }


def test_a_missed_tie_uses_the_evidence_of_the_gold(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "i"))
    record["relations"][0]["evidence"] = [{"start": 39, "end": 73}]
    (missed,) = judge(record).mistakes
    assert missed.excerpt.text == "The Orbis Institute was there too."


def test_a_missed_tie_that_was_seen_says_as_what(gold: Gold, judge: Judge) -> None:
    seen = Statement(
        "INVESTED_IN", "e1", "e2", confidence=0.34, modality="possible", votes={"n": 0.3}
    )
    (missed,) = judge(gold(("ACQUIRED", "a", "b")), seen).mistakes
    assert (missed.side, missed.read_as, missed.confidence) == ("missed", "possible", 0.34)
    assert list(missed.notes()) == ["read as possible", "confidence 0.34", "votes: n 0.30"]


def test_a_false_tie_has_its_evidence_confidence_and_votes(
    gold: Gold, judge: Judge, text: str
) -> None:
    start = text.index("Norvik does")
    statement = Statement(
        "ACQUIRED",
        "e1",
        "e3",
        evidence=(Span(start, len(text), text[start:]),),
        confidence=0.8,
        votes={"network": 0.75, "rule: buys": 0.5},
    )
    (false,) = judge(gold(traps=[("ACQUIRED", "a", "i", {"why": "denied"})]), statement).mistakes
    assert (false.side, false.head, false.tail) == ("false", "Norvik", "Orbis Institute")
    assert (false.status, false.trap, false.confidence) == ("in_effect", "denied", 0.8)
    assert dict(false.votes) == {"network": 0.75, "rule: buys": 0.5}
    assert false.excerpt.text == "Norvik does not buy Orbis Institute."
    assert "a trap (denied)" in list(false.notes())


def test_a_false_tie_without_evidence_has_the_shortest_stretch(gold: Gold, judge: Judge) -> None:
    (false,) = judge(gold(), Statement("SUPPLIES", "e1", "e3")).mistakes
    assert false.excerpt.text == "Norvik does not buy Orbis Institute."


def test_a_trap_without_a_reason_is_called_one(gold: Gold, judge: Judge) -> None:
    record = gold(traps=[("SUPPLIES", "a", "b")])
    (false,) = judge(record, Statement("SUPPLIES", "e1", "e2")).mistakes
    assert (false.trap, "a trap" in list(false.notes())) == ("trap", True)


def test_what_is_right_or_not_judged_is_no_mistake(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b"))
    result = judge(record, Statement("ACQUIRED", "e1", "e2"), Statement("PRODUCES", "e1", "e2"))
    assert result.mistakes == ()


def test_as_many_mistakes_as_the_table_says(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b"), ("EMPLOYED_BY", "p", "a"), ("FACILITY_IN", "a", "c"))
    result = judge(record, Statement("ACQUIRED", "e1", "e2"), Statement("SUPPLIES", "e1", "e2"))
    sides = [mistake.side for mistake in result.mistakes]
    row = result.relations[-1]
    assert sides == ["missed"] * (row.gold - row.found) + ["false"] * (row.predicted - row.correct)


def test_json_has_mistakes_only_where_asked(gold: Gold, judge: Judge) -> None:
    result = judge(gold(("ACQUIRED", "a", "b")), Statement("SUPPLIES", "e1", "e2"))
    assert "errors" not in result.to_dict()
    errors = result.to_dict(errors=True)["errors"]
    assert [row["type"] for row in errors["missed"]] == ["ACQUIRED"]
    assert [row["type"] for row in errors["false"]] == ["SUPPLIES"]


def test_a_trap_of_an_open_type_is_listed_too(gold: Gold, judge: Judge) -> None:
    """No text lists all products, so the table leaves it out; the gold denies it though."""
    record = gold(traps=[("PRODUCES", "a", "b", {"why": "denied"})])
    (false,) = judge(record, Statement("PRODUCES", "e1", "e2")).mistakes
    assert false.trap == "denied"


def test_of_several_sightings_the_surest_is_told(gold: Gold, judge: Judge) -> None:
    record = gold(("ACQUIRED", "a", "b"))
    record["relations"][0]["head_alternatives"] = ["i"]
    seen = [
        Statement("ACQUIRED", head, "e2", confidence=sure, modality="possible")
        for head, sure in (("e1", 0.1), ("e3", 0.3))
    ]
    (missed,) = judge(record, *seen).mistakes
    assert missed.confidence == 0.3
