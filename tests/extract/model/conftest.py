"""Word pieces made by hand, and a network made by hand: no weights of a training are in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extract.model.labels import STATUSES, TAGS, labels
from extract.model.network import WEIGHTS, Network
from extract.model.pairs import SIZES, Members
from extract.model.pieces import Pieces

WIDTH, HEADS, BLOCK, NEAR = 8, 2, 4, 3


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """The word-piece tokenizer that is shipped."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))


@pytest.fixture(scope="session")
def pieces() -> Callable[..., Pieces]:
    """``pieces([0, 0, 1])``: three words "a a a" in the sentences 0, 0 and 1.

    ``words=[0, 1, 1]`` makes the last two pieces one word.
    """

    def make(sentences: Sequence[int], words: Sequence[int] | None = None) -> Pieces:
        size = len(sentences)
        zeros = np.zeros(size, dtype=np.int64)
        starts = 2 * np.arange(size, dtype=np.int64)
        numbers = np.arange(size) if words is None else np.array(words)
        return Pieces(
            zeros,
            zeros,
            zeros,
            starts,
            starts + 1,
            numbers.astype(np.int64),
            np.array(sentences, dtype=np.int64),
        )

    return make


@pytest.fixture(scope="session")
def members() -> Callable[..., Members]:
    """``members(12, (0, 4), (9,))``: a window of 12 pieces in which the first entity has its
    mentions at 0 and 4, the second at 9, each of one piece; all are firms but for ``types``."""

    def make(*places: Sequence[int], types: Sequence[int] | None = None) -> Members:
        rows = sorted((at, number) for number, row in enumerate(places) for at in row)
        mentions = np.array([(number, at, at) for at, number in rows], dtype=np.int64)
        zeros = np.zeros(len(places), dtype=np.int64)
        told = zeros if types is None else np.array(types, dtype=np.int64)
        return Members(mentions.reshape(-1, 3), told, zeros)

    return make


class _Lower:
    """Each piece's states are its number, and so are its tags and kinds."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def run(self, _: object, inputs: dict[str, Any]) -> list[Any]:
        ids = inputs["ids"]
        self.calls.append(ids.shape[0])
        sizes = (WIDTH, TAGS, len(labels().kinds))
        return [np.repeat(ids[..., None], size, axis=2).astype(np.float32) for size in sizes]


class _Upper:
    """States as they come, and an attention that differs from piece to piece."""

    def run(self, _: object, inputs: dict[str, Any]) -> list[Any]:
        states = inputs["states"]
        length = states.shape[1]
        raised = np.exp(np.random.default_rng(1).normal(size=(1, HEADS, length, length)))
        seen = raised / raised.sum(axis=-1, keepdims=True)
        return [states, seen.astype(np.float32)]


@pytest.fixture
def network(tmp_path: Path) -> Network:
    """A network of eight numbers a piece, whose pair scorer has random weights."""
    for path in WEIGHTS.iterdir():
        (tmp_path / path.name).touch()
    settings = {"window": 16, "overlap": 4, "block": BLOCK}
    (tmp_path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    made = Network(tmp_path)
    made.__dict__ |= {"_lower": _Lower(), "_upper": _Upper(), "_linker": _linker()}
    return made


def _linker() -> dict[str, Any]:
    chance = np.random.default_rng(0)
    joined, outputs = 2 * WIDTH + NEAR, 2 * len(labels().relations)
    shapes = {
        **{f"near.{i}.weight": (size, NEAR) for i, size in enumerate(SIZES)},
        "head.weight": (WIDTH, joined),
        "tail.weight": (WIDTH, joined),
        "bilinear.weight": (outputs, BLOCK * WIDTH),
        "linear.weight": (outputs, joined),
        "status.weight": (len(STATUSES), joined),
        "head.bias": (WIDTH,),
        "tail.bias": (WIDTH,),
        "linear.bias": (outputs,),
        "status.bias": (len(STATUSES),),
    }
    return {name: chance.normal(size=size).astype(np.float32) for name, size in shapes.items()}
