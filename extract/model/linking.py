"""From windows and entities to scored ties of a whole document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extract.model.labels import STATUSES, TYPES, labels
from extract.model.network import Network, Pairs, Window
from extract.model.pairs import Members
from extract.model.pieces import Floats, Ints, Pieces
from extract.records import Entity

_LEAST = 0.02  # a tie that scores less than this in every window is none


@dataclass(frozen=True, slots=True)
class Scored:
    """What the network thinks of one tie: ``stated`` as real, ``claimed`` at all (also denied
    or rumoured), and how probable each of ``STATUSES`` is."""

    relation: str
    head: str
    tail: str
    stated: float
    claimed: float
    statuses: Mapping[str, float]


Seen = list[tuple[Window, Members, Ints, list[str]]]


def members_of(
    pieces: Pieces, windows: Sequence[Window], entities: Sequence[Entity]
) -> Iterator[tuple[Window, Members, Ints, list[str]]]:
    """Each window with the entities that it names, its sentence numbers, and their ids."""
    rows = []
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            if mention.kind != "name":
                continue
            first, last = pieces.locate(mention.start, mention.end)
            if first <= last:
                rows.append((first, last, number))
    rows.sort()
    for window in windows:
        inside = [row for row in rows if row[0] >= window.start and row[1] < window.end]
        present = sorted({number for _, _, number in inside})
        renumbered = {old: new for new, old in enumerate(present)}
        mentions = np.array(
            [(renumbered[n], f - window.start, t - window.start) for f, t, n in inside],
            dtype=np.int64,
        ).reshape(-1, 3)
        types = [TYPES.index(entities[old].type) for old in present]
        kinds = [labels().kind(entities[old].type, entities[old].subtype) for old in present]
        members = Members(
            mentions, np.array(types, dtype=np.int64), np.array(kinds, dtype=np.int64)
        )
        sentences = pieces.sentences[window.start : window.end]
        yield window, members, sentences, [entities[old].id for old in present]


def link_documents(network: Network, documents: Sequence[Seen]) -> list[list[Scored]]:
    """The ties of each document, every one scored by the window that is surest of it."""
    rows = [row for seen in documents for row in seen if len(row[1]) > 1]
    scored = network.link([row[:3] for row in rows])
    pairs = {id(row): part for row, part in zip(rows, scored, strict=True)}
    return [
        _best((pairs[id(row)], row[3]) for row in seen if id(row) in pairs) for seen in documents
    ]


def _best(windows: Iterator[tuple[Pairs, list[str]]]) -> list[Scored]:
    found: dict[tuple[str, str, str], Scored] = {}
    for pairs, ids in windows:
        for row, output in np.argwhere(np.maximum(pairs.stated, pairs.claimed) > _LEAST):
            head, tail = (ids[end] for end in pairs.ends[row])
            scored = Scored(
                labels().relations[output],
                head,
                tail,
                float(pairs.stated[row, output]),
                float(pairs.claimed[row, output]),
                _named(pairs.statuses[row]),
            )
            key = (scored.relation, head, tail)
            known = found.get(key)
            if known is None or scored.stated > known.stated:
                found[key] = scored
    return list(_folded(found))


def _named(statuses: Floats) -> dict[str, float]:
    return dict(zip(STATUSES, map(float, statuses), strict=True))


def _folded(found: Mapping[tuple[str, str, str], Scored]) -> Iterator[Scored]:
    """Symmetric ties once, in the order of their ids, as the mean of both directions."""
    symmetric = {
        name for name, is_so in zip(labels().relations, labels().symmetric, strict=True) if is_so
    }
    for (relation, head, tail), scored in found.items():
        if relation not in symmetric:
            yield scored
            continue
        other = found.get((relation, tail, head))
        if other is not None and tail < head:
            continue
        stated = (scored.stated + (other.stated if other else 0.0)) / 2
        claimed = (scored.claimed + (other.claimed if other else 0.0)) / 2
        ends = (head, tail) if head < tail else (tail, head)
        yield Scored(relation, *ends, stated, claimed, scored.statuses)
