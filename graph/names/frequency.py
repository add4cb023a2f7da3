"""How much a word tells: rare words tell bearers apart, common ones do not."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log

from graph.names.lexicon import WordClass
from graph.names.parsing import Token

_RAREST = 9.0  # what a word that is in no table weighs: the log of 1 in 8,000
_LEAST = {WordClass.generic: 0.5, WordClass.title: 0.5}


def weight(token: Token) -> float:
    """The weight of a word, in natural logs: 9 for a rare one, less the commoner it is."""
    if (least := _LEAST.get(token.kind)) is not None:
        return least
    return max(1.0, min(_RAREST, rarity().get(token.concept, _RAREST)))


@cache
def rarity() -> Mapping[str, float]:
    """Concept → −log of its share of names, from words/frequency.csv."""
    text = files("graph.names").joinpath("words", "frequency.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {row["concept"]: -log(float(row["share"])) for row in rows}
