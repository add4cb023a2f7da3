"""How weights.yaml is made: a softmax regression on annotated texts.

An example is one name of one document: the evidence for it, the type that the annotation gives
it, and how often it is mentioned. Plain gradient descent (Adam; Kingma and Ba, 2015) from zero,
so that the same texts give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.entities.document import collect
from extract.entities.vote import TYPES

_RARE = 12
_DECAY = 3e-4
_ROUNDS = 1500
_RATE = 0.03

# Too rare in the training texts to be learned.
BY_HAND: Mapping[str, tuple[float, ...]] = {
    "spelt-out": (-3.0, -1.0, -1.0, -1.0, 3.0),
    "code": (-2.0, -1.0, -1.0, 3.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One name of one document: its evidence, its true type ("" for none), its mentions."""

    evidence: Mapping[str, float]
    type: str
    mentions: int


def find_examples(
    docs: Sequence[tuple[Doc, int]], gold: Mapping[tuple[int, int], str]
) -> Iterator[Example]:
    """The candidate names of a document with their types; ``gold`` maps (start, end) to a type.

    A name that is cut differently from the annotation counts as what it overlaps.
    """
    for name in collect(docs).values():
        exact = [gold[p.start, p.end] for p in name.places if (p.start, p.end) in gold]
        loose = [
            type_
            for p in name.places
            for (start, end), type_ in gold.items()
            if start < p.end and p.start < end
        ]
        # Half of the mentions must be names for the name to be one.
        votes = exact if 2 * len(exact) >= len(name.places) else loose
        type_ = max(sorted(Counter(votes).items()), key=lambda item: item[1])[0] if votes else ""
        yield Example(dict(name.evidence), type_, len(name.places))


def fit_weights(examples: Iterable[Example]) -> dict[str, tuple[float, ...]]:
    """Evidence -> weights for ``TYPES``, rounded to two digits."""
    import numpy as np

    rows = list(examples)
    counts = Counter(item for row in rows for item in row.evidence)
    common = sorted(item for item, n in counts.items() if n >= _RARE and item not in BY_HAND)
    index = {item: i for i, item in enumerate(["always", *common])}
    inputs = np.zeros((len(rows), len(index)), np.float64)
    inputs[:, 0] = 1.0
    for i, row in enumerate(rows):
        for item, strength in row.evidence.items():
            if item in index:
                inputs[i, index[item]] = strength
    targets = np.eye(len(TYPES))[[TYPES.index(row.type) for row in rows]]
    share = np.sqrt([row.mentions for row in rows])
    share = (share / share.sum())[:, None]
    weights = np.zeros((len(index), len(TYPES)))
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _ROUNDS + 1):
        scores = inputs @ weights
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        slope = inputs.T @ ((chances - targets) * share) + _DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        size = np.sqrt(spread / (1 - 0.999**step)) + 1e-8
        weights -= _RATE * mean / (1 - 0.9**step) / size
    fitted = {item: tuple(round(float(w), 2) for w in weights[i]) for item, i in index.items()}
    return fitted | dict(BY_HAND)


def as_yaml(weights: Mapping[str, Sequence[float]]) -> str:
    """The text of weights.yaml."""
    head = (
        f"# What each piece of evidence counts for {', '.join(t or 'no name' for t in TYPES)}: a\n"
        "# softmax regression on the passages of extract/model/corpus, made by\n"
        "# scripts/fit_name_weights.py.\n"
    )
    rows = (f"{item}: [{', '.join(f'{w:.2f}' for w in row)}]\n" for item, row in weights.items())
    return head + "".join(rows)
