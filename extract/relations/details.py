"""What a sentence adds to a tie: kind, amount, stake, dates, people, site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extract.amounts import parse_amount
from extract.clean import dateline_end
from extract.dates import resolve_date
from extract.ontology import ontology
from extract.relations.claims import Claim
from extract.relations.clauses import OBJECTS, SUBJECTS, subject_of
from extract.relations.locations import located
from extract.relations.scene import Scene

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


def details(
    scene: Scene, claim: Claim, document_date: str, *, forward: bool = False
) -> dict[str, str]:
    """The attributes of a claim that its clause states.

    ``forward``: what has no year yet is ahead of the document's date ("will open in May").
    """
    tie = ontology().relations[claim.type]
    clause = _clause(scene, claim.trigger)
    found = {key: value for key, value in claim.attrs.items() if value}
    if claim.type in _MONEY_TYPES and (amount := parse_amount(clause)):
        found["amount"] = amount.text
    if tie.group == "ownership" and (stake := _PERCENT.search(clause)):
        found["stake"] = stake[0]
    if tie.deal or claim.type in _DATED:
        dates = _dates(clause, document_date, forward=forward)
        dates = dates or _dates(_fronted(claim.trigger), document_date, forward=forward)
        found.update(dates)
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


def _clause(scene: Scene, trigger: Token) -> str:
    """The words of the clause that a trigger stands in, in order, without a wire's dateline."""
    start = dateline_end(scene.doc.text)
    own = (token for token in _own(scene, _top(trigger)) if token.idx >= start)
    tokens = sorted(own, key=lambda token: token.i)
    return "".join(token.text_with_ws for token in tokens)


def _top(trigger: Token) -> Token:
    """The word that the clause of a trigger hangs on: its verb, or the sentence's root."""
    top = trigger
    while top.dep_ not in ("ROOT", "relcl", "advcl", "ccomp", "acl", "parataxis"):
        if _is_coordinate(top):
            break
        top = top.head
    return top


def _is_coordinate(token: Token) -> bool:
    """A verb with a clause of its own beside another: a subject, or an object where the first
    has one too ("bought X and opened Y", but not "designed and opened Y")."""
    if token.dep_ != "conj" or token.pos_ not in ("VERB", "AUX"):
        return False
    if any(child.dep_ in SUBJECTS for child in token.children):
        return True
    return token.pos_ == "VERB" and _has_object(token) and _has_object(token.head)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in (*OBJECTS, "attr", "prep") for child in verb.children)


def _own(scene: Scene, top: Token) -> Iterator[Token]:
    """The words under a verb, without those that other clauses say: what is only reported
    before it, what is coordinated with it, what describes a party ("X, which has sold Y")."""
    waiting = [top]
    while waiting:
        token = waiting.pop()
        yield token
        for child in token.children:
            before = child.dep_ in ("ccomp", "parataxis") and child.i < token.i
            apart = _describes(scene, child) or _reports(scene, child, top)
            if not (before or apart or _is_coordinate(child)):
                waiting.append(child)


def _describes(scene: Scene, clause: Token) -> bool:
    """Whether a clause is about a party: "X, which sold Y", "X, founded in 1988", "Founded in
    1988, X …"."""
    founding = clause.tag_ == "VBN" and any(
        frame.type == "FOUNDED_BY" for frame in scene.words.verbs.get(clause.lemma_, ())
    )
    if clause.dep_ == "advcl":
        return founding
    described = clause.dep_ == "relcl" or (clause.dep_ == "acl" and founding)
    name = scene.name_at(clause.head) if described else None
    return name is not None and scene.type_of(name) in ("ORG", "PER")


def _reports(scene: Scene, token: Token, top: Token) -> bool:
    """Whether words are about the report: "…, a blog wrote in May", "said in May that …"."""
    reporting = scene.words.reporting
    if token.dep_ in ("acl", "relcl", "advcl", "parataxis"):
        return token.lemma_ in reporting
    said = top.head if top.dep_ == "ccomp" else None
    return (
        said is not None
        and said.lemma_ in reporting
        and token.dep_ in ("prep", "npadvmod")
        and next(iter(token.subtree)).i == said.i + 1
    )


def _fronted(trigger: Token) -> str:
    """What stands before the subject that coordinated verbs share: "In June X sold Y and …"."""
    top = _top(trigger)
    if top.dep_ != "conj" or any(child.dep_ in SUBJECTS for child in top.children):
        return ""
    subject = subject_of(top)
    return top.doc[top.sent.start : subject.i].text if subject is not None else ""


def _dates(clause: str, document_date: str, *, forward: bool) -> dict[str, str]:
    found = {}
    for key, pattern in (("since", _SINCE), ("until", _UNTIL)):
        match = pattern.search(clause)
        ahead = forward and key == "until"
        date = resolve_date(match[1], document_date, forward=ahead) if match else ""
        if date:
            found[key] = date
    if not found and (date := resolve_date(clause, document_date, forward=forward)):
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
