"""What a sentence adds to a tie: kind, amount, stake, dates, people, site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extract.amounts import parse_amount
from extract.dates import resolve_date
from extract.ontology import ontology
from extract.relations.claims import Claim
from extract.relations.locations import located
from extract.relations.scene import Scene
from extract.relations.slots import subject_of

_PERCENT = re.compile(
    r"\d+(?:\.\d+)?\s?(?:%|per\s?cent|percent)"
    r"|\b(?:majority|minority|controlling)\b(?= (?:stake|share|interest))",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b[Ss]ince\s+((?:[A-Z][a-z]+\s+)?\d{4}|[A-Z][a-z]+)")
_UNTIL = re.compile(r"\b(?:[Uu]ntil|till)\s+((?:[A-Z][a-z]+\s+)?\d{4}|[A-Z][a-z]+)")
_PEOPLE = re.compile(
    r"(\d[\d,]*)(?:-(?:person|people|strong|member)\b|\s+(?:\w+\s+){0,2}?(?:people|employees|staff|workers|engineers|researchers|scientists|jobs)\b)"
)
_MONEY_TYPES = frozenset(
    {
        "INVESTED_IN",
        "ACQUIRED",
        "FUNDS",
        "SUPPLIES",
        "FACILITY_IN",
        "JOINT_VENTURE_WITH",
        "PARTNERS_WITH",
    }
)
_DATED = frozenset({"EMPLOYED_BY", "MEMBER_OF", "SPUN_OFF_FROM", "FOUNDED_BY", "SUBSIDIARY_OF"})
_SITED = frozenset({"JOINT_VENTURE_WITH", "PARTNERS_WITH"})


def details(scene: Scene, claim: Claim, document_date: str) -> dict[str, str]:
    """The attributes of a claim that its sentence states."""
    tie = ontology().relations[claim.type]
    clause = _clause(claim.trigger)
    found = {key: value for key, value in claim.attrs.items() if value}
    if claim.type in _MONEY_TYPES and (amount := parse_amount(clause)):
        found["amount"] = amount.text
    if tie.group == "ownership" and (stake := _PERCENT.search(clause)):
        found["stake"] = stake[0]
    if tie.deal or claim.type in _DATED:
        found.update(_dates(clause, document_date))
    if claim.type == "FACILITY_IN" and (people := _PEOPLE.search(clause)):
        found["people"] = people[1].replace(",", "")
    if claim.type in _SITED:
        found.setdefault("kind", _kind(scene, claim)) if claim.type == "PARTNERS_WITH" else None
        site = _site(scene, claim)
        if site:
            found["site"] = site
    entity = scene.discourse.entities[claim.tail.entity]
    other = scene.discourse.entities[claim.head.entity]
    count = entity.count or other.count
    if count:
        found["count"] = str(count)
    return found


def _clause(trigger: Token) -> str:
    """The words of the clause that a trigger stands in, in order, with the sentence's dates."""
    top = trigger
    while top.dep_ not in ("ROOT", "relcl", "advcl", "ccomp", "acl", "parataxis") and not (
        top.dep_ == "conj" and top.pos_ == "VERB" and any(c.dep_ == "nsubj" for c in top.children)
    ):
        top = top.head
    tokens = sorted(_own(top), key=lambda token: token.i)
    return "".join(token.text_with_ws for token in tokens)


def _own(top: Token) -> Iterator[Token]:
    """The words under a verb, without a clause before it that is only reported."""
    waiting = [top]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += [
            child
            for child in token.children
            if child.dep_ not in ("ccomp", "parataxis") or child.i > token.i
        ]


def _dates(clause: str, document_date: str) -> dict[str, str]:
    found = {}
    for key, pattern in (("since", _SINCE), ("until", _UNTIL)):
        match = pattern.search(clause)
        date = resolve_date(match[1], document_date) if match else ""
        if date:
            found[key] = date
    if not found and (date := resolve_date(clause, document_date)):
        found["date"] = date
    return found


def _kind(scene: Scene, claim: Claim) -> str:
    """What a partnership is about, by the words near its trigger."""
    entities = scene.discourse.entities
    if all(entities[side.entity].type == "LOC" for side in (claim.head, claim.tail)):
        return "government"
    trigger, doc = claim.trigger, scene.doc
    before = doc[max(trigger.sent.start, trigger.i - 4) : trigger.i + 1]
    after = doc[trigger.i + 1 : min(trigger.sent.end, trigger.i + 9)]
    for near in (before, after):
        lemmas = {word for token in near for word in (token.lower_, token.lemma_.lower())}
        for kind, words in scene.words.kinds.items():
            if not words.isdisjoint(lemmas):
                return kind
    return "general"


def _site(scene: Scene, claim: Claim) -> str:
    """Where a deal takes place: "a joint venture in X"."""
    trigger = claim.trigger
    places = located(scene, trigger)
    if (
        not places
        and trigger.pos_ == "NOUN"
        and trigger.dep_ == "dobj"
        and subject_of(trigger.head)
    ):
        places = located(scene, trigger.head)
    sides = (claim.head.entity, claim.tail.entity)
    return next((place.entity for place in places if place.entity not in sides), "")
