"""What two names have in common and in what they differ, as numbers, for many pairs at once.

Words are aligned by what they mean ("université" and "university"), those that are left by
spelling. What is left on one side only, on both, and of which class, is what tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.names.acronyms import acronym_features
from graph.names.frequency import weight
from graph.names.lexicon import WordClass
from graph.names.organisations import known_organisations
from graph.names.parsing import MOST_WORDS, Parsed

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_CLASSES = (
    WordClass.other,
    WordClass.head,
    WordClass.field,
    WordClass.qualifier,
    WordClass.industry,
    WordClass.generic,
    WordClass.place,
    WordClass.number,
)
_ALIKE = 0.72  # of spelling, 0 to 1: so alike two words may be one
_CHUNK = 20_000  # pairs at once: what keeps the arrays in a few dozen MB


@dataclass(frozen=True, slots=True)
class Names:
    """Names as arrays of shape (names, MOST_WORDS): concepts and words by number (0: none),
    classes and weights; and the parsed names themselves."""

    parsed: Sequence[Parsed]
    concepts: NDArray[np.int32]
    texts: NDArray[np.int32]
    kinds: NDArray[np.int8]
    weights: Floats
    known: Flags  # whether a name is in the table of well-known organisations

    @classmethod
    def of(cls, parsed: Sequence[Parsed]) -> Names:
        """The arrays of these names."""
        shape = (len(parsed), MOST_WORDS)
        concepts, texts = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        kinds, weights = np.zeros(shape, np.int8), np.zeros(shape, np.float32)
        for row, name in enumerate(parsed):
            for column, token in enumerate(name.tokens):
                concepts[row, column] = _number(token.concept)
                texts[row, column] = _number(token.text)
                kinds[row, column] = token.kind
                weights[row, column] = weight(token)
        bearer = known_organisations().bearer
        known = np.array([bearer(name.key) is not None for name in parsed], bool)
        return cls(parsed, concepts, texts, kinds, weights, known)

    def take(self, rows: NDArray[np.int64]) -> Names:
        """Some of the names, in this order."""
        chosen = [self.parsed[row] for row in rows]
        return Names(
            chosen,
            self.concepts[rows],
            self.texts[rows],
            self.kinds[rows],
            self.weights[rows],
            self.known[rows],
        )


def features(left: Names, right: Names, *, table: bool = True) -> Floats:
    """The features of pairs (row by row), of shape (pairs, features); columns: `feature_names`.

    The order of the two sides does not matter. Without ``table``, that one of the two is in the
    table of well-known organisations is left aside.
    """
    total = len(left.parsed)
    parts = [
        _features(left.take(rows), right.take(rows), table)
        for start in range(0, total, _CHUNK)
        for rows in [np.arange(start, min(start + _CHUNK, total))]
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(feature_names())), np.float32)


@cache
def feature_names() -> tuple[str, ...]:
    """The names of the columns."""
    from graph.names.parsing import parse

    one = Names.of([parse("ORG", "Alpha")])
    return tuple(_columns(one, one, table=False))


def _features(left: Names, right: Names, table: bool) -> Floats:
    columns = _columns(left, right, table)
    return np.stack([column.astype(np.float32) for column in columns.values()], axis=1)


def _columns(left: Names, right: Names, table: bool) -> dict[str, NDArray[np.generic]]:
    there_left, there_right = left.concepts > 0, right.concepts > 0
    same = (left.concepts[:, :, None] == right.concepts[:, None, :]) & there_left[:, :, None]
    exact = (same.any(2), same.any(1) & there_right)
    left_out = (there_left & ~exact[0], there_right & ~exact[1])
    near, pair_like = _spelled_alike(left, right, left_out)
    alike = (near.max(2), near.max(1))
    found: dict[str, NDArray[np.generic]] = {}
    sides = [
        _side(names, there, hit, like)
        for names, there, hit, like in zip(
            (left, right), (there_left, there_right), exact, alike, strict=True
        )
    ]
    for name in sides[0]:
        found[f"{name} least"] = np.minimum(sides[0][name], sides[1][name])
        found[f"{name} most"] = np.maximum(sides[0][name], sides[1][name])
    both = sum(side["matched"] for side in sides)
    whole = sum(side["weight"] for side in sides)
    found["shared"] = both / np.maximum(whole, 1e-6)
    found["best alike"] = pair_like
    found["translated"] = _translated(left, right, same)
    found["first same"] = same[:, 0, 0]
    found["first alike"] = np.maximum(near[:, 0, 0], same[:, 0, 0])
    found |= _order(same)
    found |= _clashes(left, right, left_out)
    found |= _spelling(left, right)
    found |= acronym_features(left.parsed, right.parsed)
    found["known one"] = _known_one(left, right, table)
    return found


def _known_one(left: Names, right: Names, table: bool) -> Flags:
    """Whether just one of the two is well known: the other is then seldom a name of it."""
    only_one: Flags = (left.known != right.known) & table
    return only_one


def _side(names: Names, there: Flags, exact: Flags, alike: Floats) -> dict[str, Floats]:
    """Features of one side: how much of it the other has, and what is left, by class."""
    weights = names.weights
    fuzzy = np.where(exact, 0.0, np.where(alike >= _ALIKE, alike, 0.0))
    part = {
        "weight": weights.sum(1),
        "words": there.sum(1).astype(np.float32),
        "matched": (weights * (exact + fuzzy)).sum(1),
        "exact": (weights * exact).sum(1),
    }
    part["covered"] = part["matched"] / np.maximum(part["weight"], 1e-6)
    left_out = there & ~exact & (alike < _ALIKE)
    for kind in _CLASSES:
        of_kind = names.kinds == kind
        part[f"left {kind.name}"] = (weights * left_out * of_kind).sum(1)
        part[f"same {kind.name}"] = (weights * exact * of_kind).sum(1)
    part["left count"] = left_out.sum(1).astype(np.float32)
    return part


def _spelled_alike(
    left: Names, right: Names, left_out: tuple[Flags, Flags]
) -> tuple[Floats, Floats]:
    """How alike the left-over words are spelled, (pairs, words, words); the best of each pair."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    cross = left_out[0][:, :, None] & left_out[1][:, None, :]
    plain = (left.kinds < WordClass.place)[:, :, None] & (right.kinds < WordClass.place)[:, None, :]
    rows, a, b = np.nonzero(cross & plain)
    near = np.zeros(cross.shape, np.float32)
    if len(rows):
        size = np.int64(_count())
        codes = left.texts[rows, a].astype(np.int64) * size + right.texts[rows, b]
        unique, back = np.unique(codes, return_inverse=True)
        one = [_text(int(code // size)) for code in unique]
        other = [_text(int(code % size)) for code in unique]
        scores = process.cpdist(one, other, scorer=JaroWinkler.normalized_similarity)
        lengths = np.array([min(len(x), len(y)) for x, y in zip(one, other, strict=True)])
        scores = np.where(lengths < 4, 0.0, (scores - 0.5) * 2)  # chance is about a half
        near[rows, a, b] = scores[back]
    return near, near.max((1, 2))


def _translated(left: Names, right: Names, same: Flags) -> NDArray[np.int64]:
    """How many words mean the same but are written otherwise."""
    written = left.texts[:, :, None] == right.texts[:, None, :]
    translated: NDArray[np.int64] = (same & ~written).any(2).sum(1)
    return translated


def _order(same: Flags) -> dict[str, NDArray[np.generic]]:
    """Whether the shared words come in the same order."""
    place = np.where(same.any(2), same.argmax(2), -1)
    highest = np.maximum.accumulate(place, axis=1)
    turned = ((place >= 0) & (place < highest)).sum(1)
    return {"turned": turned, "shared words": (place >= 0).sum(1)}


def _clashes(
    left: Names, right: Names, left_out: tuple[Flags, Flags]
) -> dict[str, NDArray[np.generic]]:
    """Classes of which both sides have something that the other lacks."""
    found: dict[str, NDArray[np.generic]] = {}
    for kind in _CLASSES:
        a = (left_out[0] & (left.kinds == kind)).sum(1)
        b = (left_out[1] & (right.kinds == kind)).sum(1)
        found[f"clash {kind.name}"] = np.minimum(a, b)
    return found


def _spelling(left: Names, right: Names) -> dict[str, NDArray[np.generic]]:
    """How alike the whole names are, without spaces and as written."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import JaroWinkler

    one = [name.joined for name in left.parsed]
    other = [name.joined for name in right.parsed]
    lengths = np.array([[len(a), len(b)] for a, b in zip(one, other, strict=True)], np.float32)
    short, long = lengths.min(1), np.maximum(lengths.max(1), 1)
    starts = [
        a.startswith(b) or b.startswith(a) if a and b else False
        for a, b in zip(one, other, strict=True)
    ]
    winkler = process.cpdist(one, other, scorer=JaroWinkler.normalized_similarity)
    backwards = process.cpdist(other, one, scorer=JaroWinkler.normalized_similarity)
    return {
        "ratio": process.cpdist(one, other, scorer=fuzz.ratio),
        "winkler": np.maximum(winkler, backwards),
        "shorter": short,
        "length": short / long,
        "starts": np.array(starts),
        "equal joined": np.array([a == b for a, b in zip(one, other, strict=True)]),
    }


_numbers: dict[str, int] = {"": 0}
_texts: list[str] = [""]


def _number(text: str) -> int:
    """A number for a word: the same while the program runs, and in no result."""
    found = _numbers.get(text)
    if found is None:
        found = _numbers[text] = len(_texts)
        _texts.append(text)
    return found


def _text(number: int) -> str:
    return _texts[number]


def _count() -> int:
    return len(_texts)
