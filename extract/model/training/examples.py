"""Training examples: the windows of annotated passages with their names, kinds and ties."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.model.annotated import paragraphs
from extract.model.labels import REAL, STATUSES, TYPES, begin, labels
from extract.model.pairs import Members, pair_features
from extract.model.pieces import Ints, Pieces, cut_pieces, windows
from extract.scoring import scoring

if TYPE_CHECKING:
    from spacy.language import Language
    from tokenizers import Tokenizer

IGNORED = -100
_UNREAL = {"denied": "denied", "rumoured": "rumoured", "called_off": "denied"}


@dataclass(frozen=True, slots=True)
class Tie:
    """``real`` ties are stated; others are denied or rumoured (``status``), or only tempting
    (``status`` -1). ``relation`` and ``status`` are numbers of outputs."""

    head: int
    tail: int
    relation: int
    status: int
    real: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One window: its pieces, a tag and a kind a piece (``IGNORED`` where none is asked)."""

    passage: str
    ids: Ints
    cases: Ints
    views: Ints
    sentences: Ints
    tags: Ints
    kinds: Ints
    members: Members
    near: Ints
    ties: tuple[Tie, ...]

    def __len__(self) -> int:
        return len(self.ids)


def make_examples(
    records: Iterable[Mapping[str, Any]],
    nlp: Language,
    tokenizer: Tokenizer,
    size: int,
    overlap: int,
) -> Iterator[Example]:
    """The windows of each record (exchange schema, gold), in order."""
    for record in records:
        docs = list(nlp.pipe(paragraphs(record["text"]), as_tuples=True))
        pieces = cut_pieces(docs, tokenizer)
        for start, end in windows(pieces, size, overlap):
            yield _example(record, pieces, start, end)


def _example(record: Mapping[str, Any], pieces: Pieces, start: int, end: int) -> Example:
    tags = np.full(len(pieces), IGNORED, dtype=np.int64)
    kinds = np.full(len(pieces), IGNORED, dtype=np.int64)
    tags[pieces.first_of_words()] = 0
    rows = []
    for number, entity in enumerate(record["entities"]):
        kind = labels().kind(entity["type"], entity["subtype"])
        for mention in entity["mentions"]:
            first, last = pieces.locate(mention["start"], mention["end"])
            if last < first:
                continue
            part = tags[first : last + 1]
            part[part != IGNORED] = begin(entity["type"]) + 1
            tags[first] = begin(entity["type"])
            kinds[first] = kind
            if first >= start and last < end:
                rows.append((number, first - start, last - start))
    members, numbers = _members(record, rows)
    cut = slice(start, end)
    return Example(
        passage=record["id"],
        ids=pieces.ids[cut],
        cases=pieces.cases[cut],
        views=pieces.views[cut],
        sentences=pieces.sentences[cut],
        tags=tags[cut],
        kinds=kinds[cut],
        members=members,
        near=pair_features(members, pieces.sentences[cut]),
        ties=tuple(_ties(record, numbers)),
    )


def _members(
    record: Mapping[str, Any], rows: Sequence[tuple[int, int, int]]
) -> tuple[Members, dict[str, int]]:
    """The entities that a window names, numbered anew, and their numbers by id."""
    present = sorted({row[0] for row in rows})
    renumbered = {old: new for new, old in enumerate(present)}
    entities = [record["entities"][old] for old in present]
    mentions = sorted((renumbered[n], first, last) for n, first, last in rows)
    mentions.sort(key=lambda row: row[1])
    members = Members(
        np.array(mentions, dtype=np.int64).reshape(-1, 3),
        np.array([TYPES.index(entity["type"]) for entity in entities], dtype=np.int64),
        np.array([labels().kind(e["type"], e["subtype"]) for e in entities], dtype=np.int64),
    )
    return members, {entity["id"]: number for number, entity in enumerate(entities)}


def _ties(record: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[Tie]:
    known = labels()
    for row, stated in [
        *((row, True) for row in record["relations"]),
        *((row, False) for row in record["negative_relations"]),
    ]:
        if row["type"] not in known.relations or {row["head"], row["tail"]} - numbers.keys():
            continue
        status = _status(row["attrs"], stated)
        relation = known.relations.index(row["type"])
        head, tail = numbers[row["head"]], numbers[row["tail"]]
        yield Tie(head, tail, relation, status, stated)
        if row["symmetric"]:
            yield Tie(tail, head, relation, status, stated)


def _status(attrs: Mapping[str, str], stated: bool) -> int:
    if not stated:
        return STATUSES.index(_UNREAL[attrs["why"]]) if attrs.get("why") in _UNREAL else -1
    told = attrs.get("status", "")
    told = scoring().statuses.get(told, told)
    return STATUSES.index(told) if told in STATUSES[:REAL] else -1


def joined(one: Example, other: Example) -> Example:
    """Two windows as one text; nothing of the one has to do with anything of the other."""
    length, count = len(one), len(one.members)
    shifted = other.members.mentions + np.array([count, length, length])
    members = Members(
        np.concatenate([one.members.mentions, shifted]),
        np.concatenate([one.members.types, other.members.types]),
        np.concatenate([one.members.kinds, other.members.kinds]),
    )
    last = int(one.sentences[-1]) + 1 - int(other.sentences[0])
    sentences = np.concatenate([one.sentences, other.sentences + last])
    moved = tuple(
        Tie(t.head + count, t.tail + count, t.relation, t.status, t.real) for t in other.ties
    )
    both = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in ("ids", "cases", "views", "tags", "kinds")
    }
    return Example(
        passage=f"{one.passage}+",
        sentences=sentences,
        members=members,
        near=pair_features(members, sentences),
        ties=one.ties + moved,
        **both,
    )


def batches(
    examples: Sequence[Example], pieces: int, longest: int, share: float, chance: random.Random
) -> list[list[Example]]:
    """An epoch: batches of about ``pieces`` word pieces, of like length, in random order.

    A ``share`` of the windows is joined in twos where both fit into ``longest`` pieces.
    """
    order = list(examples)
    chance.shuffle(order)
    pool = order[: int(len(order) * share)]
    rest = order[len(pool) :]
    for one, other in zip(pool[::2], pool[1::2], strict=False):
        if len(one) + len(other) <= longest:
            rest.append(joined(one, other))
        else:
            rest += [one, other]
    rest += pool[len(pool) // 2 * 2 :]
    rest.sort(key=lambda example: (len(example), chance.random()))
    made: list[list[Example]] = [[]]
    for example in rest:
        if made[-1] and (len(made[-1]) + 1) * len(example) > pieces:
            made.append([])
        made[-1].append(example)
    chance.shuffle(made)
    return made
