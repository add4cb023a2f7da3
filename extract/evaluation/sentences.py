"""The words that a tie stands on, cut out of its text, with its two names marked.

Without evidence it is the shortest stretch that holds one mention of each, widened to whole
sentences: what lies between two names seldom says what links them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

Range = tuple[int, int]

_LONGEST = 600  # characters of a stretch; of a longer one, the sentences at its two ends
_REACH = 400  # characters to either side in which a sentence is looked for
_GAP = " … "
# The end of a sentence, simply: abbreviations cut it short, which does no harm here.
_END = re.compile(r"[.!?][\"”’)\]]*(?=\s+[\"“‘(\[]?[^\W_a-z])|\n")
_WHITE = {ord(white): " " for white in "\n\r\t\v\f\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in an excerpt; ``role`` is "head" or "tail"."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text on one line, with the names that a tie links."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text in pieces, each with the role of the name that it is, or ""."""
        at = 0
        for mark in sorted(self.marks, key=lambda mark: (mark.start, -mark.end)):
            if mark.start < at:  # within another name
                continue
            yield "", self.text[at : mark.start]
            yield mark.role, self.text[mark.start : mark.end]
            at = mark.end
        yield "", self.text[at:]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON: the sentence, and the marks in code points into it."""
        marks = [{"start": m.start, "end": m.end, "role": m.role} for m in self.marks]
        return {"sentence": self.text, "marks": marks}


def cut_excerpt(
    text: str, evidence: Iterable[Range], heads: Sequence[Range], tails: Sequence[Range]
) -> Excerpt:
    """The excerpt for a tie of two entities whose mentions are ``heads`` and ``tails``."""
    ranges = _joined(text, evidence) or _stretches(text, heads, tails)
    parts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for start, end in ranges:
        shift = at - start
        for role, mentions in (("head", heads), ("tail", tails)):
            for first, last in mentions:
                if start <= first < last <= end:
                    marks.append(Mark(first + shift, last + shift, role))
        parts.append(text[start:end])
        at += end - start + len(_GAP)
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.role))
    return Excerpt(_GAP.join(parts).translate(_WHITE), tuple(marks))


def _joined(text: str, ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, those that touch or have only white space between them as one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stretches(text: str, heads: Sequence[Range], tails: Sequence[Range]) -> list[Range]:
    pairs = product(heads, tails)
    shortest = min(pairs, key=lambda pair: (_length(*pair), pair), default=None)
    if shortest is None:  # one of them is mentioned by no name
        return [_sentence(text, *mention) for mention in [*heads, *tails][:1]]
    first, last = sorted(shortest)
    if _length(first, last) > _LONGEST:
        return _joined(text, [_sentence(text, *first), _sentence(text, *last)])
    return [_sentence(text, first[0], max(first[1], last[1]))]


def _length(one: Range, other: Range) -> int:
    return max(one[1], other[1]) - min(one[0], other[0])


def _sentence(text: str, start: int, end: int) -> Range:
    """The stretch, widened to the ends of its sentences."""
    begin = max(0, start - _REACH)
    for match in _END.finditer(text, begin, start + 1):
        begin = match.end() if match.end() <= start else begin
    after = _END.search(text, max(start, end - 1), min(len(text), end + _REACH))
    stop = after.end() if after else min(len(text), end + _REACH)
    begin += len(text[begin:start]) - len(text[begin:start].lstrip())
    return begin, end + len(text[end:stop].rstrip())
