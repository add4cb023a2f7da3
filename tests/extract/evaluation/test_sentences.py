"""The words of a tie: from its evidence, or the shortest stretch that holds both names."""

from __future__ import annotations

import re

import pytest

from extract.evaluation.sentences import Excerpt, Mark, Range, cut_excerpt

TEXT = "Acme met Bolt. Later on, Acme hired Cora in Rome. Bolt left.\nAcme sued Bolt in Oslo."


def _all(name: str, text: str = TEXT) -> list[Range]:
    return [match.span() for match in re.finditer(name, text)]


def test_evidence_is_cut_out_as_it_is() -> None:
    start = TEXT.index("Acme hired")
    found = cut_excerpt(TEXT, [(start, start + 15)], _all("Acme"), _all("Cora"))
    assert found == Excerpt("Acme hired Cora", (Mark(0, 4, "head"), Mark(11, 15, "tail")))


def test_evidence_in_two_places_is_joined() -> None:
    text = "One is Acme. Nothing here. Two is Bolt."
    found = cut_excerpt(text, [(27, 39), (0, 12)], _all("Acme", text), _all("Bolt", text))
    assert found.text == "One is Acme. … Two is Bolt."
    assert [found.text[m.start : m.end] for m in found.marks] == ["Acme", "Bolt"]


def test_sentences_that_follow_each_other_have_no_gap() -> None:
    assert cut_excerpt(TEXT, [(0, 14), (15, 49)], [], []).text == TEXT[:49]


@pytest.mark.parametrize(
    ("head", "tail", "sentence"),
    [
        ("Cora", "Rome", "Later on, Acme hired Cora in Rome."),
        ("Acme", "Bolt", "Acme met Bolt."),
        ("Acme", "Oslo", "Acme sued Bolt in Oslo."),
        ("Cora", "Bolt", "Later on, Acme hired Cora in Rome. Bolt left."),
    ],
)
def test_shortest_stretch_is_widened_to_sentences(head: str, tail: str, sentence: str) -> None:
    assert cut_excerpt(TEXT, [], _all(head), _all(tail)).text == sentence


def test_a_long_stretch_is_its_two_ends() -> None:
    text = "Acme grew. " + "It went on and on. " * 60 + "Bolt shrank. The end."
    found = cut_excerpt(text, [], _all("Acme", text), _all("Bolt", text))
    assert found.text == "Acme grew. … Bolt shrank."


def test_one_name_alone_gives_its_sentence() -> None:
    assert cut_excerpt(TEXT, [], [], _all("Rome")).text == "Later on, Acme hired Cora in Rome."


def test_no_names_give_no_words() -> None:
    assert cut_excerpt(TEXT, [], [], []) == Excerpt()


def test_a_line_end_is_a_blank() -> None:
    assert cut_excerpt("Acme\nand Bolt", [(0, 13)], [], []).text == "Acme and Bolt"


def test_pieces_come_in_order_and_a_name_in_a_name_is_passed_over() -> None:
    excerpt = Excerpt(
        "New York met Al", (Mark(13, 15, "tail"), Mark(0, 8, "head"), Mark(4, 8, "tail"))
    )
    pieces = [piece for piece in excerpt.pieces() if piece[1]]
    assert pieces == [("head", "New York"), ("", " met "), ("tail", "Al")]


def test_a_name_within_the_other_ends_no_sentence() -> None:
    text = "Acme Ltd. Bolt won. The end."
    assert cut_excerpt(text, [], [(0, 14)], [(5, 8)]).text == "Acme Ltd. Bolt won."
