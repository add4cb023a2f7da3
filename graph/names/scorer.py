"""The trained model: features of pairs in, probabilities out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.names.features import Names, feature_names, features
from graph.names.parsing import Parsed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NUMBERS_DIFFER = 0.005
"""The most that two names with different numbers (Fund I, Fund II) can be one."""

WEIGHTS = "weights/matcher.onnx"


def score(
    left: Sequence[Parsed], right: Sequence[Parsed], *, table: bool = True
) -> NDArray[np.float64]:
    """How probably the names of each pair are one, shape (pairs,), to six digits.

    Boosted trees over `features`; scripts/train_matcher.py trains them.
    """
    unique = list({id(name): name for name in (*left, *right)}.values())
    row = {id(name): number for number, name in enumerate(unique)}
    names = Names.of(unique)  # each is in several pairs
    sides = [names.take(np.array([row[id(name)] for name in side])) for side in (left, right)]
    columns = features(*sides, table=table)
    (raw,) = _session().run(None, {"features": columns})
    odds = raw[:, 0].astype(np.float64)
    found: NDArray[np.float64] = np.round(1 / (1 + np.exp(-odds)), 6)
    clash = columns[:, feature_names().index("clash number")] > 0
    return np.where(clash, np.minimum(found, NUMBERS_DIFFER), found)


@cache
def _session() -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(
        files("graph.names").joinpath(WEIGHTS).read_bytes(),
        options,
        providers=["CPUExecutionProvider"],
    )
