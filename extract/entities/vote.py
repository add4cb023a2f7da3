"""The vote on a name's type: the sum of what each piece of evidence counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

TYPES = ("ORG", "PER", "LOC", "PRODUCT", "")


@cache
def weights() -> Mapping[str, tuple[float, ...]]:
    """Evidence -> its weight for each of ``TYPES`` (the last: no name to keep)."""
    raw = yaml.safe_load(
        files("extract.entities").joinpath("weights.yaml").read_text(encoding="utf-8")
    )
    return {name: tuple(row) for name, row in raw.items()}


def score_types(evidence: Mapping[str, float]) -> tuple[float, ...]:
    """The sum of weights for each of ``TYPES``."""
    table = weights()
    totals = list(table["always"])
    for item, strength in evidence.items():
        for i, weight in enumerate(table.get(item, ())):
            totals[i] += weight * strength
    return tuple(totals)


def type_name(evidence: Mapping[str, float]) -> str:
    """The type with most votes; "" where the evidence is that it is no name to keep."""
    totals = score_types(evidence)
    return TYPES[max(range(len(TYPES)), key=lambda i: totals[i])]
