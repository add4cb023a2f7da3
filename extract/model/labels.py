"""What the network tells apart, in the order of its outputs; all of it from the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extract.ontology import ontology

TYPES = ("ORG", "PER", "LOC", "PRODUCT")
OUTSIDE = 0
STATUSES = ("in_effect", "announced", "planned", "ended", "denied", "rumoured")
REAL = 4  # so many of the statuses, from the first, are of ties that hold or are agreed


@dataclass(frozen=True, slots=True)
class Labels:
    """``kinds``: (type, subtype) of each kind output; ``relations``: names of the tie outputs;
    ``allowed[head type, tail type]``: which of them such a pair may have."""

    kinds: tuple[tuple[str, str], ...]
    relations: tuple[str, ...]
    symmetric: NDArray[np.bool_]
    allowed: NDArray[np.bool_]

    def kind(self, type_: str, subtype: str | None) -> int:
        """The number of a kind; the widest one of the type where the subtype is no output."""
        if subtype is None or (type_, subtype) not in self.kinds:
            subtype = ""
        found = ontology().kind_of(type_, subtype)
        return self.kinds.index((found.type, found.subtype))


def begin(type_: str) -> int:
    """The tag of a word that begins a name of this type; the next number is "inside"."""
    return 1 + 2 * TYPES.index(type_)


TAGS = 1 + 2 * len(TYPES)


@cache
def labels() -> Labels:
    """The labels, made of the ontology on first use."""
    known = ontology()
    kinds = tuple((k.type, k.subtype) for k in known.kinds.values() if k.subtype != "group")
    relations = tuple(name for name in known.relations if name != "LICENSES_TO")
    allowed = np.array(
        [[[known.allows(name, h, t) for name in relations] for t in TYPES] for h in TYPES]
    )
    symmetric = np.array([known.relations[name].symmetric for name in relations])
    return Labels(kinds, relations, symmetric, allowed)
