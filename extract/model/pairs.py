"""What is known of two entities before the network thinks: how far apart they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.model.pieces import Floats, Ints

_GAPS = np.array([3, 6, 12, 24, 48, 96])
# sentences apart, words apart, names between, order, mentions of head and of tail
SIZES = (4, 7, 4, 2, 3, 3)


@dataclass(frozen=True, slots=True)
class Members:
    """The entities of one window: ``mentions`` rows (entity, first piece, last piece), sorted
    by first piece; ``types`` and ``kinds`` one an entity."""

    mentions: Ints
    types: Ints
    kinds: Ints

    def __len__(self) -> int:
        return len(self.types)

    def pooling(self, size: int) -> Floats:
        """[mentions, size] with a one where a mention begins."""
        table = np.zeros((len(self.mentions), size), dtype=np.float32)
        table[np.arange(len(self.mentions)), self.mentions[:, 1]] = 1.0
        return table

    def marks(self, size: int) -> Ints:
        """For each piece: 0 outside names, else a number for kind and begin / inside."""
        marks = np.zeros(size, dtype=np.int64)
        for entity, first, last in self.mentions:
            marks[first : last + 1] = 2 + 2 * self.kinds[entity]
            marks[first] -= 1
        return marks


def pair_features(members: Members, sentences: Ints) -> Ints:
    """[entities, entities, 6]: classes of ``SIZES``, by the mentions that stand nearest."""
    count = len(members)
    owners, firsts = members.mentions[:, 0], members.mentions[:, 1]
    size = len(firsts)
    rank = np.arange(size)
    apart = np.abs(firsts[:, None] - firsts[None, :])
    crossed = np.abs(sentences[firsts][:, None] - sentences[firsts][None, :])
    order = np.argsort(owners, kind="stable")
    begins = np.searchsorted(owners[order], np.arange(count))
    # The least of these is the least cost, then the first mention of the tail, then of the head.
    cost = (apart + 1000 * crossed)[order][:, order] * size**2
    cost += rank[None, :] * size + rank[:, None]
    least = np.minimum.reduceat(np.minimum.reduceat(cost, begins, axis=0), begins, axis=1)
    row, column = order[least % size], order[least // size % size]
    sizes = np.minimum(np.bincount(owners, minlength=count), 3) - 1
    features = np.zeros((count, count, len(SIZES)), dtype=np.int64)
    features[:, :, 0] = np.minimum(crossed[row, column], 3)
    features[:, :, 1] = np.searchsorted(_GAPS, apart[row, column])
    features[:, :, 2] = np.minimum(np.maximum(np.abs(row - column) - 1, 0), 3)
    features[:, :, 3] = row < column
    features[:, :, 4] = sizes[:, None]
    features[:, :, 5] = sizes[None, :]
    return features
