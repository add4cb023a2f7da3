"""What the network is shown: names as tags, ties by number, windows joined in twos."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from extract.model.annotated import paragraphs
from extract.model.labels import STATUSES, TAGS, labels
from extract.model.network import Window
from extract.model.pairs import pair_features
from extract.model.pieces import Pieces, cut_pieces
from extract.model.tagging import best_kind, best_type, read_tags
from extract.model.training.examples import IGNORED, Example, batches, joined

Make = Callable[..., list[Example]]


def _cut(record: dict[str, Any], nlp: Any, tokenizer: Any) -> Pieces:
    return cut_pieces(list(nlp.pipe(paragraphs(record["text"]), as_tuples=True)), tokenizer)


def _as_read(example: Example) -> Window:
    """A window in which the network is sure of everything that it was shown."""
    size = len(example)
    tags = np.zeros((size, TAGS), dtype=np.float32)
    kinds = np.zeros((size, len(labels().kinds)), dtype=np.float32)
    tags[np.arange(size), np.maximum(example.tags, 0)] = 1
    kinds[np.arange(size), np.maximum(example.kinds, 0)] = 1
    return Window(0, np.zeros((size, 1)), tags, kinds)


def _ties(example: Example) -> set[tuple[int, str, int, str, bool]]:
    return {
        (
            tie.head,
            labels().relations[tie.relation],
            tie.tail,
            STATUSES[tie.status] if tie.status >= 0 else "",
            tie.real,
        )
        for tie in example.ties
    }


def test_names_become_tags_and_tags_names(
    records: list[dict[str, Any]], examples: Make, nlp: Any, tokenizer: Any
) -> None:
    record = records[0]
    (example,) = examples(record)
    found = read_tags(_cut(record, nlp, tokenizer), [_as_read(example)]).names()
    told = [
        (
            record["text"][n.start : n.end],
            best_type(n.types),
            best_kind(best_type(n.types), n.kinds),
        )
        for n in found
    ]
    assert told == [
        ("Orbis", "ORG", "firm"),
        ("Gdansk", "LOC", "city"),
        ("Ann Lee", "PER", "person"),
        ("Telsa Pumps", "ORG", "firm"),
        ("Orbis", "ORG", "firm"),
    ]


def test_names_of_the_corpus_come_back_from_their_tags(
    passages: list[dict[str, Any]], examples: Make, nlp: Any, tokenizer: Any
) -> None:
    """But for those inside of words, or that spaCy ends a sentence in."""
    asked = total = 0
    for record in passages:
        (example,) = examples(record, size=10_000)
        cut = _cut(record, nlp, tokenizer)
        found = {(name.start, name.end) for name in read_tags(cut, [_as_read(example)]).names()}
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                total += 1
                first, last = cut.locate(mention["start"], mention["end"])
                whole = cut.starts[first] == mention["start"] and cut.ends[last] == mention["end"]
                if whole and cut.sentences[first] == cut.sentences[last]:
                    asked += 1
                    assert (mention["start"], mention["end"]) in found
    assert asked > 0.97 * total > 0


def test_only_first_pieces_of_words_are_asked_for(
    records: list[dict[str, Any]], examples: Make, nlp: Any, tokenizer: Any
) -> None:
    (example,) = examples(records[0])
    asked = np.flatnonzero(example.tags != IGNORED)
    assert list(asked) == list(_cut(records[0], nlp, tokenizer).first_of_words())


def test_a_kind_is_asked_for_where_a_name_begins(
    records: list[dict[str, Any]], examples: Make
) -> None:
    (example,) = examples(records[0])
    assert list(np.flatnonzero(example.kinds != IGNORED)) == list(example.members.mentions[:, 1])


def test_ties_are_told_with_their_status(records: list[dict[str, Any]], examples: Make) -> None:
    """Entities are numbered in their order; a tie that only tempts has no status."""
    (example,) = examples(records[0])
    assert _ties(example) == {
        (0, "FACILITY_IN", 1, "in_effect", True),
        (2, "EMPLOYED_BY", 3, "", True),
        (3, "ACQUIRED", 0, "denied", False),
        (0, "COMPETES_WITH", 3, "", False),
        (3, "COMPETES_WITH", 0, "", False),
    }


def test_symmetric_ties_are_told_both_ways(records: list[dict[str, Any]], examples: Make) -> None:
    (example,) = examples(records[1])
    real = {tie for tie in _ties(example) if tie[-1]}
    assert real == {
        (0, "PARTNERS_WITH", 1, "planned", True),
        (1, "PARTNERS_WITH", 0, "planned", True),
    }


def test_windows_number_their_own_entities(records: list[dict[str, Any]], examples: Make) -> None:
    """The second sentence has no plant and no Gdansk; Orbis is its first entity, by the record."""
    first, second = examples(records[0], size=16, overlap=0)
    assert {tie[1] for tie in _ties(first)} == {"FACILITY_IN"}
    assert (2, "ACQUIRED", 0, "denied", False) in _ties(second)
    assert (1, "EMPLOYED_BY", 2, "", True) in _ties(second)
    assert len(second.members) == 3


def test_joined_windows_are_one_text(records: list[dict[str, Any]], examples: Make) -> None:
    one, other = examples(*records)
    both = joined(one, other)
    for name in ("ids", "cases", "views", "tags", "kinds"):
        parts = (getattr(one, name), getattr(other, name))
        assert (getattr(both, name) == np.concatenate(parts)).all()
    assert len(both) == len(one) + len(other)
    assert both.sentences[len(one)] == one.sentences[-1] + 1
    assert all(0 <= after - before <= 1 for before, after in pairwise(both.sentences))


def test_joined_windows_have_their_entities_and_ties_renumbered(
    records: list[dict[str, Any]], examples: Make
) -> None:
    one, other = examples(*records)
    both, count = joined(one, other), len(one.members)
    moved = {(head + count, name, tail + count, *rest) for head, name, tail, *rest in _ties(other)}
    assert _ties(both) == _ties(one) | moved
    for entity, first, last in other.members.mentions:
        row = [entity + count, first + len(one), last + len(one)]
        assert row in both.members.mentions.tolist()
    assert both.members.mentions[:, 1].tolist() == sorted(both.members.mentions[:, 1])
    assert (both.near == pair_features(both.members, both.sentences)).all()


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_an_epoch_has_every_window_once(
    records: list[dict[str, Any]], examples: Make, share: float
) -> None:
    made = examples(*records * 5)
    found = batches(made, 100, 200, share, random.Random(3))
    assert sum(len(one) for batch in found for one in batch) == sum(map(len, made))
    assert sum(one.passage.endswith("+") for batch in found for one in batch) == int(5 * share)


def test_batches_are_no_larger_than_told(records: list[dict[str, Any]], examples: Make) -> None:
    made = examples(*records * 5)
    for batch in batches(made, 100, 60, 1.0, random.Random(3)):
        assert len(batch) * max(map(len, batch)) <= 100 or len(batch) == 1
        assert max(map(len, batch)) <= 60


def test_the_same_chance_gives_the_same_epoch(
    records: list[dict[str, Any]], examples: Make
) -> None:
    made = examples(*records * 5)
    first, second = (batches(made, 100, 200, 0.5, random.Random(3)) for _ in range(2))
    assert [[list(e.ids) for e in batch] for batch in first] == [
        [list(e.ids) for e in batch] for batch in second
    ]
