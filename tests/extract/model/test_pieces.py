"""Word pieces: where they stand, how they are written, what spaCy says of them; windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from extract.model.pieces import (
    CASES,
    DIGIT,
    LOWER,
    MIXED,
    OTHER,
    SENTENCE_TITLE,
    SINGLE,
    TITLE,
    UPPER,
    VIEWS,
    Pieces,
    case_of,
    cut_pieces,
    windows,
)

Make = Callable[..., Pieces]
HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("AZaz. ’'-–&é\n\u0301\u200bİﬃẞ日🏳"),
    max_size=60,
) | st.sampled_from(["[SEP] and [MASK]", "[UNK]", "##a ##b", "x" * 300, "A" * 99 + "."])


def _cut(nlp: Any, tokenizer: Any, *paragraphs: str, gap: int = 2) -> tuple[Pieces, str]:
    """The pieces of paragraphs, and the document's text, in which ``gap`` breaks divide them."""
    docs, text = [], ""
    for paragraph in paragraphs:
        docs.append((nlp(paragraph), len(text)))
        text += paragraph + "\n" * gap
    return cut_pieces(docs, tokenizer), text


def _words(found: Pieces, text: str) -> list[str]:
    firsts = found.first_of_words()
    return [
        text[found.starts[row] : found.ends[found.words == found.words[row]].max()]
        for row in firsts
    ]


@pytest.mark.parametrize(
    ("word", "opens", "expected"),
    [
        ("opened", False, LOWER),
        ("opened", True, LOWER),
        ("Orbis", False, TITLE),
        ("The", True, SENTENCE_TITLE),
        ("BASF", False, UPPER),
        ("BASF", True, UPPER),
        ("I", False, SINGLE),
        ("iPhone", False, MIXED),
        ("McLaren", True, MIXED),
        ("R2D2", False, UPPER),
        ("2025", False, DIGIT),
        ("…", False, OTHER),
        ("", False, OTHER),
    ],
)
def test_a_word_has_one_of_the_cases(word: str, opens: bool, expected: int) -> None:
    assert case_of(word, opens) == expected


def test_pieces_are_the_text_at_their_offsets(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "Halvarsson's €2bn plant.", "Brüggemann KG, too!")
    for id_, start, end in zip(found.ids, found.starts, found.ends, strict=True):
        written = tokenizer.id_to_token(id_)
        plain = text[start:end].lower().replace("ü", "u")
        assert (written.removeprefix("##") if end > start else "") == plain


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=HOSTILE)
def test_hostile_text_has_pieces_in_order(nlp: Any, tokenizer: Any, text: str) -> None:
    doc = nlp(text)
    found = cut_pieces([(doc, 7)], tokenizer)
    for column in (found.starts, found.ends, found.words, found.sentences):
        assert all(one <= other for one, other in pairwise(column))
    assert all(0 <= id_ < tokenizer.get_vocab_size() for id_ in found.ids)
    assert all(0 <= case < CASES for case in found.cases)
    assert all(0 <= view < VIEWS for view in found.views)
    for id_, start, end in zip(found.ids[:-1], found.starts - 7, found.ends - 7, strict=False):
        assert 0 <= start < end <= len(text)
        written = tokenizer.id_to_token(id_).removeprefix("##")
        plain = tokenizer.normalizer.normalize_str(text[start:end]).strip()
        assert written in (plain, "[UNK]", text[start:end])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=HOSTILE)
def test_no_letter_of_hostile_text_is_left_out(nlp: Any, tokenizer: Any, text: str) -> None:
    found = cut_pieces([(nlp(text), 0)], tokenizer)
    covered = {at for s, e in zip(found.starts, found.ends, strict=True) for at in range(s, e)}
    assert {at for at, letter in enumerate(text) if letter.isalnum()} <= covered


def test_a_separator_ends_each_paragraph(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "Orbis met.", "", "Telsa left.")
    separators = [row for row in range(len(found)) if found.starts[row] == found.ends[row]]
    assert [found.ids[row] for row in separators] == [tokenizer.token_to_id("[SEP]")] * 3
    assert [text[: found.ends[row]] for row in separators] == [
        "Orbis met.",
        "Orbis met.\n\n",
        "Orbis met.\n\n\n\nTelsa left.",
    ]
    assert separators[-1] == len(found) - 1


def test_separators_are_no_words(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "Orbis met Halvarsson.", "Telsa left.")
    assert _words(found, text) == ["Orbis", "met", "Halvarsson", ".", "Telsa", "left", "."]


def test_a_paragraph_begins_a_sentence_and_its_separator_ends_it(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "Orbis met Telsa. It left.", "Vega came.")
    by_sentence: dict[int, str] = {}
    for sentence, start, end in zip(found.sentences, found.starts, found.ends, strict=True):
        by_sentence[sentence] = by_sentence.get(sentence, "") + (text[start:end] or "|")
    assert list(by_sentence.items()) == [
        (0, "OrbismetTelsa."),
        (1, "Itleft.|"),
        (2, "Vegacame.|"),
    ]


