"""What training wants of each pair, and how much each of its wishes weighs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

if os.environ.get("PARTNERGRAPH_REQUIRE") != "all":
    pytest.importorskip("torch", reason="torch is not here: get it with `make install-train`")
import torch

from extract.model.labels import STATUSES, labels
from extract.model.network import possible_pairs
from extract.model.training.examples import IGNORED, Example
from extract.model.training.loss import _targets, batch_loss, pad
from extract.model.training.network import Network, Shape

Make = Callable[..., list[Example]]

TIES = len(labels().relations)


@pytest.fixture
def example(records: list[dict[str, Any]], examples: Make) -> Example:
    """Orbis has a plant in Gdansk; Ann Lee works for Telsa, which does not buy Orbis."""
    return examples(records[0])[0]


def _wish(example: Example, head: int, tail: int, relation: str) -> dict[str, tuple[float, float]]:
    """What is wanted of a tie and how much it weighs: as stated, and as claimed."""
    pairs = possible_pairs(example.members)
    wanted, weights, _ = _targets(example, pairs)
    row = pairs.tolist().index([head, tail])
    at = labels().relations.index(relation)
    return {
        name: (float(wanted[row, column]), round(float(weights[row, column]), 4))
        for name, column in (("stated", at), ("claimed", TIES + at))
    }


@pytest.mark.parametrize(
    ("head", "tail", "relation", "stated", "claimed"),
    [
        (0, 1, "FACILITY_IN", (1.0, 1.0), (1.0, 0.3)),
        (0, 1, "HEADQUARTERED_IN", (0.0, 1.0), (0.0, 0.3)),
        (3, 0, "ACQUIRED", (0.0, 3.0), (1.0, 0.3)),  # denied: claimed, and tempting to state
        (0, 3, "COMPETES_WITH", (0.0, 3.0), (0.0, 0.3)),  # only tempting
        (0, 1, "ACQUIRED", (0.0, 0.0), (0.0, 0.0)),  # no one buys a city
    ],
)
def test_wishes_and_their_weights(
    example: Example,
    head: int,
    tail: int,
    relation: str,
    stated: tuple[float, float],
    claimed: tuple[float, float],
) -> None:
    assert _wish(example, head, tail, relation) == {"stated": stated, "claimed": claimed}


def test_the_status_of_a_pair_is_its_tie_s(example: Example) -> None:
    pairs = possible_pairs(example.members)
    _, _, told = _targets(example, pairs)
    by_pair = {tuple(pair): int(status) for pair, status in zip(pairs.tolist(), told, strict=True)}
    assert by_pair.pop((0, 1)) == STATUSES.index("in_effect")
    assert by_pair.pop((3, 0)) == STATUSES.index("denied")
    assert set(by_pair.values()) == {-1}


def test_what_is_padded_asks_for_nothing(records: list[dict[str, Any]], examples: Make) -> None:
    long, short = examples(*records)
    batch = pad([long, short])
    assert (batch.mask[1, 0, 0] == 0).sum() == len(short)
    assert (batch.tags[1, len(short) :] == IGNORED).all()
    assert (batch.kinds[1, len(short) :] == IGNORED).all()


def test_the_loss_is_the_sum_of_its_parts(example: Example, tokenizer: Any) -> None:
    torch.manual_seed(0)
    words = tokenizer.get_vocab_size()
    network = Network(
        Shape(words, layers=2, tagging=1, width=16, heads=2, inner=32, block=4, near=4)
    ).eval()
    loss, parts = batch_loss(network, pad([example]))
    expected = parts["tie"] + 0.4 * parts["status"] + parts["tag"] + 0.5 * parts["kind"]
    assert float(loss.detach()) == pytest.approx(expected, rel=1e-5)
    assert all(part > 0 for part in parts.values())
