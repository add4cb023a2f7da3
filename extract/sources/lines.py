"""Lines of a printed page, back to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import quantiles

_ENDS = re.compile(r"[.?!:…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"(\w+)[-\u2010]$")
_FIRST_WORD = re.compile(r"^\w+")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s+)?[-–—|]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—|]?$", re.I
)
_BULLET = re.compile(r"^(?:[•◦▪‣·*–—-]|\d{1,2}[.)])\s+\S")
_DIGITS = re.compile(r"\d+")


def join_pages(pages: Sequence[str]) -> str:
    """The text of all pages, a paragraph between blank lines.

    Lines that stand at the head or foot of several pages and page numbers are left out; a
    paragraph may run on over the page.
    """
    page_lines = _without_furniture([[line.strip() for line in page.split("\n")] for page in pages])
    words = Counter(re.findall(r"\w+(?:-\w+)*", "\n".join(pages).lower()))
    paragraphs: list[str] = []
    for lines in page_lines:
        made = _paragraphs(lines, words)
        if paragraphs and made and not _ENDS.search(paragraphs[-1]) and made[0][0].islower():
            paragraphs[-1] = _joined(paragraphs[-1], made.pop(0), words)
        paragraphs += made
    return "\n\n".join(paragraphs)


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter(key for page in pages for key in {_edge_key(line) for line in _edges(page)})
    repeated = {key for key, count in edges.items() if count > max(1, len(pages) // 3)}
    return [_trimmed(page, repeated) for page in pages]


def _edges(page: Iterable[str]) -> list[str]:
    filled = [line for line in page if line]
    return filled[:2] + filled[-2:]


def _edge_key(line: str) -> str:
    return _DIGITS.sub("#", line)


def _trimmed(page: list[str], repeated: set[str]) -> list[str]:
    furniture = {
        line for line in _edges(page) if _PAGE_NUMBER.match(line) or _edge_key(line) in repeated
    }
    return [line for line in page if line not in furniture]


def _paragraphs(lines: Iterable[str], words: Counter[str]) -> list[str]:
    lines = list(lines)
    width = _width([line for line in lines if line])
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        if line and previous and not _parted(previous, line, width):
            paragraphs[-1] = _joined(paragraphs[-1], line, words)
        elif line:
            paragraphs.append(line)
        previous = line
    return paragraphs


def _width(lines: Sequence[str]) -> float:
    """Characters in a full line: few lines are longer."""
    if len(lines) < 2:
        return 0.0
    return quantiles([len(line) for line in lines], n=10)[7]


def _parted(line: str, following: str, width: float) -> bool:
    """Whether a paragraph ends with ``line``: it is short, and the next begins as one may."""
    if _BULLET.match(following):
        return True
    if following[0].islower():
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
