"""The weights of resolution, from weights.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from extract.wordfiles import parse_yaml


@dataclass(frozen=True, slots=True)
class Weights:
    """Thresholds as probabilities, evidence as log odds; weights.yaml says what each is for."""

    join: float
    apart: float
    unsure: float
    decided: float
    margin: float
    stated: float
    stated_unlike: float
    shared_document: float
    shared_neighbour: float
    most_neighbours: int
    other_kind: float


@cache
def weights() -> Weights:
    """The weights that all graphs are resolved with."""
    text = files("graph.resolution").joinpath("weights.yaml").read_text(encoding="utf-8")
    return Weights(**parse_yaml(text))


def shifted(probability: float, odds: float) -> float:
    """``probability`` after evidence of so many log odds; six digits, so that it is the same
    on every machine."""
    inner = min(max(probability, 1e-6), 1 - 1e-6)
    return round(1 / (1 + exp(-(log(inner / (1 - inner)) + odds))), 6)
