"""From the network's tags to names: where they stand, of which type and kind."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from extract.model.labels import OUTSIDE, TAGS, TYPES, labels
from extract.model.network import Window
from extract.model.pieces import Floats, Ints, Pieces


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name as tagged: code points of the document, probabilities of types and kinds."""

    start: int
    end: int
    types: Floats
    kinds: Floats


@dataclass(frozen=True)  # without slots: what is worked out once is kept
class Tags:
    """What the network thinks of each piece of a document; overlapping windows vote together."""

    pieces: Pieces
    tags: Floats
    kinds: Floats

    def names(self) -> list[Tagged]:
        """The names of the document in order."""
        return self._names

    def names_between(self, start: int, end: int) -> list[Tagged]:
        """The names that stand in a stretch of the document."""
        first = bisect_left(self._names, start, key=lambda name: name.start)
        after = bisect_right(self._names, end, key=lambda name: name.end)
        return self._names[first:after]

    def opinion(self, start: int, end: int) -> Tagged:
        """What the network thinks of a stretch of the document as a name."""
        first, after = np.searchsorted(self._starts, (start, end))
        rows = self._words[first : max(after, first + 1)]
        if not len(rows):
            return Tagged(start, end, np.zeros(len(TYPES)), np.zeros(self.kinds.shape[1]))
        return Tagged(start, end, _types(self.tags[rows]), self.kinds[rows[0]])

    @cached_property
    def _words(self) -> Ints:
        return self.pieces.first_of_words()

    @cached_property
    def _starts(self) -> Ints:
        return self.pieces.starts[self._words]

    @cached_property
    def _names(self) -> list[Tagged]:
        words, ends = self._words, _ends_of_words(self.pieces)
        return [
            Tagged(
                int(self._starts[first]),
                int(ends[last]),
                _types(self.tags[words[first : last + 1]]),
                self.kinds[words[first]],
            )
            for first, last in _runs(self.tags[words].argmax(axis=1), self.pieces, words)
        ]


def read_tags(pieces: Pieces, windows: Sequence[Window]) -> Tags:
    """The tags of a document from those of its windows."""
    return Tags(
        pieces,
        _averaged(pieces, [(window.start, window.tags) for window in windows], TAGS),
        _averaged(
            pieces, [(window.start, window.kinds) for window in windows], len(labels().kinds)
        ),
    )


def _runs(best: Ints, pieces: Pieces, words: Ints) -> list[list[int]]:
    """First and last word of each name: a word that goes on with one of its type, or begins."""
    found: list[list[int]] = []
    types: list[int] = []
    for position, tag in enumerate(best):
        if tag == OUTSIDE:
            continue
        type_, inside = divmod(int(tag) - 1, 2)
        if (
            inside
            and found
            and found[-1][1] == position - 1
            and types[-1] == type_
            and pieces.sentences[words[position]] == pieces.sentences[words[position - 1]]
        ):
            found[-1][1] = position
        else:
            found.append([position, position])
            types.append(type_)
    return found


def _types(tags: Floats) -> Floats:
    """[types]: how sure each is, over the words of a name."""
    mean = tags.mean(axis=0)
    both: Floats = mean[1::2] + mean[2::2]
    return both


def _averaged(pieces: Pieces, parts: Sequence[tuple[int, Floats]], width: int) -> Floats:
    total = np.zeros((len(pieces), width), dtype=np.float32)
    times = np.zeros((len(pieces), 1), dtype=np.float32)
    for start, values in parts:
        total[start : start + len(values)] += values
        times[start : start + len(values)] += 1
    result: Floats = total / np.maximum(times, 1)
    return result


def _ends_of_words(pieces: Pieces) -> Ints:
    """Where the words end that ``first_of_words`` begins."""
    words = pieces.words[pieces.first_of_words()]
    result: Ints = pieces.ends[np.searchsorted(pieces.words, words, side="right") - 1]
    return result


def best_type(types: Floats) -> str:
    """The record type that a sum of probabilities speaks for."""
    return TYPES[int(types.argmax())]


def best_kind(type_: str, kinds: Floats) -> str:
    """The subtype, among those of a record type, that a sum of probabilities speaks for."""
    fitting = [i for i, (of, _) in enumerate(labels().kinds) if of == type_]
    return labels().kinds[max(fitting, key=lambda i: float(kinds[i]))][1]
