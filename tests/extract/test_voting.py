"""The vote of network and rules: what is a tie, what is possible, what is denied."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest

from extract.model.labels import STATUSES
from extract.model.linking import Scored
from extract.records import Span, Statement
from extract.relations.voting import (
    Ballot,
    Candidate,
    candidates,
    decide,
    logit,
    probability,
)

NAMED = ("a", "b", "c")
SENTENCE = (Span(0, 9, "A buys B."),)
# Half of the network's log-odds, one more where a rule agrees; a rule alone is possible.
WEIGHTS = {"always": 0.0, "network": 0.5, "rule": 1.0, "rule unconfirmed": -3.0, "rule status": 0.5}


def _ballot(**changed: Any) -> Ballot:
    return Ballot(**{"weights": WEIGHTS, "threshold": 0.6, "least": 0.15} | changed)


def _rule(type_: str = "ACQUIRED", head: str = "a", tail: str = "b", **fields: Any) -> Statement:
    told = {"rule": "verb", "confidence": 0.8, "evidence": SENTENCE, "symmetric": False} | fields
    return Statement(type_, head, tail, **told)


def _scored(
    stated: float,
    type_: str = "ACQUIRED",
    head: str = "a",
    tail: str = "b",
    claimed: float | None = None,
    **statuses: float,
) -> Scored:
    told = dict.fromkeys(STATUSES, 0.0) | (statuses or {"in_effect": 1.0})
    return Scored(type_, head, tail, stated, stated if claimed is None else claimed, told)


def _suggest(relation: str, head: str, tail: str) -> Statement:
    return Statement(relation, head, tail, evidence=SENTENCE, rule="network")


def _decided(
    rules: Sequence[Statement], scored: Sequence[Scored], **changed: Any
) -> list[Statement]:
    return list(decide(rules, scored, NAMED, _ballot(**changed), _suggest))


def _only(rules: Sequence[Statement], scored: Sequence[Scored], **changed: Any) -> Statement:
    (found,) = _decided(rules, scored, **changed)
    return found


@pytest.mark.parametrize(
    ("stated", "modality"),
    [(0.9, "in_effect"), (0.7, "in_effect"), (0.6, "possible"), (0.05, "possible")],
)
def test_a_tie_is_one_from_the_threshold_on(stated: float, modality: str) -> None:
    """The square root of the odds of .7 is a probability of .604, that of .6 one of .55."""
    assert _only([], [_scored(stated)]).modality == modality


def test_what_is_below_the_least_is_left_out() -> None:
    """The odds of .02 are those of 1 to 49: by this ballot a probability of an eighth."""
    assert _decided([], [_scored(0.02)]) == []


def test_confidence_is_what_the_vote_makes_it() -> None:
    odds = math.sqrt(0.8 / 0.2) * math.e
    found = _only([_rule()], [_scored(0.8)])
    assert found.confidence == pytest.approx(odds / (1 + odds), abs=1e-4)


def test_a_rule_that_agrees_makes_a_tie_surer() -> None:
    alone, together = _only([], [_scored(0.8)]), _only([_rule()], [_scored(0.8)])
    assert together.confidence > alone.confidence


def test_a_rule_that_the_network_does_not_mention_weighs_less() -> None:
    assert _only([_rule()], []).confidence < _only([_rule()], [_scored(0.2)]).confidence


def test_votes_are_recorded() -> None:
    assert _only([_rule()], [_scored(0.81239)]).votes == {"network": 0.812, "rule: verb": 0.8}
    assert _only([], [_scored(0.9)]).votes == {"network": 0.9}
    assert _only([_rule()], []).votes == {"rule: verb": 0.8}


def test_what_a_rule_has_read_is_kept() -> None:
    rule = _rule(attrs={"stake": "60%"}, evidence=SENTENCE)
    found = _only([rule], [_scored(0.9)])
    assert (found.rule, found.attrs, found.evidence) == ("verb", {"stake": "60%"}, SENTENCE)


def test_what_only_the_network_says_is_suggested() -> None:
    found = _only([], [_scored(0.9)])
    assert (found.rule, found.evidence) == ("network", SENTENCE)


def test_what_can_not_be_suggested_is_left_out() -> None:
    assert list(decide([], [_scored(0.9)], NAMED, _ballot(), lambda *_: None)) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"polarity": "denied", "modality": "announced"}, ("denied", "denied", "announced")),
        ({"modality": "rumoured"}, ("rumoured", "affirmed", "rumoured")),
        ({"modality": "disputed"}, ("disputed", "affirmed", "disputed")),
    ],
)
def test_what_a_rule_reads_as_unreal_is_so(
    told: dict[str, str], expected: tuple[str, str, str]
) -> None:
    found = _only([_rule(**told)], [_scored(0.3)])
    assert (found.status, found.polarity, found.modality) == expected


def test_what_is_unreal_is_as_sure_as_its_surest_vote() -> None:
    rule = _rule(polarity="denied", confidence=0.7)
    assert _only([rule], [_scored(0.1, claimed=0.9)]).confidence == 0.9
    assert _only([rule], []).confidence == 0.7


@pytest.mark.parametrize("status", ["denied", "rumoured"])
def test_what_the_network_reads_as_unreal_is_so(status: str) -> None:
    found = _only([], [_scored(0.02, claimed=0.8, **{status: 0.9, "in_effect": 0.1})])
    assert found.status == status
    assert found.votes == {"network": 0.8}


@pytest.mark.parametrize(
    ("claimed", "denied"), [(0.4, 0.9), (0.8, 0.4)], ids=["hardly claimed", "hardly denied"]
)
def test_a_weak_denial_is_none(claimed: float, denied: float) -> None:
    scored = _scored(0.02, claimed=claimed, denied=denied, in_effect=1 - denied)
    assert _decided([], [scored]) == []


def test_a_sure_tie_is_real_whatever_a_rule_denies() -> None:
    """The rule's doubt weighs in the vote; if that is for the tie all the same, so be it."""
    found = _only([_rule(polarity="denied")], [_scored(0.998)], threshold=0.5)
    assert (found.status, found.confidence) == ("in_effect", pytest.approx(0.527, abs=1e-3))


