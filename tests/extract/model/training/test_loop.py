"""Training makes the loss smaller, and one that was cut off goes on as if it had not been."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

if os.environ.get("PARTNERGRAPH_REQUIRE") != "all":
    pytest.importorskip("torch", reason="torch is not here: get it with `make install-train`")
import torch

from extract.model.training.examples import Example
from extract.model.training.loop import Course, train
from extract.model.training.loss import batch_loss, pad
from extract.model.training.network import Network, Shape

Make = Callable[..., list[Example]]

COURSE = Course(epochs=3, rate=3e-3, head_rate=3e-3, pieces=60, longest=80, share=0.5)


class _CutOffError(Exception):
    """Someone has pulled the plug."""


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """So little work is slower by two threads, and far slower beside other work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def windows(records: list[dict[str, Any]], examples: Make) -> list[list[Example]]:
    """Six windows, every other one with a variant."""
    one, other = examples(*records)
    return [[one], [other, one], [other], [one, other], [one], [other]]


@pytest.fixture
def network(tokenizer: Any) -> Network:
    return _network(tokenizer, seed=1)


def _network(tokenizer: Any, seed: int) -> Network:
    torch.manual_seed(seed)
    words = tokenizer.get_vocab_size()
    return Network(Shape(words, layers=2, tagging=1, width=16, heads=2, inner=32, block=4, near=4))


def _loss(network: Network, windows: list[list[Example]]) -> float:
    network.eval()
    with torch.no_grad():
        loss, _ = batch_loss(network, pad([variants[0] for variants in windows]))
    return float(loss)


def _silent(_: str) -> None:
    pass


def _weights(network: Network) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def test_a_few_epochs_make_the_loss_smaller(network: Network, windows: list[list[Example]]) -> None:
    before = _loss(network, windows)
    train(network, windows, replace(COURSE, epochs=8), _silent)
    assert _loss(network, windows) < 0.7 * before


def test_words_and_places_stay_as_the_encoder_knew_them(
    network: Network, windows: list[list[Example]]
) -> None:
    before = _weights(network)
    train(network, windows, replace(COURSE, epochs=1), _silent)
    after = _weights(network)
    same = {name for name, value in after.items() if torch.equal(value, before[name])}
    assert {"lower.word.weight", "lower.position.weight"} <= same
    assert "lower.layers.0.query.weight" not in same
    assert "linker.bilinear.weight" not in same


def test_a_seed_gives_the_same_weights(tokenizer: Any, windows: list[list[Example]]) -> None:
    made = []
    for _ in range(2):
        network = _network(tokenizer, seed=1)
        train(network, windows, replace(COURSE, epochs=1), _silent)
        made.append(_weights(network))
    assert all(torch.equal(value, made[1][name]) for name, value in made[0].items())


def test_a_training_that_was_cut_off_ends_with_the_same_weights(
    tokenizer: Any, windows: list[list[Example]], tmp_path: Path
) -> None:
    whole = _network(tokenizer, seed=1)
    train(whole, windows, COURSE, _silent)

    def cut_off(line: str) -> None:
        if line.startswith("epoch 2"):
            raise _CutOffError

    checkpoint = tmp_path / "checkpoint.pt"
    with pytest.raises(_CutOffError):
        train(_network(tokenizer, seed=1), windows, COURSE, cut_off, checkpoint)
    resumed, told = _network(tokenizer, seed=2), []
    train(resumed, windows, COURSE, told.append, checkpoint)
    assert [line.split(":")[0] for line in told] == ["epoch 3 of 3"]
    expected = _weights(whole)
    assert all(torch.equal(value, expected[name]) for name, value in _weights(resumed).items())


def test_a_training_that_is_over_changes_nothing_more(
    tokenizer: Any, windows: list[list[Example]], tmp_path: Path
) -> None:
    course, checkpoint = replace(COURSE, epochs=1), tmp_path / "checkpoint.pt"
    first = _network(tokenizer, seed=1)
    train(first, windows, course, _silent, checkpoint)
    again, told = _network(tokenizer, seed=2), []
    train(again, windows, course, told.append, checkpoint)
    assert told == []
    expected = _weights(first)
    assert all(torch.equal(value, expected[name]) for name, value in _weights(again).items())


def test_each_epoch_is_told_with_its_losses(network: Network, windows: list[list[Example]]) -> None:
    told: list[str] = []
    train(network, windows, replace(COURSE, epochs=1), told.append)
    (line,) = told
    assert re.match(r"epoch 1 of 1: tie \d+\.\d+, status \d.*, tag \d.*, kind \d.*; \d+ s$", line)
