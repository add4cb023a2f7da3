"""The trained network at work: onnxruntime for the encoder, numpy for the pairs. No torch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.errors import InputError
from extract.model.labels import labels
from extract.model.pairs import Members, pair_features
from extract.model.pieces import Floats, Ints, Pieces, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).with_name("weights")
SCALE = "|scale"
_FILES = (
    "lower.onnx",
    "upper.onnx",
    "lower.npz",
    "upper.npz",
    "linker.npz",
    "tokenizer.json",
    "settings.json",
)
_INPUTS = ("ids", "cases", "views")
_MOST_PAIRS = 2048  # scored at once, so that a page of names can't fill the memory


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document: where it begins in its pieces, how long it is, what was read."""

    start: int
    states: Floats
    tags: Floats
    kinds: Floats

    @property
    def end(self) -> int:
        """The first piece after it."""
        return self.start + len(self.states)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scores of the ordered pairs of a window: ``ends`` [pairs, 2] entity numbers, ``stated``
    and ``claimed`` [pairs, ties] probabilities, ``statuses`` [pairs, statuses]."""

    ends: Ints
    stated: Floats
    claimed: Floats
    statuses: Floats


class Network:
    """Reads windows of word pieces. ``threads`` of onnxruntime; one is as fast for two
    processes as two are for one."""

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None) -> None:
        """Raises InputError where the folder does not hold the files of a trained network."""
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise InputError(
                f"the reader's weights are incomplete: no {missing[0]} in {folder}; "
                "install partnergraph again, or rebuild them with `make model`"
            )
        self.folder = folder
        self.threads = threads
        self.settings: Mapping[str, Any] = json.loads(
            (folder / "settings.json").read_text(encoding="utf-8")
        )

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer."""
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.folder / "tokenizer.json"))

    @cached_property
    def _lower(self) -> Any:
        return self._session("lower.onnx")

    @cached_property
    def _upper(self) -> Any:
        return self._session("upper.onnx")

    @cached_property
    def _linker(self) -> Mapping[str, Floats]:
        with np.load(self.folder / "linker.npz") as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}

    def _session(self, name: str) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        if self.threads:
            options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
        # A thread that has nothing to do sleeps: waiting awake takes a busy machine's other work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        matrices = _unfolded(self.folder / name.replace(".onnx", ".npz"))
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in matrices.values()]
        options.add_external_initializers(list(matrices), values)
        return onnxruntime.InferenceSession(
            str(self.folder / name), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, documents: Sequence[Pieces]) -> list[list[Window]]:
        """The windows of each document, with the probabilities of tags and kinds."""
        size, overlap = self.settings["window"], self.settings["overlap"]
        return [
            [self._tag_window(pieces, start, end) for start, end in windows(pieces, size, overlap)]
            for pieces in documents
        ]

    def _tag_window(self, pieces: Pieces, start: int, end: int) -> Window:
        """One window a call: nothing is padded, and what is read along can't change a reading."""
        inputs = {name: getattr(pieces, name)[None, start:end] for name in _INPUTS}
        states, tags, kinds = self._lower.run(None, {**inputs, "mask": _no_mask(end - start)})
        return Window(start, states[0], softmax(tags[0]), softmax(kinds[0]))

    def link(self, rows: Iterable[tuple[Window, Members, Ints]]) -> Iterator[Pairs]:
        """The scores of the pairs of each window, in the order of the rows.

        ``rows`` are windows with their entities (pieces counted from the window's start) and
        the sentence number of each piece.
        """
        for window, members, sentences in rows:
            size = len(window.states)
            inputs = {"states": window.states[None], "marks": members.marks(size)[None]}
            top, seen = self._upper.run(None, {**inputs, "mask": _no_mask(size)})
            yield self._score(top[0], seen[0], members, sentences)

    def _score(self, top: Floats, seen: Floats, members: Members, sentences: Ints) -> Pairs:
        ends = possible_pairs(members)
        near = pair_features(members, sentences)
        entities, attention = _pooled(top, seen, members)
        parts = [
            self._score_some(top, entities, attention, near, ends[i : i + _MOST_PAIRS])
            for i in range(0, len(ends), _MOST_PAIRS)
        ]
        ties = len(labels().relations)
        if not parts:
            empty = np.zeros((0, ties), dtype=np.float32)
            return Pairs(ends, empty, empty, np.zeros((0, 6), dtype=np.float32))
        logits = np.concatenate([part[0] for part in parts])
        allowed = labels().allowed[members.types[ends[:, 0]], members.types[ends[:, 1]]]
        scores = sigmoid(logits)
        return Pairs(
            ends,
            scores[:, :ties] * allowed,
            scores[:, ties:] * allowed,
            softmax(np.concatenate([part[1] for part in parts])),
        )

    def _score_some(
        self, top: Floats, entities: Floats, attention: Floats, near: Ints, ends: Ints
    ) -> tuple[Floats, Floats]:
        weights = self._linker
        head, tail = ends[:, 0], ends[:, 1]
        both = np.einsum("phl,phl->pl", attention[head], attention[tail])
        both /= both.sum(axis=1, keepdims=True) + 1e-6
        context = both @ top
        classes = near[head, tail]
        close = sum(weights[f"near.{i}.weight"][classes[:, i]] for i in range(classes.shape[1]))
        left = np.tanh(_linear(weights, "head", np.c_[entities[head], context, close]))
        right = np.tanh(_linear(weights, "tail", np.c_[entities[tail], context, close]))
        size = int(self.settings["block"])
        blocks = left.shape[1] // size
        shape = (len(left), blocks, size)
        outer = left.reshape(*shape, 1) * right.reshape(len(left), blocks, 1, size)
        joined = np.c_[left, right, close]
        logits = outer.reshape(len(left), -1) @ weights["bilinear.weight"].T
        logits += _linear(weights, "linear", joined)
        return logits, _linear(weights, "status", joined)


