"""Acronyms: how well the capitals of one name stand for the words of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.names.parsing import Parsed

_COLUMNS = (
    "acronyms",  # how many of the two are one
    "acronym initials",  # it is the initials of the other, all or those that count
    "acronym bracketed",  # the other gives it in brackets
    "acronym within",  # its letters come in order in the other, from the first on
    "acronym at starts",  # the share of them that begin words
    "acronym words",  # the share of the other's words of which a letter was used
    "acronym length",
    "acronyms differ",  # both give one, and not the same
    "acronym in words",  # it is a word of the other
)


def acronym_features(
    left: Sequence[Parsed], right: Sequence[Parsed]
) -> dict[str, NDArray[np.float32]]:
    """A column for each of the features, for pairs of names."""
    table = np.zeros((len(left), len(_COLUMNS)), np.float32)
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        if one.capitals or other.capitals or one.bracketed or other.bracketed:
            table[row] = _compare(one, other)
    return {name: table[:, column] for column, name in enumerate(_COLUMNS)}


def _compare(one: Parsed, other: Parsed) -> tuple[float, ...]:
    said = [{name.capitals, *name.bracketed} - {""} for name in (one, other)]
    number = bool(one.capitals) + bool(other.capitals)
    differ = float(all(said) and not said[0] & said[1])
    bracketed = float(bool(said[0] & said[1]))
    best = max(
        (
            _stands_for(short.capitals, long)
            for short, long in ((one, other), (other, one))
            if short.capitals
        ),
        default=(0.0,) * 6,
    )
    initials, within, starts, words, length, in_words = best
    return (number, initials, bracketed, within, starts, words, length, differ, in_words)


def _stands_for(letters: str, name: Parsed) -> tuple[float, ...]:
    initials = float(letters in name.initials)
    at_starts, used = _walk(letters, [token.text for token in name.tokens])
    within = float(at_starts > 0)
    in_words = float(any(token.text == letters for token in name.tokens))
    return (
        initials,
        within,
        at_starts / max(len(letters), 1),
        used / max(len(name.tokens), 1),
        float(len(letters)),
        in_words,
    )


def _walk(letters: str, texts: list[str]) -> tuple[int, int]:
    """How many letters begin words, and of how many words one is used; (0, 0) where the letters
    do not come in order. A letter is taken from the start of a later word if it can be, else
    from within the present one."""
    words = [word for text in texts for word in text.split()]
    if not words or not letters or words[0][0] != letters[0]:
        return 0, 0
    at, inside, starts, used = 0, 0, 1, {0}
    for letter in letters[1:]:
        later = next((n for n in range(at + 1, len(words)) if words[n][0] == letter), None)
        within = words[at].find(letter, inside + 1)
        if later is not None and (later == at + 1 or within < 0):
            at, inside, starts = later, 0, starts + 1
        elif within >= 0:
            inside = within
        else:
            return 0, 0
        used.add(at)
    return starts, len(used)


def stands_for(letters: str, name: Parsed) -> str:
    """The name of the reason why letters stand for a name; empty where they do not."""
    if letters in name.initials:
        return "acronym"
    starts, _ = _walk(letters, [token.text for token in name.tokens])
    return "acronym_poor" if starts * 2 > len(letters) else ""
