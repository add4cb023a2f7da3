"""From the network's tags to names: where they stand, of which type and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.model.labels import OUTSIDE, TYPES, labels
from extract.model.network import Window
from extract.model.pieces import Floats, Pieces


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name as tagged: code points of the document, probabilities of types and kinds."""

    start: int
    end: int
    types: Floats
    kinds: Floats


def find_names(pieces: Pieces, windows: Sequence[Window]) -> list[Tagged]:
    """The names of a document in order; where windows overlap, they vote together."""
    tags = _averaged(pieces, [(window.start, window.tags) for window in windows])
    kinds = _averaged(pieces, [(window.start, window.kinds) for window in windows])
    words = pieces.first_of_words()
    ends = _ends_of_words(pieces)
    best = tags[words].argmax(axis=1) if len(words) else np.zeros(0, dtype=np.int64)
    found: list[list[int]] = []
    for position, tag in enumerate(best):
        if tag == OUTSIDE:
            continue
        type_, inside = divmod(int(tag) - 1, 2)
        goes_on = (
            inside
            and found
            and found[-1][1] == position - 1
            and found[-1][2] == type_
            and pieces.sentences[words[position]] == pieces.sentences[words[position - 1]]
        )
        if goes_on:
            found[-1][1] = position
        else:
            found.append([position, position, type_])
    return [
        Tagged(
            int(pieces.starts[words[first]]),
            int(ends[last]),
            _types(tags[words[first : last + 1]]),
            kinds[words[first]],
        )
        for first, last, _ in found
    ]


def _types(tags: Floats) -> Floats:
    """[types]: how sure each is, over the words of a name."""
    mean = tags.mean(axis=0)
    both: Floats = mean[1::2] + mean[2::2]
    return both


def _averaged(pieces: Pieces, parts: Sequence[tuple[int, Floats]]) -> Floats:
    width = parts[0][1].shape[1] if parts else 1
    total = np.zeros((len(pieces), width), dtype=np.float32)
    times = np.zeros((len(pieces), 1), dtype=np.float32)
    for start, values in parts:
        total[start : start + len(values)] += values
        times[start : start + len(values)] += 1
    result: Floats = total / np.maximum(times, 1)
    return result


def _ends_of_words(pieces: Pieces) -> Floats:
    words = pieces.first_of_words()
    nexts = np.r_[words[1:], len(pieces)]
    ends = []
    for first, after in zip(words, nexts, strict=True):
        rows = pieces.words[first:after] == pieces.words[first]
        ends.append(pieces.ends[first:after][rows].max())
    return np.array(ends)


def best_type(types: Floats) -> str:
    """The record type that a sum of probabilities speaks for."""
    return TYPES[int(types.argmax())]


def best_kind(type_: str, kinds: Floats) -> str:
    """The subtype, among those of a record type, that a sum of probabilities speaks for."""
    fitting = [i for i, (of, _) in enumerate(labels().kinds) if of == type_]
    return labels().kinds[max(fitting, key=lambda i: float(kinds[i]))][1]
