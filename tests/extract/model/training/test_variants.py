"""Passages told of others: names exchanged, everything else as it was."""

from __future__ import annotations

from typing import Any

import pytest

from extract.model.training.variants import vary


def _forms(record: dict[str, Any]) -> dict[str, set[str]]:
    return {e["id"]: {m["text"] for m in e["mentions"]} for e in record["entities"]}


@pytest.mark.parametrize("share", [0.35, 1.0])
def test_mentions_are_the_text_at_their_offsets(
    passages: list[dict[str, Any]], share: float
) -> None:
    for record in vary(passages, share, seed=7):
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                assert record["text"][mention["start"] : mention["end"]] == mention["text"]


def test_what_stands_between_names_stays(passages: list[dict[str, Any]]) -> None:
    for record, other in zip(passages, vary(passages, 1.0, seed=7), strict=True):
        assert _between(record) == _between(other)


def _between(record: dict[str, Any]) -> list[str]:
    spans = sorted((m["start"], m["end"]) for e in record["entities"] for m in e["mentions"])
    edges = [0, *(edge for span in spans for edge in span), len(record["text"])]
    return [record["text"][a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def test_ties_and_kinds_stay(passages: list[dict[str, Any]]) -> None:
    for record, other in zip(passages, vary(passages, 1.0, seed=7), strict=True):
        for name in ("relations", "negative_relations"):
            assert record[name] == other[name]
        kinds = [
            [(e["id"], e["type"], e["subtype"]) for e in each["entities"]]
            for each in (record, other)
        ]
        assert kinds[0] == kinds[1]


def test_only_firms_and_people_of_one_name_are_exchanged(passages: list[dict[str, Any]]) -> None:
    changed = 0
    for record, other in zip(passages, vary(passages, 1.0, seed=7), strict=True):
        before, after = _forms(record), _forms(other)
        for entity in record["entities"]:
            if before[entity["id"]] != after[entity["id"]]:
                changed += 1
                assert (entity["type"], entity["subtype"]) in (("ORG", "firm"), ("PER", None))
                assert len(before[entity["id"]]) == len(after[entity["id"]]) == 1
    assert changed > len(passages)


def test_no_two_entities_get_one_name(passages: list[dict[str, Any]]) -> None:
    for record, other in zip(passages, vary(passages, 1.0, seed=7), strict=True):
        assert len(_shared(other)) <= len(_shared(record))


def _shared(record: dict[str, Any]) -> list[str]:
    forms = [form for names in _forms(record).values() for form in names]
    return [form for form in set(forms) if forms.count(form) > 1]


def test_a_seed_gives_the_same_variants(passages: list[dict[str, Any]]) -> None:
    first, second, third = (list(vary(passages, 0.35, seed)) for seed in (7, 7, 8))
    assert first == second != third


def test_nothing_is_exchanged_where_none_shall_be(passages: list[dict[str, Any]]) -> None:
    assert list(vary(passages, 0.0, seed=7)) == passages
