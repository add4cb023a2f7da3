"""From claims to statements: attributes, evidence, confidence; one statement a tie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from extract.ontology import ontology
from extract.records import Document, Span, Statement
from extract.relations.claims import Claim
from extract.relations.details import details
from extract.relations.modality import Claimed, judge
from extract.relations.scene import Scene
from extract.wordfiles import parse_yaml

_AHEAD = frozenset({"planned", "announced", "rumoured"})
_BY_REFERENCE = ", by reference"


@cache
def rule_precision() -> tuple[Mapping[str, float], float]:
    """The measured precision of each rule, and the one of a rule that was not measured."""
    text = files("extract.relations").joinpath("precision.yaml").read_text(encoding="utf-8")
    raw = parse_yaml(text)
    return raw["rules"], raw["default"]


def state(scene: Scene, claim: Claim, document: Document) -> Statement:
    """The statement that a claim makes, with its evidence."""
    tie = ontology().relations[claim.type]
    standing = not tie.deal and claim.trigger.pos_ not in ("VERB", "AUX")
    judged = judge(
        claim.trigger,
        scene.words,
        standing=standing,
        ending=claim.status == "ended",
        document_date=document.date,
    )
    modality = _modality(claim, judged)
    attrs = details(scene, claim, document.date, forward=_is_ahead(claim.trigger, modality))
    if claim.deal and tie.deal:
        attrs["deal"] = f"{scene.offset} {claim.deal}"
    sides = (claim.head, claim.tail)
    sentence = scene.span(claim.trigger.sent)
    evidence = [_stripped(sentence)]
    evidence += [_stripped(side.via) for side in sides if side.via is not None]
    nominal = any(side.nominal for side in sides)
    rule = claim.rule + (_BY_REFERENCE if nominal else "")
    rules, default = rule_precision()
    return Statement(
        type=claim.type,
        head=claim.head.entity,
        tail=claim.tail.entity,
        symmetric=tie.symmetric,
        attrs=attrs,
        evidence=tuple(dict.fromkeys(evidence)),
        confidence=rules.get(rule, default),
        polarity=judged.polarity,
        modality=modality,
        rule=rule,
    )


def _modality(claim: Claim, judged: Claimed) -> str:
    """What the claim itself says outranks the words around it; an end that lies ahead ("plans
    to leave") is none yet."""
    if judged.polarity == "denied" or judged.goes_on or not claim.status:
        return judged.modality
    if claim.status == "ended" and judged.modality in _AHEAD:
        return "in_effect"
    return claim.status


def _is_ahead(trigger: Token, modality: str) -> bool:
    """Whether a month without a year is the next one: of plans, and "agreed to open in May"."""
    auxiliaries = {child.lower_ for child in trigger.children if child.dep_ == "aux"}
    return (
        modality in ("planned", "rumoured")
        or (modality == "announced" and trigger.tag_ == "VB" and "to" in auxiliaries)
        or (trigger.tag_ == "VBG" and not auxiliaries.isdisjoint(("is", "are")))
    )


def merge(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """One statement per tie and polarity: the surest, with all evidence; deals numbered.

    A partnership of a pair that has a joint venture is not kept beside it. A tie stated twice
    makes the two deals that it was read in one.
    """
    merged: dict[tuple[str, str, str, str], Statement] = {}
    same: dict[str, str] = {}
    for statement in statements:
        head, tail = statement.head, statement.tail
        if statement.symmetric and tail < head:
            head, tail = tail, head
        key = (statement.type, head, tail, statement.polarity)
        known = merged.get(key)
        if known is None:
            merged[key] = statement
            continue
        merged[key] = _joined(known, statement)
        deals = {_deal(each, same) for each in (known, statement)} - {""}
        same.update(dict.fromkeys(deals - {min(deals, default="")}, min(deals, default="")))
    kept = [each for key, each in merged.items() if not _implied(key, merged)]
    return tuple(_numbered(kept, same))


def _deal(statement: Statement, same: Mapping[str, str]) -> str:
    """The deal that a statement is about, after deals have been found to be the same."""
    deal = statement.attrs.get("deal", "")
    name = f"{statement.type} {deal}" if deal else ""
    while name in same:
        name = same[name]
    return name


def _joined(one: Statement, other: Statement) -> Statement:
    best, rest = (other, one) if other.confidence > one.confidence else (one, other)
    attrs = {**rest.attrs, **best.attrs}
    evidence = tuple(dict.fromkeys((*best.evidence, *rest.evidence)))
    over = "ended" in (one.modality, other.modality) and one.evidence[:1] == other.evidence[:1]
    return replace(
        best, attrs=attrs, evidence=evidence, modality="ended" if over else best.modality
    )


def _implied(
    key: tuple[str, str, str, str], merged: Mapping[tuple[str, str, str, str], Statement]
) -> bool:
    type_, head, tail, polarity = key
    if type_ == "PARTNERS_WITH":
        return ("JOINT_VENTURE_WITH", head, tail, polarity) in merged
    return False


def _numbered(statements: list[Statement], same: Mapping[str, str]) -> Iterator[Statement]:
    """Deals as "d1", "d2" in order of appearance."""
    numbers: dict[str, str] = {}
    for statement in statements:
        deal = _deal(statement, same)
        if not deal:
            yield statement
            continue
        name = numbers.setdefault(deal, f"d{len(numbers) + 1}")
        yield replace(statement, attrs={**statement.attrs, "deal": name})


def _stripped(span: Span) -> Span:
    text = span.text.strip()
    start = span.start + span.text.index(text) if text else span.start
    return Span(start, start + len(text), text)
