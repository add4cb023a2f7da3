"""What one document adds, as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extract.records import Document, Entity, Mention, Reading, Span, Statement
from graph.contribution import clean, contribution, fingerprint

Make = Callable[..., Reading]


def test_names_are_marked_in_the_evidence(reading: Make) -> None:
    made = reading("Today Alpha bought Beta, says Alpha.", [("Alpha", "ACQUIRED", "Beta")])
    (row,) = contribution(made).statements
    text, names = row.properties["text"], row.properties["names"]
    assert [text[a:b] for a, b in zip(names[::2], names[1::2], strict=True)] == ["Alpha", "Beta"]


def test_names_are_marked_in_the_second_sentence_too(reading: Make) -> None:
    made = reading(
        "Alpha is old. It bought Beta.",
        [
            (
                *("Alpha", "ACQUIRED", "Beta"),
                {"evidence": (Span(0, 13, "Alpha is old."), Span(14, 29, "It bought Beta."))},
            )
        ],
    )
    (row,) = contribution(made).statements
    text, names = row.properties["text"], row.properties["names"]
    assert text == "Alpha is old. … It bought Beta."
    assert [text[a:b] for a, b in zip(names[::2], names[1::2], strict=True)] == ["Alpha", "Beta"]
    assert (row.properties["start"], row.properties["end"]) == (0, 13)


def test_two_rules_on_one_passage_are_one_statement(reading: Make) -> None:
    tie = ("Alpha", "ACQUIRED", "Beta")
    made = reading(
        "Alpha bought Beta.",
        [(*tie, {"rule": "a", "confidence": 0.6}), (*tie, {"rule": "b", "confidence": 0.7})],
    )
    for order in (made, replace(made, statements=made.statements[::-1])):
        (row,) = contribution(order).statements
        assert (row.properties["rule"], row.properties["confidence"]) == ("b", 0.7)


def test_local_entities_that_are_one_are_put_together(reading: Make) -> None:
    made = reading("VW and Volkswagen AG.", names=["VW", "Volkswagen AG"])
    (row,) = contribution(made).uses
    assert row.properties["name"] == "Volkswagen AG"
    assert row.properties["names"] == ["VW", "Volkswagen AG"]
    assert row.properties["counts"] == [1, 1]


def test_numbers_and_amounts_are_parsed(reading: Make) -> None:
    options = {"count": "1,200", "people": "many", "amount": "EUR 2bn", "kind": ""}
    made = reading("Alpha with Beta.", [("Alpha", "PARTNERS_WITH", "Beta", options)])
    row = contribution(made).statements[0].properties
    assert (row["count"], row["amount"], row["currency"]) == (1200, 2e9, "EUR")
    assert "people" not in row
    assert "kind" not in row


def test_a_deal_of_three_has_three_parties(corpus: tuple[Reading, ...]) -> None:
    (deal,) = {row.deal for row in contribution(corpus[1]).statements if row.deal}
    assert [role for role, _ in deal.parties] == ["parent"] * 3


def test_a_possible_statement_never_takes_the_place_of_a_real_one(reading: Make) -> None:
    tie = ("Alpha", "ACQUIRED", "Beta")
    doubt = (*tie, {"modality": "possible", "confidence": 0.9})
    made = reading("Alpha bought Beta.", [(*tie, {"confidence": 0.2}), doubt])
    for order in (made, replace(made, statements=made.statements[::-1])):
        (row,) = contribution(order).statements
        assert row.properties["status"] == "in_effect"


def test_a_possible_party_is_none_to_the_deal_that_is_real(reading: Make) -> None:
    made = reading(
        "Alpha, Beta and Gamma.",
        [
            ("Alpha", "PARTNERS_WITH", "Beta", {"deal": "d"}),
            ("Alpha", "PARTNERS_WITH", "Gamma", {"deal": "d", "modality": "possible"}),
        ],
    )
    deals = {row.deal for row in contribution(made).statements if row.deal}
    assert [len(deal.parties) for deal in deals] == [2, 2]


def test_a_possible_denial_is_possible(reading: Make) -> None:
    doubt = {"modality": "possible", "polarity": "denied"}
    made = reading("Alpha, Beta.", [("Alpha", "ACQUIRED", "Beta", doubt)])
    (row,) = contribution(made).statements
    assert (row.properties["status"], row.properties["polarity"]) == ("possible", "denied")


def test_the_fingerprint_sees_every_change(corpus: tuple[Reading, ...]) -> None:
    made = corpus[0]
    statement = made.statements[0]
    changed = [
        replace(made, document=replace(made.document, title="x")),
        replace(made, entities=made.entities[:1]),
        replace(made, statements=(replace(statement, confidence=0.1),)),
        replace(made, statements=(replace(statement, attrs={}),)),
        replace(made, statements=(replace(statement, evidence=()),)),
    ]
    assert len({fingerprint(item) for item in (made, *changed)}) == len(changed) + 1
    assert fingerprint(replace(made)) == fingerprint(made)


@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_can_be_written(text: str) -> None:
    made = Reading(
        Document("doc-1", text, text),
        (
            Entity("a", "ORG", text, text, (text,), (Mention(0, len(text), text),)),
            Entity("b", "ORG", "firm", "Beta"),
        ),
        (Statement("SUPPLIES", "a", "b", attrs={"role": text, "amount": text}),),
    )
    row = contribution(made)
    values = [row.document["title"], *(m.properties["name"] for m in row.uses)]
    values += [str(s.properties) for s in row.statements]
    "".join(values).encode("utf-8")  # what the driver does, and what a lone surrogate breaks
    assert len(clean(text)) == len(text)
