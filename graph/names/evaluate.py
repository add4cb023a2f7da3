"""How well names are told apart: measures on labelled pairs, beside ready matchers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import InputError
from graph.names.matching import probabilities

THRESHOLD = 0.25
"""From this probability on, two names count as one; chosen by cross-validation."""

ASIDE = ("homonym", "text_surface_low_overlap", "hard_negative_related")
"""Types of pairs that names alone do not decide: reported by type, not in the main figures."""

_TYPES = {"person": "PER", "place": "LOC"}  # by the kind that a pair gives
Floats = NDArray[np.float64]


class NamePair(BaseModel):
    """A line of a file of pairs: two names, and whether they are of one bearer."""

    model_config = ConfigDict(extra="ignore")
    a: str
    b: str
    match: int = Field(ge=0, le=1)
    pair_type: str = ""
    kind: str = ""

    @property
    def type(self) -> str:
        """ORG, unless the pair says that it is of people or of places."""
        return _TYPES.get(self.kind, "ORG")


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """The pairs of one type, and the share of them that is decided right."""

    pairs: int
    same: int
    right: float


@dataclass(frozen=True, slots=True)
class NameFigures:
    """What a matcher reaches. ``f1``, ``precision`` and ``recall`` at ``threshold``; the best
    F1 of any threshold; the recall where at most 1 % of the different pairs are merged."""

    matcher: str
    pairs: int
    threshold: float
    f1: float
    precision: float
    recall: float
    best_f1: float
    best_threshold: float
    recall_at_1pct_false: float
    by_type: dict[str, TypeFigures]

    def to_dict(self) -> dict[str, Any]:
        """The figures for a program to read."""
        return asdict(self)


def read_pairs(lines: Iterable[str], source: str = "pairs") -> Iterator[NamePair]:
    """Pairs from JSON lines. Raises InputError at the first line that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield NamePair.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(map(str, first["loc"])) or "the line"
                raise InputError(
                    f"{source}:{number} is no pair of names: {field}: {first['msg']}"
                ) from None


def evaluate_names(pairs: Sequence[NamePair], *, table: bool = True) -> list[NameFigures]:
    """The figures of our matcher, then of the ready ones that are installed.

    Raises InputError where there are no pairs, or none of one of the two kinds.
    """
    if len({pair.match for pair in pairs if pair.pair_type not in ASIDE}) < 2:
        raise InputError("pairs that are the same and pairs that differ are needed, a few of each")
    name = "partnergraph" if table else "partnergraph without table"
    found = [_figures(name, pairs, _ours(pairs, table), THRESHOLD)]
    for other, scorer in _ready_matchers():
        found.append(_figures(other, pairs, scorer(pairs), None))
    return found


def best_f1(matches: NDArray[np.int64], found: Floats) -> tuple[float, float]:
    """The best F1 that any threshold gives, and that threshold."""
    order = np.argsort(-found, kind="stable")
    hits = np.cumsum(matches[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + matches.sum())
    last = np.append(found[order][1:] != found[order][:-1], True)  # equal scores go together
    best = int(np.argmax(np.where(last, f1, 0)))
    return float(f1[best]), float(found[order][best])


def recall_at_false(matches: NDArray[np.int64], found: Floats, share: float) -> float:
    """The recall at the threshold where at most ``share`` of the different pairs are merged."""
    different = np.sort(found[matches == 0])[::-1]
    allowed = int(share * len(different))
    limit = different[allowed] if allowed < len(different) else -np.inf
    return float((found[matches == 1] > limit).mean())


def _figures(
    matcher: str, pairs: Sequence[NamePair], found: Floats, threshold: float | None
) -> NameFigures:
    matches = np.array([pair.match for pair in pairs])
    counted = np.array([pair.pair_type not in ASIDE for pair in pairs])
    best, best_threshold = best_f1(matches[counted], found[counted])
    chosen = best_threshold if threshold is None else threshold
    said = found >= chosen
    hits = float((said & (matches == 1) & counted).sum())
    precision = hits / max(float((said & counted).sum()), 1)
    recall = hits / float((matches[counted] == 1).sum())
    return NameFigures(
        matcher=matcher,
        pairs=int(counted.sum()),
        threshold=round(chosen, 4),
        f1=_rounded(2 * precision * recall / max(precision + recall, 1e-9)),
        precision=_rounded(precision),
        recall=_rounded(recall),
        best_f1=_rounded(best),
        best_threshold=round(best_threshold, 4),
        recall_at_1pct_false=_rounded(recall_at_false(matches[counted], found[counted], 0.01)),
        by_type=_by_type(pairs, said == (matches == 1)),
    )


def _by_type(pairs: Sequence[NamePair], right: NDArray[np.bool_]) -> dict[str, TypeFigures]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        rows[pair.pair_type or "pairs"].append(row)
    return {
        type_: TypeFigures(
            len(rows[type_]),
            sum(pairs[row].match for row in rows[type_]),
            _rounded(float(right[rows[type_]].mean())),
        )
        for type_ in sorted(rows)
    }


def _ours(pairs: Sequence[NamePair], table: bool) -> Floats:
    found = np.zeros(len(pairs))
    for type_ in ("ORG", "PER", "LOC"):
        rows = [row for row, pair in enumerate(pairs) if pair.type == type_]
        names = [(pairs[row].a, pairs[row].b) for row in rows]
        found[rows] = probabilities(type_, names, table=table)
    return found


Scorer = Callable[[Sequence[NamePair]], Floats]


def _ready_matchers() -> Iterator[tuple[str, Scorer]]:
    from rapidfuzz import fuzz

    for name in ("ratio", "token_set_ratio", "token_sort_ratio", "WRatio"):
        yield f"rapidfuzz {name}", _fuzzy(getattr(fuzz, name))
    if find_spec("nomenklatura"):
        for name in ("logic-v2", "name-based"):
            yield f"nomenklatura {name}", _nomenklatura(name)


def _fuzzy(scorer: Callable[..., float]) -> Scorer:
    return lambda pairs: np.array([scorer(p.a.casefold(), p.b.casefold()) / 100 for p in pairs])


def _nomenklatura(name: str) -> Scorer:
    def score(pairs: Sequence[NamePair]) -> Floats:
        model = import_module("followthemoney").model
        get_algorithm = import_module("nomenklatura.matching").get_algorithm

        algorithm = get_algorithm(name)
        config = algorithm.default_config()

        def entity(id_: str, written: str) -> Any:
            made = model.make_entity("Organization")
            made.id = id_  # its cache is by id: each name needs its own
            made.add("name", written)
            return made

        return np.array(
            [
                algorithm.compare(entity(f"a{n}", p.a), entity(f"b{n}", p.b), config).score
                for n, p in enumerate(pairs)
            ]
        )

    return score


def _rounded(value: float) -> float:
    return round(value, 4)
