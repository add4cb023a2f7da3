"""Kinds: of names found exactly, and of entities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from extract.evaluate import Evaluation
from extract.evaluation.rows import KindRow
from extract.records import Entity, Mention

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]
Entities = Callable[..., tuple[Entity, ...]]


def test_kind_right(gold: Gold, judge: Judge, entities: Entities) -> None:
    """Norvik and Orbis are named twice; Orbis is taken for a firm."""
    result = judge(gold(), found=entities(e3="firm"))
    assert result.mention_kinds == (
        KindRow("LOC", 1, 1),
        KindRow("ORG", 5, 3),
        KindRow("PER", 1, 1),
        KindRow("all", 7, 5),
    )
    assert result.entity_kinds == (
        KindRow("LOC", 1, 1),
        KindRow("ORG", 3, 2),
        KindRow("PER", 1, 1),
        KindRow("all", 5, 4),
    )
    assert result.mention_kinds[1].share == 0.6


def test_another_word_for_the_kind_is_right(gold: Gold, judge: Judge) -> None:
    record = gold()
    record["entities"][0]["subtype"] = "company"
    assert judge(record).mention_kinds[-1] == KindRow("all", 7, 7)


def test_a_kind_that_gold_leaves_open_is_left_out(gold: Gold, judge: Judge) -> None:
    record = gold()
    record["entities"][0]["subtype"] = None
    record["entities"][1]["subtype"] = "martian"
    assert judge(record).entity_kinds[-1] == KindRow("all", 3, 3)


def test_a_wrong_type_has_no_kind(gold: Gold, judge: Judge, entities: Entities) -> None:
    norvik, *others = entities()
    result = judge(gold(), found=(replace(norvik, type="LOC", subtype="city"), *others))
    assert result.entity_kinds[-1] == KindRow("all", 4, 4)


def test_a_name_found_in_part_has_a_kind_as_entity_only(gold: Gold, judge: Judge) -> None:
    part = Entity("e1", "LOC", "country", "Turin.", (), (Mention(32, 38, "Turin."),))
    result = judge(gold(), found=(part,))
    assert result.mention_kinds == (KindRow("all"),)
    assert result.entity_kinds == (KindRow("LOC", 1, 0), KindRow("all", 1, 0))


def test_nothing_found_has_no_kind(gold: Gold, judge: Judge) -> None:
    result = judge(gold(), found=())
    assert (result.mention_kinds, result.entity_kinds) == ((KindRow("all"),), (KindRow("all"),))
