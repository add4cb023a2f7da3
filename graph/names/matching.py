"""Whether two names are of one bearer: a probability, and the reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.names.organisations import known_organisations
from graph.names.parsing import Parsed, parse
from graph.names.people import compare_people
from graph.names.places import compare_places
from graph.names.reasons import explain, reason
from graph.names.scorer import score

VETO = 0.02
"""Names that share something and are less probably one than this are known to be two."""

SAME_KEY, FORMS_DIFFER = 0.99, 0.92
"""Of names with one key; of those whose legal forms differ (Metro AG, Metro Inc.)."""

_KNOWN_SAME, _KNOWN_TWO = 0.9, 0.005

Rules = Callable[[str, str], tuple[float, str]]
_RULES: Mapping[str, Rules] = {"PER": compare_people, "LOC": compare_places}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How probably two names are of one bearer, from the names alone; why, the weightiest
    first; and whether they are known to be of two (``veto``)."""

    probability: float
    reasons: tuple[str, ...]
    veto: bool


def compare(type: str, a: str, b: str, *, table: bool = True) -> Comparison:
    """Compare two names of one type: ORG, PER, LOC or PRODUCT. Any text will do.

    Without ``table``, what is known of well-known organisations is left aside.
    """
    probability = float(probabilities(type, [(a, b)], table=table)[0])
    return Comparison(probability, _reasons(type, a, b, table), probability < VETO)


def probabilities(
    type: str, pairs: Sequence[tuple[str, str]], *, table: bool = True
) -> NDArray[np.float64]:
    """The probabilities of many pairs, shape (pairs,): the fast way.

    The order of the two names does not matter.
    """
    found = np.zeros(len(pairs), np.float64)
    least = np.zeros(len(pairs), np.float64)
    open_: list[int] = []
    knowledge = known_organisations() if table and type == "ORG" else None
    for row, (a, b) in enumerate(pairs):
        one, other = parse(type, a), parse(type, b)
        if one.key == other.key:
            found[row] = SAME_KEY if _same_form(one, other) else FORMS_DIFFER
            continue
        same = knowledge.same(one.key, other.key) if knowledge else None
        if same is False:
            found[row] = _KNOWN_TWO
        elif type == "ORG":
            least[row] = _KNOWN_SAME if same else 0.0
            if one.tokens and other.tokens:  # a name of signs alone is like no other
                open_.append(row)
        elif type in _RULES:
            found[row] = _RULES[type](a, b)[0]
    if open_:
        found[open_] = score(
            [parse(type, pairs[row][0]) for row in open_],
            [parse(type, pairs[row][1]) for row in open_],
            table=table,
        )
    return np.where(least > 0, least + (SAME_KEY - least) * found, found)


def _same_form(one: Parsed, other: Parsed) -> bool:
    """Whether two names of one key may be one firm, going by their legal forms."""
    forms = [_abbreviated(name.form) for name in (one, other)]
    return not all(forms) or bool(forms[0] & forms[1])


def _abbreviated(form: str) -> set[str]:
    """The first letters of a form's words: "ltd" is "limited", and "corp" "corporation"."""
    return {word[:2] for word in form.split()}


def _reasons(type: str, a: str, b: str, table: bool) -> tuple[str, ...]:
    one, other = parse(type, a), parse(type, b)
    if one.key == other.key:
        return (reason("same_key" if one.joined == other.joined else "same_place"),)
    if table and type == "ORG":
        knowledge = known_organisations()
        known = knowledge.same(one.key, other.key)
        if known is True:
            return (reason("known_same", name=knowledge.name(one.key)),)
        if known is False:
            return (reason("known_two"),)
    if type == "ORG":
        return explain(one, other)
    told = _RULES[type](a, b)[1] if type in _RULES else "other_words"
    return (reason(told),)
