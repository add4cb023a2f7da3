"""Lines of printed pages, back to paragraphs.

A paragraph is told by the space above it, as nearly all reports set it; on a page without
such spaces, by a short last line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

_ENDS = re.compile(r"[.?!:…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"(\w+)[-\u2010]$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"^\w+")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s+)?[-–—|]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—|]?$", re.I
)
_BULLET = re.compile(r"^(?:[•◦▪‣·*–—-]|\d{1,2}[.)])\s+\S")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, the height of its foot on the page and its size, in points."""

    text: str
    height: float = 0.0
    size: float = 0.0


def join_pages(pages: Sequence[Sequence[Line]]) -> str:
    """The text of all pages, a blank line between paragraphs.

    Lines that stand at the head or foot of several pages and page numbers are left out; a
    paragraph may run on over the page.
    """
    words = Counter(
        word for page in pages for line in page for word in _WORD.findall(line.text.lower())
    )
    paragraphs: list[str] = []
    for lines in _without_furniture(pages):
        made = _paragraphs(lines, words)
        if paragraphs and made and not _ENDS.search(paragraphs[-1]) and made[0][0].islower():
            paragraphs[-1] = _joined(paragraphs[-1], made.pop(0), words)
        paragraphs += made
    return "\n\n".join(paragraphs)


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    edges = Counter(key for page in pages for key in {_edge_key(line) for line in _edges(page)})
    repeated = {key for key, count in edges.items() if count > max(1, len(pages) // 3)}
    return [_trimmed(page, repeated) for page in pages]


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    return [*page[:2], *page[-2:]]


def _edge_key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _trimmed(page: Sequence[Line], repeated: set[str]) -> list[Line]:
    furniture = {
        line
        for line in _edges(page)
        if _PAGE_NUMBER.match(line.text) or _edge_key(line) in repeated
    }
    return [line for line in page if line not in furniture]


def _paragraphs(lines: Sequence[Line], words: Counter[str]) -> list[str]:
    width, leading = _width(lines), _leading(lines)
    spaced = any(_spaced(*pair, leading) for pair in pairwise(lines))
    paragraphs: list[str] = []
    previous: Line | None = None
    for line in lines:
        if previous is None or _BULLET.match(line.text) or _spaced(previous, line, leading):
            parted = True
        elif spaced and line.height < previous.height:
            parted = False
        else:
            parted = _parted(previous.text, line.text, width)
        if parted:
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
        previous = line
    return paragraphs


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between two lines, in points; 0 where lines have no height."""
    steps = Counter(round(above.height - line.height, 1) for above, line in pairwise(lines))
    down = [(count, -step) for step, count in steps.items() if step > 0]
    return -max(down)[1] if down else 0.0


def _spaced(above: Line, line: Line, leading: float) -> bool:
    """Whether there is more space between two lines than usual, or another size of type."""
    if not leading or line.height >= above.height:  # further up: the next column
        return False
    return above.height - line.height > 1.2 * leading or abs(above.size - line.size) > 1


def _width(lines: Sequence[Line]) -> float:
    """Characters in a full line: few lines are longer."""
    if len(lines) < 2:
        return 0.0
    return quantiles([len(line.text) for line in lines], n=10)[7]


def _parted(line: str, following: str, width: float) -> bool:
    """Whether a paragraph ends with ``line``: it is short, and the next begins as one may."""
    if _BULLET.match(following):
        return True
    if following[0].islower() or line[-1] in ",;-\u2010":
        return False
    # the next line's first word would have fitted
    fits = len(line) + 1 + len(following.split(" ", 1)[0]) <= width * 0.85
    return fits and (bool(_ENDS.search(line)) or len(line) < width * 0.7)


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """``text`` and its next line. A hyphen at the end goes, unless the word has it elsewhere."""
    first, second = _HYPHENATED.search(text), _FIRST_WORD.search(line)
    if first is None or second is None:
        return f"{text} {line}"
    with_hyphen, without = f"{first[1]}-{second[0]}".lower(), f"{first[1]}{second[0]}".lower()
    keeps = not second[0][0].islower() or words[with_hyphen] > words[without]
    return (text if keeps else text[:-1]) + line
