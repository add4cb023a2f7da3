"""The truth of a record in the ids of a reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.evaluate import aligned_truth
from extract.records import Entity, Mention

Gold = Callable[..., dict[str, Any]]
Entities = Callable[..., tuple[Entity, ...]]


def test_a_tie_is_covered_by_the_gold_tie_of_its_group(gold: Gold, entities: Entities) -> None:
    truth = aligned_truth(gold(("SUBSIDIARY_OF", "b", "a")), entities())
    assert truth.ties == 1
    assert truth.covered("ACQUIRED", "e1", "e2") == ("SUBSIDIARY_OF", "b", "a")
    assert truth.covered("ACQUIRED", "e2", "e1") is None


def test_what_the_gold_can_judge(gold: Gold, entities: Entities) -> None:
    truth = aligned_truth(gold(("ACQUIRED", "a", "b")), entities())
    assert truth.is_judged("ACQUIRED", "e1", "e2")
    assert truth.is_judged("SUPPLIES", "e1", "e2")
    assert not truth.is_judged("PRODUCES", "e1", "e2")


def test_a_tie_of_an_unnamed_entity_is_not_judged(gold: Gold, entities: Entities) -> None:
    unnamed = Entity("e9", "ORG", "group", "suppliers", (), (Mention(0, 6, "Norvik", "nominal"),))
    truth = aligned_truth(gold(), (*entities(), unnamed))
    assert not truth.is_judged("SUPPLIES", "e9", "e1")
    assert truth.covered("SUPPLIES", "e9", "e1") is None
