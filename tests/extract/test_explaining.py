"""Why a reading says what it says, in lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extract.explaining import LineKind, explain
from extract.records import Document, Entity, Mention, Reading, Span, Statement

TEXT = "Halden Marine bought Ostmark. It paid EUR 40m\n  in Lund. Ostmark may know Vega."
BOUGHT = Statement(
    "ACQUIRED",
    "a",
    "b",
    evidence=(Span(30, 56, TEXT[30:56]), Span(0, 29, TEXT[:29])),
    confidence=0.874,
    votes={"rule: object of verb": 0.72, "network": 0.91},
    attrs={"deal": "d1", "amount": "EUR 40m", "site": "l", "stake": "60%"},
)


def entity(id_: str, type_: str, subtype: str, name: str, *spans: tuple[int, int]) -> Entity:
    mentions = tuple(Mention(start, end, TEXT[start:end]) for start, end in spans)
    return Entity(id_, type_, subtype, name, mentions=mentions)


ENTITIES = (
    entity("a", "ORG", "firm", "Halden Marine", (0, 13), (30, 32)),
    entity("b", "ORG", "firm", "Ostmark", (21, 28), (57, 64)),
    entity("l", "LOC", "city", "Lund", (51, 55)),
    entity("v", "ORG", "firm", "Vega", (74, 78)),
)


def lines(*statements: Statement, **document: str) -> list[Any]:
    return list(explain(Reading(Document("doc-1", TEXT, **document), ENTITIES, statements)))


def texts(kind: LineKind, *statements: Statement) -> list[str]:
    return [line.text for line in lines(*statements) if line.kind is kind]


def test_a_tie_is_told_with_its_sentences_its_votes_and_its_details() -> None:
    assert [
        (line.kind.value, line.text) for line in lines(BOUGHT, title="A deal", date="2025")
    ] == [
        ("document", "A deal (2025)"),
        ("tie", "Halden Marine —ACQUIRED→ Ostmark  [in effect, confidence 0.87]"),
        ("sentence", "Halden Marine bought Ostmark."),
        ("sentence", "It paid EUR 40m in Lund."),
        ("votes", "network 0.91 · rule: object of verb 0.72"),
        ("details", "site Lund · amount EUR 40m · stake 60%"),
    ]


def test_the_two_sides_are_marked_and_nothing_else() -> None:
    found = [line for line in lines(BOUGHT) if line.kind is LineKind.sentence]
    marked = [[piece.text for piece in line.pieces if piece.marked] for line in found]
    assert marked == [["Halden Marine", "Ostmark"], ["It"]]


def test_a_name_in_a_name_is_marked_once() -> None:
    inner = replace(ENTITIES[1], mentions=(Mention(0, 6, "Halden"), *ENTITIES[1].mentions))
    document = Document("doc-1", TEXT)
    entities = (ENTITIES[0], inner)
    found = list(explain(Reading(document, entities, (BOUGHT,))))[2]
    assert found.text == "Halden Marine bought Ostmark."
    assert [piece.text for piece in found.pieces if piece.marked] == ["Halden Marine", "Ostmark"]


def test_possible_ties_come_last_under_a_heading_of_their_own() -> None:
    doubt = Statement("PARTNERS_WITH", "b", "v", modality="possible", confidence=0.3)
    told = [(line.kind, line.text) for line in lines(doubt, BOUGHT)[1:]]
    ties = [text for kind, text in told if kind is LineKind.tie]
    assert ties == [
        "Halden Marine —ACQUIRED→ Ostmark  [in effect, confidence 0.87]",
        "Ostmark —PARTNERS_WITH→ Vega  [possible, confidence 0.30]",
    ]
    assert [kind for kind, _ in told].index(LineKind.heading) == len(told) - 2


def test_a_text_without_ties_says_so() -> None:
    assert texts(LineKind.heading) == ["No tie found"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"polarity": "denied"}, "denied"),
        ({"modality": "rumoured"}, "rumoured"),
        ({"polarity": "denied", "modality": "possible"}, "denied, possible"),
    ],
)
def test_the_status_is_in_words(changes: dict[str, str], status: str) -> None:
    (tie,) = texts(LineKind.tie, replace(BOUGHT, **changes))  # type: ignore[arg-type]
    assert tie.endswith(f"[{status}, confidence 0.87]")


def test_a_rule_that_did_not_vote_is_named_without_a_number() -> None:
    assert texts(LineKind.votes, replace(BOUGHT, votes={}, rule="object of verb")) == [
        "rule: object of verb"
    ]


def test_what_says_nothing_has_no_line() -> None:
    bare = Statement("ACQUIRED", "a", "b")
    assert [line.kind for line in lines(bare)] == [LineKind.document, LineKind.tie]


@pytest.mark.parametrize(
    ("type_", "kind", "words"),
    [
        ("FACILITY_IN", "rnd_centre", "R&D centre"),
        ("PARTNERS_WITH", "rnd", "research and development"),
        ("PARTNERS_WITH", "own word", "own word"),
    ],
)
def test_kinds_are_in_the_words_of_the_ontology(type_: str, kind: str, words: str) -> None:
    statement = Statement(type_, "a", "l", attrs={"kind": kind})
    assert texts(LineKind.details, statement) == [f"kind {words}"]
