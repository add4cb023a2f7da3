"""The vote on ties: what the network and the rules of grammar say, weighed into a probability.

The weights are fitted on passages that the network was not trained on (docs: model card), so
that a confidence of 0.8 is right eight times in ten.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.model.linking import Scored
from extract.ontology import ontology
from extract.records import Statement
from extract.relations.nationality import NATIONALITY

Key = tuple[str, str, str]
Suggest = Callable[[str, str, str], Statement | None]

POSSIBLE = "possible"
_UNREAL = ("denied", "rumoured")
_CLIP = 0.002
_UNMENTIONED = 0.01  # the score of a tie that the network doesn't mention


@dataclass(frozen=True, slots=True)
class Ballot:
    """``weights`` of the features; a tie is one from ``threshold`` on, possible from ``least``.

    ``unreal``: how probable "denied" and "rumoured" must be together for a claim to be one.
    """

    weights: Mapping[str, float]
    threshold: float
    least: float = 0.25
    unreal: float = 0.5

    @classmethod
    def of(cls, settings: Mapping[str, Any], threshold: float | None = None) -> Ballot:
        """The ballot that the model's settings hold; ``threshold`` outranks theirs."""
        raw = settings["vote"]
        chosen = raw["threshold"] if threshold is None else threshold
        return cls(raw["weights"], chosen, min(raw["least"], chosen), raw["unreal"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tie that something speaks for: the rule's statement, the network's scores, or both.

    ``seen``: whether the network could have an opinion. It has none of what an adjective says
    ("the Swedish truckmaker"), nor of counted groups, which rules add.
    """

    key: Key
    rule: Statement | None
    scored: Scored | None
    seen: bool = True

    def features(self) -> dict[str, float]:
        """What the vote weighs."""
        found = {"always": 1.0, f"is {self.key[0]}": 1.0}
        if self.scored is None:
            found["network"] = logit(_UNMENTIONED)
        else:
            found["network"] = logit(self.scored.stated)
            found["unreal"] = sum(self.scored.statuses[name] for name in _UNREAL)
        if self.rule is not None:
            confirmed = ontology().statuses[self.rule.status].confirmed
            found["rule" if confirmed else "rule unconfirmed"] = 1.0
            if confirmed:
                found["rule precision"] = logit(self.rule.confidence)
        return found


def logit(probability: float) -> float:
    """Log-odds, held within what a network can mean."""
    clipped = min(max(probability, _CLIP), 1 - _CLIP)
    return math.log(clipped / (1 - clipped))


def candidates(
    rules: Iterable[Statement], scored: Iterable[Scored], named: Collection[str]
) -> list[Candidate]:
    """Everything that the rules or the network speak for, one candidate a tie, in order.

    ``named``: the ids of the entities that the network was shown.
    """
    by_rule: dict[Key, Statement] = {}
    for statement in rules:
        key = _key(statement.type, statement.head, statement.tail)
        known = by_rule.get(key)
        if known is None or (known.polarity == "denied" and statement.polarity != "denied"):
            by_rule[key] = statement
    by_network = {_key(each.relation, each.head, each.tail): each for each in scored}
    keys = sorted(by_rule.keys() | by_network.keys())
    return [
        Candidate(key, rule, by_network.get(key), _is_seen(key, rule, named))
        for key in keys
        for rule in [by_rule.get(key)]
    ]


def _is_seen(key: Key, rule: Statement | None, named: Collection[str]) -> bool:
    adjective = rule is not None and rule.rule.startswith(NATIONALITY)
    return key[1] in named and key[2] in named and not adjective


def _key(relation: str, head: str, tail: str) -> Key:
    if ontology().relations[relation].symmetric and tail < head:
        return relation, tail, head
    return relation, head, tail


def probability(candidate: Candidate, ballot: Ballot) -> float:
    """How probable it is that the text states the tie as real; for what the network was not
    shown, how often the rule is right."""
    if not candidate.seen and candidate.rule is not None:
        scored, rule = candidate.scored, candidate.rule
        confirmed = ontology().statuses[rule.status].confirmed
        alone = rule.confidence if confirmed else 0.0
        return max(alone, scored.stated) if scored is not None else alone
    weights = ballot.weights
    total = sum(
        strength * weights.get(name, 0.0) for name, strength in candidate.features().items()
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def decide(
    rules: Sequence[Statement],
    scored: Sequence[Scored],
    named: Collection[str],
    ballot: Ballot,
    suggest: Suggest,
) -> Iterator[Statement]:
    """The ties that are voted in, those that are possible, and those denied or rumoured."""
    for candidate in candidates(rules, scored, named):
        chance = probability(candidate, ballot)
        unreal = _unreal(candidate, ballot) if chance < ballot.threshold else ""
        if not unreal and chance < ballot.least:
            continue
        statement = candidate.rule or suggest(*candidate.key)
        if statement is not None:
            yield _voted(statement, candidate, chance, unreal, ballot)


def _unreal(candidate: Candidate, ballot: Ballot) -> str:
    """Whether a tie that isn't real is spoken of as denied or rumoured."""
    scored, rule = candidate.scored, candidate.rule
    if rule is not None and not ontology().statuses[rule.status].confirmed:
        return rule.status
    if scored is None or scored.claimed < ballot.unreal:
        return ""
    sure = {name: scored.statuses[name] for name in _UNREAL}
    return max(sure, key=lambda name: sure[name]) if sum(sure.values()) > ballot.unreal else ""


def _voted(
    statement: Statement, candidate: Candidate, chance: float, unreal: str, ballot: Ballot
) -> Statement:
    votes: dict[str, float] = {}
    if candidate.scored is not None:
        scored = candidate.scored
        votes["network"] = round(scored.claimed if unreal else scored.stated, 3)
    if candidate.rule is not None:
        votes[f"rule: {candidate.rule.rule}"] = round(candidate.rule.confidence, 3)
    if unreal:
        confidence = max(votes.values())
        polarity, modality = ("denied", "announced") if unreal == "denied" else ("affirmed", unreal)
        if candidate.rule is not None and candidate.rule.status == unreal:
            polarity, modality = candidate.rule.polarity, candidate.rule.modality
    else:
        confidence = chance
        polarity = "affirmed"
        modality = POSSIBLE if chance < ballot.threshold else _status(candidate, ballot)
    return replace(
        statement,
        confidence=round(confidence, 4),
        polarity=polarity,
        modality=modality,
        votes=votes,
    )


def _status(candidate: Candidate, ballot: Ballot) -> str:
    """In effect, announced, planned or ended: the network's opinion, the rule's as a vote."""
    told = candidate.rule.modality if candidate.rule is not None else ""
    if candidate.scored is None or not ontology().relations[candidate.key[0]].deal:
        # A job or a seat: the passages say when it is over, and seldom that it goes on.
        return told if told and told not in _UNREAL else "in_effect"
    weight = ballot.weights.get("rule status", 0.0)
    sure = {
        name: math.log(max(chance, 1e-6)) + (weight if name == told else 0.0)
        for name, chance in candidate.scored.statuses.items()
        if name not in _UNREAL
    }
    return max(sure, key=lambda name: sure[name])
