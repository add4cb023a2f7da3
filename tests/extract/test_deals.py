"""Which ties are one deal: those of several parties that one sentence tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extract.records import Span, Statement
from extract.relations.deals import grouped

HERE, THERE = Span(0, 20, "A and B invest in C."), Span(21, 40, "A invests in D too.")


def _tie(
    type_: str, head: str, tail: str, *spans: Span, deal: str = "", **fields: Any
) -> Statement:
    symmetric = type_ in ("PARTNERS_WITH", "JOINT_VENTURE_WITH", "MERGED_WITH")
    attrs = {"deal": deal} if deal else {}
    return Statement(type_, head, tail, symmetric, attrs, spans or (HERE,), **fields)


def _deals(*statements: Statement) -> list[str]:
    """The deal of each, by the number in which they come: the same letter for one deal."""
    letters: dict[str, str] = {}
    found = [each.attrs.get("deal", "") for each in grouped(statements)]
    return [letters.setdefault(deal, "xyz"[len(letters)]) if deal else "" for deal in found]


@pytest.mark.parametrize("type_", ["INVESTED_IN", "ACQUIRED", "FUNDS", "SUPPLIES"])
def test_those_who_deal_with_one_share_the_deal(type_: str) -> None:
    assert _deals(_tie(type_, "a", "c"), _tie(type_, "b", "c")) == ["x", "x"]


@pytest.mark.parametrize("type_", ["INVESTED_IN", "ACQUIRED", "FUNDS", "SUPPLIES"])
def test_one_who_deals_with_two_has_two_deals(type_: str) -> None:
    assert _deals(_tie(type_, "a", "b"), _tie(type_, "a", "c")) == ["", ""]


@pytest.mark.parametrize("type_", ["PARTNERS_WITH", "JOINT_VENTURE_WITH", "MERGED_WITH"])
def test_partners_share_the_deal_by_any_party(type_: str) -> None:
    ties = [_tie(type_, *ends) for ends in (("a", "b"), ("b", "c"), ("c", "d"))]
    assert _deals(*ties) == ["x", "x", "x"]


def test_partners_without_a_common_party_have_deals_of_their_own() -> None:
    assert _deals(_tie("PARTNERS_WITH", "a", "b"), _tie("PARTNERS_WITH", "c", "d")) == ["", ""]


def test_another_sentence_is_another_deal() -> None:
    one, other = _tie("INVESTED_IN", "a", "c", HERE), _tie("INVESTED_IN", "b", "c", THERE)
    assert _deals(one, other) == ["", ""]


def test_one_common_sentence_is_enough() -> None:
    one, other = _tie("INVESTED_IN", "a", "c", THERE, HERE), _tie("INVESTED_IN", "b", "c", HERE)
    assert _deals(one, other) == ["x", "x"]


def test_another_type_is_another_deal() -> None:
    assert _deals(_tie("INVESTED_IN", "a", "c"), _tie("ACQUIRED", "b", "c")) == ["", ""]


@pytest.mark.parametrize(
    "told", [{"modality": "planned"}, {"polarity": "denied"}, {"modality": "possible"}]
)
def test_another_status_is_another_deal(told: dict[str, str]) -> None:
    one, other = _tie("INVESTED_IN", "a", "c"), _tie("INVESTED_IN", "b", "c", **told)
    assert _deals(one, other) == ["", ""]


@pytest.mark.parametrize("type_", ["FACILITY_IN", "HEADQUARTERED_IN", "EMPLOYED_BY"])
def test_sites_and_what_is_no_deal_are_not_joined(type_: str) -> None:
    assert _deals(_tie(type_, "a", "c"), _tie(type_, "b", "c")) == ["", ""]


@pytest.mark.parametrize("turned", [False, True])
def test_a_tie_joins_the_deal_that_a_rule_has_read(turned: bool) -> None:
    ties = [_tie("INVESTED_IN", "a", "c", deal="0 7"), _tie("INVESTED_IN", "b", "c")]
    found = list(grouped(ties[::-1] if turned else ties))
    assert [each.attrs["deal"] for each in found] == ["0 7", "0 7"]


def test_deals_that_rules_have_read_stay_apart() -> None:
    ties = [_tie("INVESTED_IN", "a", "c", deal="one"), _tie("INVESTED_IN", "b", "c", deal="two")]
    assert list(grouped(ties)) == ties


def test_a_tie_alone_has_no_deal() -> None:
    tie = _tie("INVESTED_IN", "a", "c")
    assert list(grouped([tie])) == [tie]


def test_a_tie_without_a_sentence_is_left_as_it_is() -> None:
    bare = replace(_tie("INVESTED_IN", "a", "c"), evidence=())
    assert _deals(bare, _tie("INVESTED_IN", "b", "c"), replace(bare, head="d")) == ["", "", ""]


def test_nothing_else_of_a_tie_changes() -> None:
    one = replace(_tie("INVESTED_IN", "a", "c"), attrs={"amount": "EUR 2bn"})
    found, _ = grouped([one, _tie("INVESTED_IN", "b", "c")])
    assert replace(found, attrs=one.attrs) == one
    assert found.attrs.keys() == {"amount", "deal"}


def test_a_table_is_no_deal() -> None:
    ties = [_tie("INVESTED_IN", f"e{number}", "c") for number in range(201)]
    assert set(_deals(*ties)) == {""}
