"""The network at work, its weights made by hand; what is shipped is only opened."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extract.errors import InputError
from extract.model import network as module
from extract.model.labels import STATUSES, TAGS, TYPES, labels
from extract.model.network import WEIGHTS, Network, Pairs, Window, possible_pairs
from extract.model.pairs import Members
from extract.model.pieces import Pieces, cut_pieces

Make = Callable[..., Pieces]
Group = Callable[..., Members]

FILES = sorted(path.name for path in WEIGHTS.iterdir())


def _window(length: int, width: int = 8) -> Window:
    states = np.random.default_rng(length).normal(size=(length, width)).astype(np.float32)
    return Window(0, states, np.zeros((length, TAGS)), np.zeros((length, 1)))


def _link(network: Network, members: Members, length: int = 320) -> Pairs:
    (found,) = network.link([(_window(length), members, np.zeros(length, dtype=np.int64))])
    return found


@pytest.mark.parametrize("missing", FILES)
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    for name in FILES:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    Network(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(InputError, match=rf"no {missing} in .*`make model`"):
        Network(tmp_path)


def test_windows_come_by_document_and_in_order(network: Network, pieces: Make) -> None:
    long, short = pieces([0] * 10 + [1] * 10), pieces([0, 0])
    found = network.tag([long, pieces([]), short])
    assert [[(w.start, w.end) for w in row] for row in found] == [[(0, 10), (10, 20)], [], [(0, 2)]]


def test_tags_and_kinds_are_probabilities(network: Network, pieces: Make) -> None:
    ((window,),) = network.tag([pieces([0, 0, 0])])
    assert window.tags.shape == (3, TAGS)
    assert window.kinds.shape == (3, len(labels().kinds))
    assert window.tags.sum(axis=1) == pytest.approx(1)
    assert window.kinds.sum(axis=1) == pytest.approx(1)


def test_no_window_shares_a_call_with_another(network: Network, pieces: Make) -> None:
    """A text must read the same, to the last bit, in any company."""
    network.tag([pieces([0, 0]), pieces([0, 0]), pieces([0] * 10 + [1] * 10)])
    assert network._lower.calls == [1, 1, 1, 1]


def test_what_is_read_along_changes_no_probability(nlp: Any) -> None:
    """With the weights that are shipped."""
    network = Network(threads=1)
    texts = ["Orbis has opened a plant in Gdansk.", "TELSA!", "Ann Lee left Vega for Norvik."]
    cut = [cut_pieces([(nlp(text), 0)], network.tokenizer) for text in texts]
    together = network.tag(cut)
    for number, one in enumerate(cut):
        ((alone,),) = network.tag([one])
        assert (alone.tags == together[number][0].tags).all()
        assert (alone.states == together[number][0].states).all()


def test_shipped_settings_fit_the_shipped_weights() -> None:
    network = Network(threads=1)
    shape = network.settings["shape"]
    outputs = 2 * len(labels().relations)
    assert network.tokenizer.get_vocab_size() == shape["vocabulary"]
    assert network._linker["bilinear.weight"].shape == (outputs, shape["block"] * shape["width"])
    assert network._linker["status.bias"].shape == (len(STATUSES),)
    assert 0 < network.settings["overlap"] < network.settings["window"] <= 512
    assert {"weights", "threshold", "least", "unreal"} <= network.settings["vote"].keys()


def test_nothing_to_read_is_nothing_read(network: Network) -> None:
    assert network.tag([]) == []
    assert list(network.link([])) == []


def test_a_pair_is_scored_in_both_directions(network: Network, members: Group) -> None:
    found = _link(network, members((1,), (5,), (9,)), 12)
    assert found.ends.tolist() == [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]]
    ties = len(labels().relations)
    assert found.stated.shape == found.claimed.shape == (6, ties)
    assert found.statuses.sum(axis=1) == pytest.approx(1)


def test_pairs_without_a_possible_tie_are_left_out(members: Group) -> None:
    """Two people have no tie that the ontology knows."""
    person, firm = TYPES.index("PER"), TYPES.index("ORG")
    found = possible_pairs(members((1,), (5,), (9,), types=[person, person, firm]))
    assert found.tolist() == [[0, 2], [1, 2], [2, 0], [2, 1]]


def test_people_alone_have_no_scores(network: Network, members: Group) -> None:
    person = TYPES.index("PER")
    found = _link(network, members((1,), (5,), types=[person, person]), 12)
    assert found.ends.shape == (0, 2)
    assert found.stated.shape == found.claimed.shape == (0, len(labels().relations))
    assert found.statuses.shape == (0, len(STATUSES))


def test_only_ties_that_the_types_allow_have_a_score(network: Network, members: Group) -> None:
    types = [TYPES.index(name) for name in ("ORG", "LOC", "PER")]
    found = _link(network, members((1,), (5,), (9,), types=types), 12)
    assert len(found.ends) > 0
    for (head, tail), stated, claimed in zip(found.ends, found.stated, found.claimed, strict=True):
        allowed = labels().allowed[types[head], types[tail]]
        assert ((stated > 0) == allowed).all()
        assert ((claimed > 0) == allowed).all()


def test_the_size_of_a_chunk_changes_no_score(
    network: Network, members: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = members(*[(7 * number % 320, 11 * number % 320) for number in range(20)])
    at_once = _link(network, made)
    monkeypatch.setattr(module, "_MOST_PAIRS", 7)
    in_parts = _link(network, made)
    assert (at_once.ends == in_parts.ends).all()
    for name in ("stated", "claimed", "statuses"):
        assert getattr(in_parts, name) == pytest.approx(getattr(at_once, name), abs=1e-5)


def test_a_window_of_300_names_stays_within_memory(
    network: Network, members: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attention of 89,700 pairs at once would be 230 MB for these two heads."""
    made = members(*[(number,) for number in range(300)])
    tracemalloc.start()
    try:
        found = _link(network, made)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.ends) == 300 * 299
    assert np.isfinite(found.stated).all()
    assert peak < 100e6
    monkeypatch.setattr(module, "possible_pairs", lambda _: found.ends[::997])
    part = _link(network, made)
    assert part.stated == pytest.approx(found.stated[::997], abs=1e-5)
