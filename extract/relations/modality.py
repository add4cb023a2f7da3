"""How far a tie is real: polarity and modality from the words over its trigger.

The rows of ``modality.yaml`` are tried from the top: what is denied outranks what is planned.
A plan or deal that was called off is denied and ended: it is no tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.relations.lexicon import Lexicon, Modality

_CLAUSES = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "dobj",
        "attr",
        "pobj",
        "prep",
        "advcl",
        "pcomp",
        "nsubjpass",
        "conj",
        "nsubj",
        "oprd",
        "relcl",
        "agent",
        "appos",
    }
)
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
_NEGATED_SUBJECTS = frozenset({"no", "none", "neither", "nobody"})
_AHEAD = frozenset({"rumoured", "planned", "announced"})
_TIMES = frozenset({"before", "after", "since", "by", "while", "until"})
_YEAR_OVER = frozenset({"until", "till"})


@dataclass(frozen=True, slots=True)
class Claimed:
    """Polarity and modality of a statement."""

    polarity: str = "affirmed"
    modality: str = "in_effect"


def judge(trigger: Token, words: Lexicon, *, standing: bool = False) -> Claimed:
    """What the sentence says of the reality of the tie that ``trigger`` states.

    ``standing``: the tie is a state that a noun describes ("its rivals", "the head of"); what
    the clause around it plans or denies is about something else.
    """
    chain = list(_chain(trigger))
    if standing:
        copula = trigger.dep_ == "attr"
        chain = chain[: 2 if copula else 1]
    if _negated(chain):
        return Claimed("denied")
    kept = _up_to_continuing(chain, words.continuing)
    for row in words.modalities:
        over = kept if row.status in _AHEAD else chain
        if any(_fits(token, trigger, row) for token in over):
            if row.status == "called_off":
                return Claimed("denied", "ended")
            if row.status == "denied":
                return Claimed("denied")
            return Claimed("affirmed", row.status)
    return Claimed()


def _up_to_continuing(chain: list[Token], continuing: Modality) -> list[Token]:
    """Without "will continue" and what governs it: what goes on exists already."""
    for i, token in enumerate(chain):
        if token.pos_ in ("VERB", "AUX") and _governs(token, continuing):
            return chain[:i]
    return chain


def _chain(trigger: Token) -> Iterator[Token]:
    """The trigger and the words that govern it, up to the clause that claims it."""
    token = trigger
    yield token
    for _ in range(8):
        if token.dep_ not in _CLAUSES or token.head is token:
            return
        if token.dep_ == "pcomp" and token.head.lower_ in _TIMES:
            return
        if token.dep_ in ("advcl", "relcl") or _is_clause(token):
            return
        if token.dep_ == "nsubj" and token.head.pos_ in ("VERB", "AUX") and token is not trigger:
            return
        token = token.head
        yield token


def _is_clause(token: Token) -> bool:
    """A coordinated verb with a subject or auxiliary of its own: what governs the first verb
    does not govern it."""
    return (
        token.dep_ == "conj"
        and token.pos_ in ("VERB", "AUX")
        and any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in token.children)
    )


def _negated(chain: list[Token]) -> bool:
    for token in chain:
        for child in token.children:
            if child.dep_ == "neg" or (
                child.lower_ in _NEGATIONS
                and child.dep_ in ("det", "advmod", "preconj", "cc")
                and child.i < token.i
            ):
                nxt = token.doc[child.i + 1].lower_ if child.i + 1 < len(token.doc) else ""
                if nxt != "only":
                    return True
            if child.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("VERB", "AUX"):
                first = next(iter(child.subtree)).lower_
                if first in _NEGATED_SUBJECTS or child.lower_ in _NEGATED_SUBJECTS:
                    return True
    return False


def _fits(token: Token, trigger: Token, row: Modality) -> bool:
    return (
        (token is not trigger and _governs(token, row))
        or _by_tense(token, row)
        or any(_modifies(child, token, row) for child in token.children)
        or (row.status == "ended" and _until(trigger))
    )


def _governs(token: Token, row: Modality) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX", "ADJ"):
        passive = any(child.dep_ == "auxpass" for child in token.children)
        particle = row.particles.get(lemma)
        return (
            lemma in row.verbs
            or (lemma in row.said and passive)
            or (particle is not None and any(each.lower_ == particle for each in token.children))
        )
    return token.pos_ == "NOUN" and lemma in row.nouns


def _by_tense(token: Token, row: Modality) -> bool:
    """ "owned" (and no longer does), "is building", "to build" in a headline, "are to build"."""
    lemma = token.lemma_.lower()
    auxiliaries = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if lemma in row.past and (
        token.tag_ == "VBD" or (token.tag_ == "VBN" and "had" in auxiliaries)
    ):
        return True
    if lemma in row.progressive and token.tag_ == "VBG" and auxiliaries & {"is", "are"}:
        return True
    bare = token.dep_ == "ROOT" or (token.dep_ == "xcomp" and token.head.lemma_ == "be")
    done = "have" in auxiliaries  # "the first to have opened"
    return row.status == "planned" and "to" in auxiliaries and bare and not done


def _modifies(child: Token, token: Token, row: Modality) -> bool:
    word = child.lower_
    if child.dep_ in ("aux", "auxpass"):
        return word in row.auxiliaries
    if child.dep_ == "det":
        return word in row.determiners
    if child.dep_ == "advmod" and word in row.adverbs:
        return True
    noun = token.pos_ in ("NOUN", "PROPN")
    return noun and child.dep_ in ("amod", "compound", "advmod") and word in row.adjectives


def _until(trigger: Token) -> bool:
    return any(child.lower_ in _YEAR_OVER for child in trigger.children)