@pytest.mark.parametrize(
    ("rule", "statuses", "expected"),
    [
        ("in_effect", {"in_effect": 0.2, "planned": 0.8}, "planned"),
        ("in_effect", {"in_effect": 0.45, "planned": 0.55}, "in_effect"),
        ("ended", {"in_effect": 0.4, "ended": 0.35, "announced": 0.25}, "ended"),
        ("rumoured", {"planned": 0.3, "rumoured": 0.7}, "planned"),
    ],
)
def test_the_status_is_the_network_s_with_the_rule_s_vote(
    rule: str, statuses: dict[str, float], expected: str
) -> None:
    """A rule makes its own status half as much again as likely: e to the power of .5."""
    weights = WEIGHTS | {"rule unconfirmed": 1.0}
    found = _only([_rule(modality=rule)], [_scored(0.9, **statuses)], weights=weights)
    assert found.modality == expected


@pytest.mark.parametrize("status", STATUSES[:4])
def test_the_status_of_what_only_the_network_says_is_the_network_s(status: str) -> None:
    assert _only([], [_scored(0.9, **{status: 1.0})]).status == status


def test_the_status_of_what_only_a_rule_says_is_the_rule_s() -> None:
    weights = WEIGHTS | {"rule": 6.0}
    assert _only([_rule(modality="planned")], [], weights=weights).status == "planned"


def test_what_the_network_was_not_shown_is_the_rule_s_alone() -> None:
    rule = _rule("PARTNERS_WITH", "a", "e9", confidence=0.7)
    found = _only([rule], [])
    assert (found.confidence, found.status) == (0.7, "in_effect")
    assert _only([rule], [], threshold=0.75).status == "possible"


def test_what_the_network_was_not_shown_can_be_denied() -> None:
    rule = _rule("PARTNERS_WITH", "a", "e9", polarity="denied")
    assert _only([rule], []).status == "denied"


