"""What training makes small: wrong tags, wrong kinds, wrong ties, wrong statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from extract.model.labels import TAGS, labels
from extract.model.network import possible_pairs
from extract.model.pieces import Ints
from extract.model.training.examples import IGNORED, Example
from extract.model.training.network import Network

_TEMPTING = 3.0  # how much more a tie counts that the text tempts to and does not state
_STATUS = 0.4
_KIND = 0.5


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length."""

    examples: Sequence[Example]
    ids: Tensor
    cases: Tensor
    views: Tensor
    tags: Tensor
    kinds: Tensor
    marks: Tensor
    mask: Tensor


def pad(examples: Sequence[Example]) -> Batch:
    """One tensor of each kind; ``mask`` is added to attention scores."""
    length = max(map(len, examples))
    size = len(examples)
    tables = {
        name: torch.full((size, length), IGNORED if name in ("tags", "kinds") else 0)
        for name in ("ids", "cases", "views", "tags", "kinds", "marks")
    }
    mask = torch.full((size, 1, 1, length), -1e4)
    for row, example in enumerate(examples):
        width = len(example)
        for name in ("ids", "cases", "views", "tags", "kinds"):
            tables[name][row, :width] = torch.from_numpy(getattr(example, name))
        tables["marks"][row, :width] = torch.from_numpy(example.members.marks(width))
        mask[row, :, :, :width] = 0
    return Batch(examples, **tables, mask=mask)


def batch_loss(network: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, and its parts."""
    states, tags, kinds = network.lower(batch.ids, batch.cases, batch.views, batch.mask)
    tag = functional.cross_entropy(
        tags.reshape(-1, TAGS), batch.tags.reshape(-1), ignore_index=IGNORED
    )
    kind = functional.cross_entropy(
        kinds.reshape(-1, kinds.shape[-1]), batch.kinds.reshape(-1), ignore_index=IGNORED
    )
    top, seen = network.upper(states, batch.marks, batch.mask)
    tie = top.new_zeros(())
    status = top.new_zeros(())
    positives = judged = 0.0
    for row, example in enumerate(batch.examples):
        pairs = possible_pairs(example.members)
        if not len(pairs):
            continue
        width = len(example)
        logits, states_of = network.linker(
            top[row, :width],
            seen[row, :, :width, :width],
            torch.from_numpy(example.members.pooling(width)),
            torch.from_numpy(example.members.mentions[:, 0]),
            len(example.members),
            torch.from_numpy(example.near[pairs[:, 0], pairs[:, 1]]),
            torch.from_numpy(pairs),
        )
        wanted, weights, told = _targets(example, pairs)
        tie = tie + functional.binary_cross_entropy_with_logits(
            logits, wanted, weights, reduction="sum"
        )
        positives += float(wanted.sum())
        if (told >= 0).any():
            status = status + functional.cross_entropy(
                states_of, told, ignore_index=-1, reduction="sum"
            )
            judged += float((told >= 0).sum())
    tie = tie / max(8.0, positives)
    status = status / max(1.0, judged)
    loss = tie + _STATUS * status + tag + _KIND * kind
    parts = {"tie": tie, "status": status, "tag": tag, "kind": kind}
    return loss, {name: float(value.detach()) for name, value in parts.items()}


def _targets(example: Example, pairs: Ints) -> tuple[Tensor, Tensor, Tensor]:
    """Wanted outputs, their weights, and the status of each pair (-1: none).

    Outputs that the types of a pair don't allow weigh nothing.
    """
    ties = len(labels().relations)
    index = np.full((len(example.members),) * 2, -1)
    index[pairs[:, 0], pairs[:, 1]] = np.arange(len(pairs))
    types = example.members.types
    allowed = labels().allowed[types[pairs[:, 0]], types[pairs[:, 1]]].astype(np.float32)
    wanted = np.zeros((len(pairs), 2 * ties), dtype=np.float32)
    weights = np.concatenate([allowed, 0.3 * allowed], axis=1)
    told = np.full(len(pairs), -1)
    for tie in sorted(example.ties, key=lambda tie: tie.real):
        row = index[tie.head, tie.tail]
        if row < 0:
            continue
        if tie.real:
            wanted[row, tie.relation] = 1
            weights[row, tie.relation] = allowed[row, tie.relation]
        else:
            weights[row, tie.relation] *= _TEMPTING
        if tie.real or tie.status >= 0:
            wanted[row, ties + tie.relation] = 1
        if tie.status >= 0:
            told[row] = tie.status
    return torch.from_numpy(wanted), torch.from_numpy(weights), torch.from_numpy(told)
