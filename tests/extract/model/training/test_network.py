"""The network in torch says the same as what ships: exactly in fp32, roughly in int8."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

if os.environ.get("PARTNERGRAPH_REQUIRE") != "all":
    pytest.importorskip("torch", reason="torch is not here: get it with `make install-train`")
import torch

from extract.model import network as shipped
from extract.model.labels import TAGS, labels
from extract.model.network import Pairs, Window, possible_pairs
from extract.model.pairs import SIZES, Members, pair_features
from extract.model.pieces import CASES, VIEWS, Pieces
from extract.model.training.export import export
from extract.model.training.network import Network, Shape, pool_entities

SHAPE = Shape(  # wide enough for its matrices to be quantised
    vocabulary=100, layers=3, tagging=2, width=128, heads=4, inner=128, block=16, near=4
)
SETTINGS = {"window": 24, "overlap": 6, "block": SHAPE.block}
LENGTH = 20


@pytest.fixture(scope="module")
def network() -> Network:
    """A tiny network with weights large enough to say something; the pair scorer's are rounded
    to half precision, in which they ship."""
    torch.manual_seed(0)
    made = Network(SHAPE)
    with torch.no_grad():
        for name, parameter in made.named_parameters():
            if name.startswith("linker") or name.split(".")[1] in ("tag", "kind", "mark"):
                parameter.mul_(3)
        for parameter in made.linker.parameters():
            parameter.copy_(parameter.half().float())
    return made.eval()


@pytest.fixture(scope="module")
def window() -> Pieces:
    """Twenty pieces of two sentences."""
    chance = np.random.default_rng(2)
    ids, cases, views = (chance.integers(0, top, LENGTH) for top in (100, CASES, VIEWS))
    starts = 2 * np.arange(LENGTH)
    sentences = (np.arange(LENGTH) > 11).astype(np.int64)
    return Pieces(ids, cases, views, starts, starts + 1, np.arange(LENGTH), sentences)


@pytest.fixture(scope="module")
def members() -> Members:
    """Two firms, a person and a city; the first firm twice, the second's name of two pieces."""
    mentions = [(0, 1, 1), (1, 4, 5), (2, 8, 8), (0, 13, 13), (3, 17, 17)]
    firm, person = labels().kind("ORG", "firm"), labels().kind("PER", "person")
    kinds = [firm, firm, person, labels().kind("LOC", "city")]
    return Members(np.array(mentions), np.array([0, 0, 1, 2]), np.array(kinds))


def _shipped(network: Network, folder: Path, int8: bool) -> shipped.Network:
    export(network, folder, SETTINGS, int8)
    (folder / "tokenizer.json").touch()
    return shipped.Network(folder, threads=1)


@pytest.fixture(scope="module")
def exact(network: Network, tmp_path_factory: pytest.TempPathFactory) -> shipped.Network:
    return _shipped(network, tmp_path_factory.mktemp("fp32"), int8=False)


@pytest.fixture(scope="module")
def rough(network: Network, tmp_path_factory: pytest.TempPathFactory) -> shipped.Network:
    return _shipped(network, tmp_path_factory.mktemp("int8"), int8=True)


def _in_torch(network: Network, pieces: Pieces, members: Members) -> dict[str, Any]:
    """What the network in torch says of a window, as arrays; ``stated`` where types allow it."""
    columns = (torch.from_numpy(x)[None] for x in (pieces.ids, pieces.cases, pieces.views))
    mask = torch.zeros((1, 1, 1, len(pieces)))
    pairs = possible_pairs(members)
    near = pair_features(members, pieces.sentences)[pairs[:, 0], pairs[:, 1]]
    with torch.no_grad():
        states, tags, kinds = network.lower(*columns, mask)
        marks = torch.from_numpy(members.marks(len(pieces)))[None]
        top, seen = network.upper(states, marks, mask)
        logits, statuses = network.linker(
            top[0],
            seen[0],
            torch.from_numpy(members.pooling(len(pieces))),
            torch.from_numpy(members.mentions[:, 0]),
            len(members),
            torch.from_numpy(near),
            torch.from_numpy(pairs),
        )
    allowed = labels().allowed[members.types[pairs[:, 0]], members.types[pairs[:, 1]]]
    ties = len(labels().relations)
    scores = torch.sigmoid(logits).numpy()
    return {
        "tags": torch.softmax(tags[0], dim=-1).numpy(),
        "kinds": torch.softmax(kinds[0], dim=-1).numpy(),
        "stated": scores[:, :ties] * allowed,
        "claimed": scores[:, ties:] * allowed,
        "statuses": torch.softmax(statuses, dim=-1).numpy(),
    }


def _shipped_says(network: shipped.Network, pieces: Pieces, members: Members) -> dict[str, Any]:
    ((window,),) = network.tag([pieces])
    (pairs,) = network.link([(window, members, pieces.sentences)])
    return {
        **{name: getattr(window, name) for name in ("tags", "kinds")},
        **{name: getattr(pairs, name) for name in ("stated", "claimed", "statuses")},
    }


