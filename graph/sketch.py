"""Sketches: a few numbers of a text, by which near-copies of it are found among all others.

A sketch is the MinHash (Broder 1997, by datasketch) of a text's runs of three words. Two texts
are near-copies if they share a band of it (locality-sensitive hashing) and are alike enough.
"""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass
from functools import cache
from operator import eq
from typing import Any

ALIKE = 0.6
"""Of the runs of words of two texts together, how many both must have (Jaccard index)."""

BANDS = 12
_ROWS = 4  # values a band: two texts that are just ALIKE share a band with a probability of 0.81
_VALUES = 96  # of a sketch: the error of a Jaccard index of 0.6 is 0.05
_RUN = 3  # words
_PACKED = struct.Struct(f"<{_VALUES}I")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The MinHash of a text; ``values`` are whole numbers below 2³²."""

    values: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sketch:
        """The sketch of a text: words in small letters, whatever stands between them."""
        words = _WORD.findall(text.casefold())
        runs = {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
        made = _blank().copy()
        made.update_batch([run.encode("utf-8", "replace") for run in runs])
        return cls(tuple(int(value) for value in made.hashvalues))

    def bands(self) -> tuple[str, ...]:
        """What two near-copies have in common, one at least: the values of each band."""
        packed, size = _PACKED.pack(*self.values), 4 * _ROWS
        starts = range(0, BANDS * size, size)
        return tuple(_text(packed[start : start + size]) for start in starts)

    def likeness(self, other: Sketch) -> float:
        """The estimated Jaccard index of two texts, 0 to 1."""
        same: int = sum(map(eq, self.values, other.values))
        return same / _VALUES

    def is_near(self, other: Sketch) -> bool:
        """Whether two texts are near-copies."""
        if self.likeness(other) < ALIKE:
            return False
        return any(one == two for one, two in zip(self.bands(), other.bands(), strict=True))

    def to_text(self) -> str:
        """One line, for the graph."""
        return _text(_PACKED.pack(*self.values))

    @classmethod
    def from_text(cls, text: str) -> Sketch:
        """From the line of ``to_text``."""
        return cls(_PACKED.unpack(base64.b85decode(text)))


@cache
def _blank() -> Any:
    """The MinHash of nothing; its permutations are those of all."""
    from datasketch import MinHash

    return MinHash(num_perm=_VALUES, seed=1)


def _text(values: bytes) -> str:
    return base64.b85encode(values).decode("ascii")
