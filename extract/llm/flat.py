"""A document's clean prose as the model gets it, with the way back to the document's offsets."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence

from extract.clean import CleanText

# What is not white space, nor a control or invisible character, nor half of one.
_WORD = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ud800-\udfff]+"
)
# Models change the shape of quotes and dashes when they copy; one character stays one.
_SHAPES = str.maketrans("’‘‛“”„«»–—‐‑−", '\'\'\'"""""-----')
_PARAGRAPH = "\n"


def squeezed(text: str) -> str:
    """``text`` as ``FlatText`` has it: single blanks, one shape of quote and of dash."""
    return " ".join(_WORD.findall(text)).translate(_SHAPES)


class FlatText:
    """Paragraphs, one a line, words parted by single blanks; every character knows its place.

    ``paragraphs`` are as they are sent. What is looked for in them is found whatever its white
    space and the shape of its quotes and dashes.
    """

    def __init__(self, cleaned: CleanText) -> None:
        parts: list[str] = []
        self._places = array("L")
        for start, end in cleaned.paragraphs:
            words = list(_WORD.finditer(cleaned.text, start, end))
            for number, word in enumerate(words):
                last = number == len(words) - 1
                parts += [word[0], _PARAGRAPH if last else " "]
                self._places.extend(range(word.start(), word.end() + 1))
        self._text = "".join(parts)
        self._names = self._text.translate(_SHAPES)
        self._quotes = self._names.replace(_PARAGRAPH, " ")

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs that have words."""
        return self._text.split(_PARAGRAPH)[:-1]

    def find_quote(self, quote: str) -> tuple[int, int] | None:
        """Where the document first says ``quote``, in whole words; None where it never does."""
        wanted = squeezed(quote)
        if not wanted:
            return None
        found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self._quotes)
        return self._span(found) if found else None

    def find_names(self, names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Every place where one of the (squeezed) ``names`` stands, as a whole word.

        The longest name wins; names never reach over the end of a paragraph. They come in
        order, each as (name, start, end) with the document's offsets.
        """
        ordered = sorted(set(names), key=lambda name: (-len(name), name))
        if not ordered:
            return
        either = "|".join(map(re.escape, ordered))
        for match in re.finditer(rf"(?<![\w-])(?:{either})(?!\w)", self._names):
            yield (match[0], *self._span(match))

    def _span(self, match: re.Match[str]) -> tuple[int, int]:
        return self._places[match.start()], self._places[match.end() - 1] + 1