def test_ties_come_in_the_order_of_their_keys() -> None:
    scored = [_scored(0.9, head="b", tail="c"), _scored(0.9, "SUPPLIES"), _scored(0.9)]
    found = _decided([_rule("FUNDS", "c", "a")], scored, threshold=0.1, least=0.0)
    assert [(each.type, each.head) for each in found] == [
        ("ACQUIRED", "a"),
        ("ACQUIRED", "b"),
        ("FUNDS", "c"),
        ("SUPPLIES", "a"),
    ]


def test_a_symmetric_tie_is_one_candidate_in_either_direction() -> None:
    rule = _rule("PARTNERS_WITH", "b", "a", symmetric=True)
    (found,) = candidates([rule], [_scored(0.9, "PARTNERS_WITH")], NAMED)
    assert found.key == ("PARTNERS_WITH", "a", "b")
    assert found.rule is rule
    assert found.scored is not None


def test_other_ties_keep_their_direction() -> None:
    found = candidates([_rule(head="b", tail="a")], [_scored(0.9)], NAMED)
    assert [each.key for each in found] == [("ACQUIRED", "a", "b"), ("ACQUIRED", "b", "a")]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_readings_of_a_rule_the_one_that_affirms_stands(turned: bool) -> None:
    rules = [_rule(polarity="denied"), _rule()]
    (found,) = candidates(rules[::-1] if turned else rules, [], NAMED)
    assert found.rule is not None
    assert found.rule.polarity == "affirmed"


@pytest.mark.parametrize(
    ("ends", "seen"), [(("a", "b"), True), (("a", "e9"), False), (("e9", "b"), False)]
)
def test_the_network_has_no_opinion_of_what_it_was_not_shown(
    ends: tuple[str, str], seen: bool
) -> None:
    (found,) = candidates([_rule("ACQUIRED", *ends)], [], NAMED)
    assert found.seen is seen


def test_features_of_what_both_say() -> None:
    scored = _scored(0.75, denied=0.125, rumoured=0.125, planned=0.75)
    found = Candidate(("ACQUIRED", "a", "b"), _rule(confidence=0.8), scored).features()
    assert found == pytest.approx(
        {
            "always": 1.0,
            "is ACQUIRED": 1.0,
            "network": math.log(3),
            "unreal": 0.25,
            "rule": 1.0,
            "rule precision": math.log(4),
        }
    )


def test_features_of_a_rule_s_denial() -> None:
    found = Candidate(("ACQUIRED", "a", "b"), _rule(polarity="denied"), None).features()
    assert found.keys() == {"always", "is ACQUIRED", "network", "rule unconfirmed"}
    assert found["network"] < logit(0.02)  # less than anything that the network mentions


def test_a_feature_without_a_weight_counts_nothing() -> None:
    candidate = Candidate(("ACQUIRED", "a", "b"), None, _scored(0.9))
    assert probability(candidate, _ballot(weights={"always": 0.0})) == 0.5


@pytest.mark.parametrize(("total", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
def test_large_weights_are_no_error(total: float, expected: float) -> None:
    candidate = Candidate(("ACQUIRED", "a", "b"), None, _scored(0.9))
    assert probability(candidate, _ballot(weights={"always": total})) == pytest.approx(expected)


@pytest.mark.parametrize(("probability_", "bound"), [(0.0, -6.3), (1.0, 6.3)])
def test_log_odds_stay_finite(probability_: float, bound: float) -> None:
    assert logit(probability_) == pytest.approx(bound, abs=0.1)


SETTINGS = {"vote": {"weights": WEIGHTS, "threshold": 0.6, "least": 0.15, "unreal": 0.5}}


@pytest.mark.parametrize(
    ("wanted", "threshold", "least"), [(None, 0.6, 0.15), (0.8, 0.8, 0.15), (0.1, 0.1, 0.1)]
)
def test_a_threshold_of_one_s_own_outranks_the_model_s(
    wanted: float | None, threshold: float, least: float
) -> None:
    """What is a tie is never kept out as less than possible."""
    ballot = Ballot.of(SETTINGS, wanted)
    assert (ballot.threshold, ballot.least, ballot.unreal) == (threshold, least, 0.5)