@pytest.mark.parametrize("name", ["tags", "kinds", "stated", "claimed", "statuses"])
def test_the_exact_export_says_the_same(
    network: Network, exact: shipped.Network, window: Pieces, members: Members, name: str
) -> None:
    expected = _in_torch(network, window, members)[name]
    assert expected.std() > 0.01
    assert _shipped_says(exact, window, members)[name] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("name", ["tags", "kinds", "stated", "claimed", "statuses"])
def test_the_quantised_export_says_roughly_the_same(
    network: Network, rough: shipped.Network, window: Pieces, members: Members, name: str
) -> None:
    expected = _in_torch(network, window, members)[name]
    found = _shipped_says(rough, window, members)[name]
    assert np.abs(found - expected).mean() < 0.2 * expected.std()


@pytest.mark.parametrize("name", ["lower.npz", "upper.npz"])
def test_quantised_matrices_are_the_exact_ones_within_half_a_step(
    exact: shipped.Network, rough: shipped.Network, name: str
) -> None:
    with np.load(exact.folder / name) as plain, np.load(rough.folder / name) as small:
        assert len(plain.files) >= 6
        for key in plain.files:
            scale = small[key + shipped.SCALE]
            assert small[key].dtype == np.int8
            assert (np.abs(small[key] * scale - plain[key]) <= 0.501 * scale).all()


def test_windows_may_have_any_length(
    exact: shipped.Network, window: Pieces, members: Members
) -> None:
    parts = [Pieces(*(getattr(window, name)[:size] for name in _COLUMNS)) for size in (1, 3, 20)]
    found = exact.tag(parts)
    assert [len(row[0].states) for row in found] == [1, 3, 20]
    assert _linked(exact, found[2][0], members, window.sentences).ends.shape[1] == 2


_COLUMNS = ("ids", "cases", "views", "starts", "ends", "words", "sentences")


def _linked(network: shipped.Network, window: Window, members: Members, sentences: Any) -> Pairs:
    (found,) = network.link([(window, members, sentences)])
    return found


def test_padding_changes_nothing(network: Network, window: Pieces) -> None:
    """As in training, where windows of several lengths are one batch."""
    columns = [torch.from_numpy(x)[None] for x in (window.ids, window.cases, window.views)]
    padded = [torch.cat([x, torch.full((1, 7), 3)], dim=1) for x in columns]
    mask = torch.zeros((1, 1, 1, LENGTH + 7))
    mask[..., LENGTH:] = -1e4
    with torch.no_grad():
        alone = network.lower(*columns, torch.zeros((1, 1, 1, LENGTH)))
        beside = network.lower(*padded, mask)
    for one, other in zip(alone, beside, strict=True):
        assert other[:, :LENGTH].numpy() == pytest.approx(one.numpy(), abs=1e-5)


def test_an_entity_is_the_log_sum_exp_of_its_mentions() -> None:
    states = torch.tensor([[1.0, 0.0], [2.0, -1.0], [0.5, 3.0]])
    seen = torch.tensor([[[0.2, 0.8, 0.0], [0.5, 0.0, 0.5], [0.0, 0.0, 1.0]]])
    entities, attention = pool_entities(
        states, seen, torch.eye(3), torch.tensor([0, 1, 0]), count=2
    )
    both = np.log(np.exp([1.0, 0.0]) + np.exp([0.5, 3.0]))
    assert entities.numpy() == pytest.approx(np.array([both, [2.0, -1.0]]), abs=1e-5)
    assert attention.numpy() == pytest.approx(np.array([[[0.1, 0.4, 0.5]], [[0.5, 0.0, 0.5]]]))


def test_a_base_is_taken_over_and_what_is_new_begins_at_nothing() -> None:
    torch.manual_seed(1)
    width, rows = SHAPE.width, 120
    base = {
        "embeddings.word_embeddings.weight": torch.randn(rows, width),
        "embeddings.token_type_embeddings.weight": torch.randn(2, width),
        "embeddings.position_embeddings.weight": torch.randn(512, width),
        "embeddings.LayerNorm.weight": torch.randn(width),
        "embeddings.LayerNorm.bias": torch.randn(width),
    }
    plain = Network(SHAPE)
    for number, layer in enumerate([*plain.lower.layers, *plain.upper.layers]):
        for ours, theirs in _PLACES.items():
            for which in ("weight", "bias"):
                size = layer.get_submodule(ours).get_parameter(which).shape
                base[f"encoder.layer.{number}.{theirs}.{which}"] = torch.randn(size)
    made, kept = Network(SHAPE), list(range(20, 120))
    made.start_from(base, kept)
    assert torch.equal(made.lower.word.weight, base["embeddings.word_embeddings.weight"][20:])
    last = base["encoder.layer.2.output.dense.weight"]
    assert torch.equal(made.upper.layers[0].get_submodule("outer").weight, last)
    assert not made.lower.case.weight.any()
    assert not made.lower.view.weight.any()
    assert not made.upper.mark.weight[0].any()


_PLACES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "output_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def test_outputs_are_as_many_as_there_are_labels(network: Network) -> None:
    assert network.lower.tag.out_features == TAGS
    assert network.lower.kind.out_features == len(labels().kinds)
    assert network.linker.linear.out_features == 2 * len(labels().relations)
    assert [table.num_embeddings for table in network.linker.near] == list(SIZES)