def _unfolded(path: Path) -> dict[str, Floats]:
    """The matrices of a graph, which are kept in 8 bits, as they are summed: in 32."""
    with np.load(path) as stored:
        found = {}
        for name in stored.files:
            if not name.endswith(SCALE):
                values = stored[name].astype(np.float32)
                scale = f"{name}{SCALE}"
                found[name] = values * stored[scale] if scale in stored.files else values
        return found


def possible_pairs(members: Members) -> Ints:
    """[pairs, 2]: the ordered pairs whose types may have some tie."""
    types = members.types
    allowed = np.asarray(labels().allowed.any(axis=2))[types[:, None], types[None, :]]
    np.fill_diagonal(allowed, False)
    return np.argwhere(allowed)


def _pooled(top: Floats, seen: Floats, members: Members) -> tuple[Floats, Floats]:
    """Entities by log-sum-exp over their mentions; their attention by mean."""
    owners, firsts = members.mentions[:, 0], members.mentions[:, 1]
    count = len(members)
    mentions, rows = top[firsts], seen[:, firsts].swapaxes(0, 1)
    highest = np.full((count, top.shape[1]), -np.inf, dtype=np.float32)
    np.maximum.at(highest, owners, mentions)
    sums = np.zeros_like(highest)
    np.add.at(sums, owners, np.exp(mentions - highest[owners]))
    attention = np.zeros((count, *rows.shape[1:]), dtype=np.float32)
    np.add.at(attention, owners, rows)
    attention /= np.bincount(owners, minlength=count)[:, None, None]
    return highest + np.log(sums), attention


def _linear(weights: Mapping[str, Floats], name: str, values: Floats) -> Floats:
    result: Floats = values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return result


def softmax(values: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    result: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return result


def sigmoid(values: Floats) -> Floats:
    """Probabilities, one each."""
    result: Floats = 1 / (1 + np.exp(-values))
    return result


def _no_mask(size: int) -> Floats:
    return np.zeros((1, 1, 1, size), dtype=np.float32)
