"""Sums that a text gives right after a deal: "They will invest EUR 850mn", "The contract is
worth EUR 310mn".

A sum is the deal's only where the reference is clear: the sentence before states one deal, and
the subject is that deal by its noun, or a pronoun or noun for those who made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.amounts import parse_amount
from extract.ontology import ontology
from extract.records import Statement
from extract.relations.clauses import subject_of, verb_over
from extract.relations.scene import Scene
from extract.relations.slots import prepositional

_REACH = 9  # tokens from the verb to the sum


def with_amount(
    scene: Scene, sentence: Tokens, before: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The statements of the sentence before, with the sum that this sentence gives them."""
    found = [each for each in before if _has_price(scene, each)]
    if len({each.attrs["deal"] for each in found}) != 1 or any(
        "amount" in each.attrs for each in found
    ):
        return tuple(before)
    for amount in _sums(scene, sentence, found):
        span = scene.span(sentence)
        return tuple(
            replace(
                each,
                attrs={**each.attrs, "amount": amount},
                evidence=tuple(dict.fromkeys((*each.evidence, span))),
            )
            if each in found
            else each
            for each in before
        )
    return tuple(before)


def _has_price(scene: Scene, statement: Statement) -> bool:
    return statement.type in scene.words.deal_nouns and "deal" in statement.attrs


def _sums(scene: Scene, sentence: Tokens, deal: Sequence[Statement]) -> Iterator[str]:
    words = scene.words
    nouns = frozenset().union(*(words.deal_nouns[each.type] for each in deal))
    for token in sentence:
        spends = token.lemma_.lower() in words.spending and token.pos_ == "VERB"
        if not spends and token.lower_ not in words.costing and token.lemma_ not in words.costing:
            continue
        amount = parse_amount(scene.doc[token.i + 1 : min(token.i + _REACH, sentence.end)].text)
        verb = token if token.pos_ == "VERB" else verb_over(token)
        subject = subject_of(verb) if verb is not None else None
        if amount is None or verb is None or subject is None or scene.name_at(subject):
            continue
        if spends:
            clear = _is_party(scene, subject, deal) and _is_for(scene, verb, nouns)
        else:
            clear = subject.lemma_.lower() in nouns and _is_definite(subject)
        if clear:
            yield amount.text


def _is_party(scene: Scene, subject: Token, deal: Sequence[Statement]) -> bool:
    """Whether "they", "it" or "the company" are those who made the deal."""
    makers = {each.head for each in deal}
    makers |= {each.tail for each in deal if ontology().relations[each.type].symmetric}
    plural = subject.lower_ == "they" or (
        subject.tag_ == "NNS"
        and subject.lemma_.lower() in scene.words.plurals
        and _is_definite(subject)
    )
    if plural:
        return len(makers) > 1
    return any(party.entity in makers for party in scene.denote(subject, ("ORG",)))


def _is_for(scene: Scene, verb: Token, nouns: frozenset[str]) -> bool:
    """Whether the money is for the deal: nothing else is named that it goes into."""
    goals = [pobj for each in ("in", "on", "into") for pobj in prepositional(verb, each)]
    goals += [
        pobj
        for child in verb.children
        if child.dep_ == "dobj"
        for each in ("in", "on", "into")
        for pobj in prepositional(child, each)
    ]
    return all(goal.lemma_.lower() in nouns and not scene.name_at(goal) for goal in goals)


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in ("the", "this", "these", "its", "their") for child in noun.children)
