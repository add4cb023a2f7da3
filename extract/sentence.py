"""A statement's sentences as people read them, and where in them the two sides are named."""

from __future__ import annotations

from collections.abc import Iterable

from extract.clean import without_marks
from extract.records import Entity, Span

_BETWEEN = " … "
_LONGEST = 2000  # characters; what runs on longer is no sentence, or the same over and over


def readable(spans: Iterable[Span], sides: tuple[Entity, Entity]) -> tuple[str, list[int]]:
    """The sentences as one line of text without markup, in their order in the document, and the
    names in it.

    The names are offsets into the text: start, end, start, end, … A sentence that runs on for
    thousands of characters is cut off, and so is a row of sentences.
    """
    texts: list[str] = []
    names: set[tuple[int, int]] = set()
    offset = 0
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if offset > _LONGEST:
            break
        text, moved = _squeezed(without_marks(span.text[:_LONGEST]))
        last = span.start + len(moved) - 1
        for mention in (*sides[0].mentions, *sides[1].mentions):
            if span.start <= mention.start and mention.end <= last:
                start, end = (moved[at - span.start] for at in (mention.start, mention.end))
                names.add((offset + start, offset + end))
        texts.append(text if len(span.text) <= _LONGEST else f"{text} …")
        offset += len(texts[-1]) + len(_BETWEEN)
    return _BETWEEN.join(texts), [edge for pair in sorted(names) for edge in pair]


def _squeezed(text: str) -> tuple[str, list[int]]:
    """``text`` with one blank for white space of any length; old offset → new offset."""
    if " ".join(text.split()) == text:  # most are as they should be
        return text, list(range(len(text) + 1))
    written: list[str] = []
    moved: list[int] = []
    for character in text:
        blank = character.isspace()
        # Between two blanks, and before the first word, the next character takes the place.
        moved.append(len(written))
        if not blank or (written and written[-1] != " "):
            written.append(" " if blank else character)
    squeezed = "".join(written).rstrip()
    return squeezed, [min(at, len(squeezed)) for at in (*moved, len(written))]