def test_only_the_first_word_of_a_sentence_opens_it(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "Orbis met Telsa. It left.")
    cases = dict(zip(_words(found, text), found.cases[found.first_of_words()], strict=True))
    assert cases == {
        "Orbis": SENTENCE_TITLE,
        "met": LOWER,
        "Telsa": TITLE,
        ".": OTHER,
        "It": SENTENCE_TITLE,
        "left": LOWER,
    }


def test_all_pieces_of_a_word_have_its_case(nlp: Any, tokenizer: Any) -> None:
    found, text = _cut(nlp, tokenizer, "They met Halvarssonqvist")
    word = [row for row in range(len(found)) if text[found.starts[row] :].startswith("H")]
    inside = found.words == found.words[word[0]]
    assert inside.sum() > 1
    assert set(found.cases[inside]) == {TITLE}


def test_spacy_s_names_are_seen_with_begin_and_inside(nlp: Any, tokenizer: Any) -> None:
    doc = nlp("Then Ann Lee met Orbis on Monday morning.")
    doc.ents = [Span(doc, 1, 3, "PERSON"), Span(doc, 4, 5, "ORG"), Span(doc, 6, 8, "DATE")]
    found = cut_pieces([(doc, 0)], tokenizer)
    first = found.first_of_words()
    assert list(found.views[first]) == [0, 1, 2, 0, 3, 0, 13, 14, 0]


def test_a_label_that_is_not_known_is_seen_as_a_number(nlp: Any, tokenizer: Any) -> None:
    doc = nlp("Then Orbis met")
    doc.ents = [Span(doc, 1, 2, "WIZARD")]
    found = cut_pieces([(doc, 0)], tokenizer)
    assert list(found.views[found.first_of_words()]) == [0, VIEWS - 2, 0]


def test_no_paragraph_has_no_pieces(tokenizer: Any) -> None:
    found = cut_pieces([], tokenizer)
    assert len(found) == 0
    assert list(found.first_of_words()) == []
    assert list(windows(found, 16, 4)) == []


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([3, 3], [(0, 6)]),
        ([3, 3, 3], [(0, 6), (3, 9)]),  # the second sentence is seen with both neighbours
        ([6, 3, 3], [(0, 6), (6, 12)]),  # the first one is longer than the overlap
        ([2, 2, 2, 6], [(0, 6), (4, 12)]),  # no room for two sentences before the long one
        ([10], [(0, 8), (8, 10)]),
        ([2, 20, 2], [(0, 2), (2, 10), (10, 18), (18, 24)]),
    ],
)
def test_windows_of_eight_that_share_four(
    pieces: Make, lengths: Sequence[int], expected: list[tuple[int, int]]
) -> None:
    assert list(windows(_sentences(pieces, lengths), 8, 4)) == expected


def _sentences(pieces: Make, lengths: Sequence[int]) -> Pieces:
    return pieces([number for number, length in enumerate(lengths) for _ in range(length)])


LENGTHS = st.lists(st.integers(1, 12) | st.sampled_from([1, 2, 40]), max_size=15)
SIZES = st.tuples(st.integers(1, 20), st.integers(0, 20)).filter(lambda pair: pair[1] < pair[0])


@settings(derandomize=True, deadline=None)
@given(lengths=LENGTHS, sizes=SIZES)
def test_windows_cover_every_piece(
    pieces: Make, lengths: list[int], sizes: tuple[int, int]
) -> None:
    found = list(windows(_sentences(pieces, lengths), *sizes))
    assert {at for start, end in found for at in range(start, end)} == set(range(sum(lengths)))
    assert all(0 < end - start <= sizes[0] for start, end in found)


@settings(derandomize=True, deadline=None)
@given(lengths=LENGTHS, sizes=SIZES)
def test_each_window_brings_something_new(
    pieces: Make, lengths: list[int], sizes: tuple[int, int]
) -> None:
    found = list(windows(_sentences(pieces, lengths), *sizes))
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(found))


@settings(derandomize=True, deadline=None)
@given(lengths=LENGTHS, sizes=SIZES)
def test_a_sentence_that_fits_is_whole_in_some_window(
    pieces: Make, lengths: list[int], sizes: tuple[int, int]
) -> None:
    found = list(windows(_sentences(pieces, lengths), *sizes))
    start = 0
    for length in lengths:
        if length <= sizes[0]:
            assert any(one <= start and start + length <= end for one, end in found)
        start += length


@settings(derandomize=True, deadline=None)
@given(lengths=LENGTHS, sizes=SIZES)
def test_neighbours_are_seen_together_where_the_first_is_no_longer_than_the_overlap(
    pieces: Make, lengths: list[int], sizes: tuple[int, int]
) -> None:
    size, overlap = sizes
    found = list(windows(_sentences(pieces, lengths), size, overlap))
    start = 0
    for one, other in pairwise(lengths):
        end = start + one + other
        if one <= overlap and end - start <= size:
            assert any(begin <= start and end <= last for begin, last in found)
        start += one
