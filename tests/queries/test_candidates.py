"""A name that several go by: who they are, and what tells them apart."""

from __future__ import annotations

import pytest

from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.load import load
from graph.store import Store
from queries.candidates import find_candidates, word_candidates
from queries.runner import ask

TEXT = "Sirius, a firm of Dresden, supplies Orion. Sirius, a person, works for Orion."


@pytest.fixture
def twins(store: Store) -> Store:
    """A firm and a person of one name, each tied to the same other firm."""
    told = [
        ("f", "ORG", "firm", "Sirius", 0),
        ("p", "PER", "person", "Sirius", TEXT.rindex("Sirius")),
        ("o", "ORG", "firm", "Orion", TEXT.index("Orion")),
        ("d", "LOC", "city", "Dresden", TEXT.index("Dresden")),
    ]
    entities = tuple(
        Entity(id_, type_, kind, name, mentions=(Mention(at, at + len(name), name),))
        for id_, type_, kind, name, at in told
    )
    span = (Span(0, len(TEXT), TEXT),)
    ties = [("f", "SUPPLIES", "o"), ("p", "EMPLOYED_BY", "o"), ("f", "HEADQUARTERED_IN", "d")]
    statements = tuple(
        Statement(type_, head, tail, evidence=span, confidence=0.9) for head, type_, tail in ties
    )
    load(store, [Reading(Document(document_id(TEXT), TEXT, "Two"), entities, statements)])
    return store


def test_each_is_told_with_kind_seat_and_documents(twins: Store) -> None:
    assert [str(one) for one in find_candidates(twins, "SIRIUS")] == [
        "Sirius (firm, Dresden, 1 document)",
        "Sirius (person, 1 document)",
    ]


def test_an_answer_about_several_says_so(twins: Store) -> None:
    answer = ask(twins, "documents-about", {"name": "sirius"})

    assert answer.rows
    assert "'sirius' is the name of 2, and all of them were asked for: Sirius (firm" in answer.note


def test_so_does_an_answer_that_found_nothing(twins: Store) -> None:
    answer = ask(twins, "common-partners", {"a": "Sirius", "b": "Dresden"})

    assert not answer.rows
    assert "'Sirius' is the name of 2" in answer.note


def test_of_one_alone_nothing_is_said(twins: Store) -> None:
    assert word_candidates("Orion", find_candidates(twins, "Orion")) == ""
    assert ask(twins, "documents-about", {"name": "Orion"}).note == ""


def test_many_are_cut(twins: Store) -> None:
    found = find_candidates(twins, "Sirius") * 4

    assert word_candidates("Sirius", found).endswith("; and 3 more.")
