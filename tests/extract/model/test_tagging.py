"""From tags to names: where one begins, goes on and ends, and of which type and kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from extract.model.labels import TAGS, TYPES, begin, labels
from extract.model.network import Window
from extract.model.pieces import Pieces
from extract.model.tagging import best_kind, best_type, read_tags

Make = Callable[..., Pieces]
Row = dict[str, float] | str

NUMBERS = {"-": 0} | {
    f"{letter} {type_}": begin(type_) + inside
    for type_ in TYPES
    for inside, letter in enumerate("BI")
}


def _window(start: int, *rows: Row, kinds: dict[int, int] | None = None) -> Window:
    """A window whose pieces are tagged: "B ORG", "-" for none, or {"B ORG": 0.8, "-": 0.2}."""
    tags = np.zeros((len(rows), TAGS), dtype=np.float32)
    for number, row in enumerate(rows):
        for name, chance in ({row: 1.0} if isinstance(row, str) else row).items():
            tags[number, NUMBERS[name]] = chance
    told = np.zeros((len(rows), len(labels().kinds)), dtype=np.float32)
    for number, kind in (kinds or {}).items():
        told[number, kind] = 1
    return Window(start, np.zeros((len(rows), 1), dtype=np.float32), tags, told)


def _names(pieces: Pieces, *windows: Window) -> list[tuple[int, int, str]]:
    """Each name as first word, last word, type; words stand two code points apart."""
    return [
        (name.start // 2, (name.end - 1) // 2, best_type(name.types))
        for name in read_tags(pieces, windows).names()
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["B ORG", "I ORG", "-"], [(0, 1, "ORG")]),
        (["-", "B ORG", "B ORG"], [(1, 1, "ORG"), (2, 2, "ORG")]),
        (["B ORG", "-", "I ORG"], [(0, 0, "ORG"), (2, 2, "ORG")]),
        (["I LOC", "I LOC", "-"], [(0, 1, "LOC")]),
        (["B ORG", "I PER", "I PER"], [(0, 0, "ORG"), (1, 2, "PER")]),
        (["B PRODUCT", "I PRODUCT", "I PRODUCT"], [(0, 2, "PRODUCT")]),
        (["-", "-", "-"], []),
    ],
)
def test_names_are_made_of_tags(
    pieces: Make, tags: list[Row], expected: list[tuple[int, int, str]]
) -> None:
    assert _names(pieces([0, 0, 0]), _window(0, *tags)) == expected


def test_no_name_goes_over_the_end_of_a_sentence(pieces: Make) -> None:
    found = _names(pieces([0, 0, 1, 1]), _window(0, "B ORG", "I ORG", "I ORG", "-"))
    assert found == [(0, 1, "ORG"), (2, 2, "ORG")]


def test_a_word_is_tagged_by_its_first_piece_and_ends_with_its_last(pieces: Make) -> None:
    cut = pieces([0, 0, 0, 0], words=[0, 1, 1, 2])
    found = read_tags(cut, [_window(0, "-", "B ORG", "B LOC", "-")]).names()
    assert [(name.start, name.end) for name in found] == [(2, 5)]
    assert best_type(found[0].types) == "ORG"


def test_separators_are_no_names(pieces: Make) -> None:
    cut = pieces([0, 0, 1])
    cut.ends[1] = cut.starts[1]
    assert _names(cut, _window(0, "B ORG", "B ORG", "I ORG")) == [(0, 0, "ORG"), (2, 2, "ORG")]


def test_overlapping_windows_vote_by_their_mean(pieces: Make) -> None:
    """The second word: .9 for none and .2 against .8 for a name; the third is only in one."""
    sure = {"-": 0.9, "B ORG": 0.1}
    other = {"-": 0.2, "B ORG": 0.8}
    found = _names(pieces([0, 0, 0]), _window(0, "-", sure), _window(1, other, "B LOC"))
    assert found == [(2, 2, "LOC")]


def test_the_surer_of_two_windows_wins(pieces: Make) -> None:
    doubt = {"-": 0.6, "B ORG": 0.4}
    found = _names(pieces([0, 0]), _window(0, "-", doubt), _window(1, "B ORG"))
    assert found == [(1, 1, "ORG")]


def test_types_are_the_mean_of_begin_and_inside_over_the_words(pieces: Make) -> None:
    rows = ({"B ORG": 0.6, "B LOC": 0.4}, {"I ORG": 0.7, "B PER": 0.3})
    (name,) = read_tags(pieces([0, 0]), [_window(0, *rows)]).names()
    found = dict(zip(TYPES, name.types, strict=True))
    assert found == pytest.approx({"ORG": 0.65, "LOC": 0.2, "PER": 0.15, "PRODUCT": 0})


def test_the_kind_is_the_first_word_s(pieces: Make) -> None:
    institute, city = labels().kind("ORG", "institute"), labels().kind("LOC", "city")
    window = _window(0, "B ORG", "I ORG", kinds={0: institute, 1: city})
    (name,) = read_tags(pieces([0, 0]), [window]).names()
    assert best_kind("ORG", name.kinds) == "institute"


def test_a_kind_is_one_of_its_type() -> None:
    kinds = np.zeros(len(labels().kinds), dtype=np.float32)
    kinds[labels().kind("LOC", "city")] = 0.9
    kinds[labels().kind("ORG", "agency")] = 0.1
    assert best_kind("ORG", kinds) == "agency"


@pytest.mark.parametrize("sentences", [[], [0], [0, 1]])
def test_a_text_without_words_has_no_names(pieces: Make, sentences: list[int]) -> None:
    cut = pieces(sentences)
    cut.ends[:] = cut.starts
    windows = [_window(0, *["B ORG"] * len(sentences))] if sentences else []
    assert read_tags(cut, windows).names() == []


def test_names_between_are_those_that_stand_there_whole(pieces: Make) -> None:
    """Words 1 and 3 to 4 are names; a word begins at every other code point."""
    tags = read_tags(pieces([0] * 6), [_window(0, "-", "B ORG", "-", "B LOC", "I LOC", "-")])
    spans = [(2, 3), (6, 9)]
    for start, end in product(range(12), range(12)):
        found = [(name.start, name.end) for name in tags.names_between(start, end)]
        assert found == [span for span in spans if start <= span[0] and span[1] <= end]


def test_an_opinion_on_a_stretch_is_that_on_its_words(pieces: Make) -> None:
    """Words 1 and 2, which the tags would not have as one name; the first one has the kind."""
    city = labels().kind("LOC", "city")
    rows = ("B ORG", {"B LOC": 0.75, "-": 0.25}, {"-": 0.5, "B LOC": 0.25, "B PER": 0.25})
    tags = read_tags(pieces([0, 0, 0]), [_window(0, *rows, kinds={1: city})])
    found = tags.opinion(2, 5)
    assert dict(zip(TYPES, found.types, strict=True)) == {
        "ORG": 0,
        "LOC": 0.5,
        "PER": 0.125,
        "PRODUCT": 0,
    }
    assert best_kind("LOC", found.kinds) == "city"


@pytest.mark.parametrize("stretch", [(6, 7), (20, 24)])
def test_there_is_no_opinion_beyond_the_words(pieces: Make, stretch: tuple[int, int]) -> None:
    tags = read_tags(pieces([0, 0, 0]), [_window(0, "B ORG", "B ORG", "B ORG")])
    assert not tags.opinion(*stretch).types.any()
