"""Where tagged names begin and end: whole words, no article, no possessive, brackets closed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.entities.lexicon import lexicon
from extract.model.pieces import Floats
from extract.model.tagging import Tagged

_BEFORE = re.compile(r"(?:['’]?s\s+|[\s,;:'’\"“)]+|(?:[Tt]he|THE)\s+(?=\S))+")
_AFTER = re.compile(
    r"(?:['’][sS]?|[\s,;:\"”(]|-(?:based|owned|backed|led|listed|made|built|run))+$"
)
_OPEN = re.compile(r"\s?\(")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A name in the document's code points, the number of its paragraph, and its opinions."""

    start: int
    end: int
    passage: int
    types: Floats
    kinds: Floats


def cut_names(
    text: str, docs: Sequence[tuple[Doc, int]], tagged: Sequence[Tagged]
) -> Iterator[Stretch]:
    """The tagged names with mended edges; those that can be no name are left out.

    ``docs`` are parsed paragraphs and where they begin in ``text``.
    """
    offsets = [offset for _, offset in docs]
    for name in _bracketed(text, tagged):
        passage = bisect_right(offsets, name.start) - 1
        doc, offset = docs[passage]
        span = doc.char_span(name.start - offset, name.end - offset, alignment_mode="expand")
        if span is None:
            continue
        start, end = offset + span.start_char, offset + span.end_char
        before = _BEFORE.match(text[start:end])
        start += before.end() if before else 0
        after = _AFTER.search(text, start, end)
        end = after.start() if after else end
        if start < end and _can_be_a_name(text[start:end]) and not _is_spelt(text, start, end):
            yield Stretch(start, end, passage, name.types, name.kinds)


def _bracketed(text: str, tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Names, one where a bracket is part of it: "Shell (Shanghai) Technology Co"."""
    held: Tagged | None = None
    for name in tagged:
        words = text[name.start : name.end]
        inside = ")" in words[:-1] and "(" not in words
        if held and inside and _OPEN.fullmatch(text[held.end : name.start]):
            held = Tagged(held.start, name.end, held.types, held.kinds)
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _is_spelt(text: str, start: int, end: int) -> bool:
    """Whether small words before a bracket spell a short form: "carbonate equivalent (CE)"."""
    letters = [letter.casefold() for letter in text[start:end] if letter.isalpha()]
    if not 2 <= len(letters) <= 8 or text[max(0, start - 1) : start] != "(":
        return False
    words = text[max(0, start - 120) : start - 1].split()[-len(letters) :]
    return [w[0] for w in words] == letters and all(w[0].islower() for w in words)


def _can_be_a_name(words: str) -> bool:
    marked = any(letter.isupper() or letter.isdigit() for letter in words)
    known = lexicon()
    never = known.words["never"]
    first, _, last = words.rpartition(" ")
    of_place = last in never and first in known.places  # "China R&D"
    return (marked or words in known.organisations) and not (words in never or of_place)
