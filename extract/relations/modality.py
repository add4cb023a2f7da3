"""How far a tie is real: polarity and modality from the words over its trigger.

The rows of ``modality.yaml`` are tried from the top: what is denied outranks what is planned.
A plan or deal that was called off is denied and ended: it is no tie. Who denies an end says
that the tie goes on; an end that has a date is one only when that date is past.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.dates import resolve_date
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
        "acomp",
    }
)
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
_NEGATED_SUBJECTS = frozenset({"no", "none", "neither", "nobody"})
_AHEAD = frozenset({"rumoured", "planned", "announced"})
_TIMES = frozenset({"before", "after", "since", "by", "while", "until"})
_ENDS = frozenset({"ended", "called_off"})
_YEAR_OVER = frozenset({"until", "till"})


@dataclass(frozen=True, slots=True)
class Claimed:
    """Polarity and modality of a statement. ``goes_on``: it was denied that the tie ends."""

    polarity: str = "affirmed"
    modality: str = "in_effect"
    goes_on: bool = False


def judge(
    trigger: Token,
    words: Lexicon,
    *,
    standing: bool = False,
    ending: bool = False,
    document_date: str = "",
) -> Claimed:
    """What the sentence says of the reality of the tie that ``trigger`` states.

    Args:
        trigger: the word that states the tie.
        words: the lexicon.
        standing: the tie is a state that a noun describes ("its rivals", "the head of"); what
            the clause around it plans or denies is about something else.
        ending: the trigger itself says that the tie ends ("left the firm").
        document_date: ISO date, which tells whether "until May" is over; "" where not known.
    """
    chain = list(_chain(trigger))
    if standing:
        copula = trigger.dep_ == "attr"
        chain = chain[: 2 if copula else 1]
    below = _below_denied_end(chain, words, ending=ending)
    if below is not None:
        judged = _judged(below, trigger, words, document_date) if below else Claimed()
        return Claimed(judged.polarity, judged.modality, goes_on=True)
    return _judged(chain, trigger, words, document_date)


def _judged(chain: list[Token], trigger: Token, words: Lexicon, document_date: str) -> Claimed:
    if _negated(chain):
        return Claimed("denied")
    kept = _up_to_continuing(chain, words.continuing)
    for row in words.modalities:
        over = kept if row.status in _AHEAD else chain
        fits = any(_fits(token, trigger, row) for token in over)
        if fits or (row.status == "ended" and _is_over(chain, words, document_date)):
            if row.status == "called_off":
                return Claimed("denied", "ended")
            if row.status == "denied":
                return Claimed("denied")
            return Claimed("affirmed", row.status)
    return Claimed()


def _below_denied_end(chain: list[Token], words: Lexicon, *, ending: bool) -> list[Token] | None:
    """What stands below a word that ends the tie, where that end is denied: "denied that it
    would end", "will not leave", "has no plans to quit"; else None."""
    rows = [row for row in words.modalities if row.status in _ENDS]
    denials = [row for row in words.modalities if row.status == "denied"]
    first = 0 if ending else 1
    for i, token in enumerate(chain):
        if i < first or not (i == 0 or any(_governs(token, row) for row in rows)):
            continue
        above = chain[i:]
        denied = any(_fits(each, token, row) for each in above for row in denials)
        return chain[:i] if denied or _negated(above) else None
    return None


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


def _is_over(chain: list[Token], words: Lexicon, document_date: str) -> bool:
    """ "was its partner until May": whether an until-date of the clause is past.

    By the document's date where both are known; else the tense decides.
    """
    for token in chain:
        for child in token.children:
            if child.lower_ in _YEAR_OVER and child.dep_ == "prep":
                past = _is_past(token, words)
                phrase = " ".join(each.text for each in child.subtree)
                date = resolve_date(phrase, document_date, forward=not past)
                known = min(len(date), len(document_date))
                if known and date[:known] != document_date[:known]:
                    return date < document_date
                return past
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _is_past(token: Token, words: Lexicon) -> bool:
    """Whether a verb speaks of what was; "extended until May" speaks of what will be."""
    auxiliaries = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
    if any(row.status == "announced" and _governs(token, row) for row in words.modalities):
        return False
    return (
        token.tag_ == "VBD"
        or any(each.tag_ == "VBD" for each in auxiliaries)
        or (token.tag_ == "VBN" and not auxiliaries)
    )
