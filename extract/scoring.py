"""How ties are compared: which types cover each other, and what a gold word for a status means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extract.ontology import ontology
from extract.wordfiles import parse_yaml

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Scoring:
    """``scoring.yaml``: which types count as one, which turn round, which no text lists in
    full; ``known`` are all types that gold may have, ``statuses`` and ``subtypes`` other words ->
    the ontology's."""

    groups: Mapping[str, str]
    turned: frozenset[str]
    undirected: frozenset[str]
    partial: frozenset[str]
    statuses: Mapping[str, str]
    subtypes: Mapping[str, str]
    known: frozenset[str]

    def key(self, type_: str, head: str, tail: str) -> Key:
        """What two ties share when one covers the other."""
        group = self.groups.get(type_, type_)
        if type_ in self.turned:
            head, tail = tail, head
        if group in self.undirected and tail < head:
            head, tail = tail, head
        return group, head, tail


@cache
def scoring() -> Scoring:
    """The scoring; read from the package's own file on first use."""
    raw = _load("scoring")
    groups = {type_: name for name, types in raw["groups"].items() for type_ in types}
    symmetric = {
        groups.get(name, name) for name, row in ontology().relations.items() if row.symmetric
    }
    words = _load("exchange")
    return Scoring(
        groups,
        frozenset(raw["turned"]),
        frozenset(symmetric),
        frozenset(raw["never_exhaustive"]),
        words["statuses"],
        words["subtypes"],
        frozenset(raw["beyond_ontology"]) | ontology().relations.keys(),
    )


def _load(name: str) -> dict[str, Any]:
    text = files("extract").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded
