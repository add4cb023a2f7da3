"""Clauses: voice, and who the subject is through coordination, control and participles."""

from __future__ import annotations

from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
OBJECTS = ("dobj", "obj", "oprd")
_OBJECT_CONTROL = frozenset({"help", "allow", "ask", "order", "force", "enable", "urge", "let"})


def is_passive(verb: Token) -> bool:
    """Whether a verb's grammatical subject is what it is done to."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    first = verb
    while first.dep_ == "conj" and first.tag_ == "VBN" and first.head.tag_ == "VBN":
        if any(child.dep_ in ("nsubj", "aux") for child in first.children):
            return False
        first = first.head
    if first is not verb:
        return is_passive(first)
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "advcl", "amod", "relcl")
        and not any(child.dep_ in ("aux", "nsubj") for child in verb.children)
    )


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, sought through coordination, control and participles."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    if depth > 6:
        return None
    up = verb.head
    if verb.dep_ == "relcl":
        return _after_relative(verb) or up
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBN"):
            return up
        return owner_of(up, depth)  # "plans to build", "a deal to buy"
    if verb.dep_ == "xcomp" and up.lemma_ in _OBJECT_CONTROL:
        return next((child for child in up.children if child.dep_ in OBJECTS), None)
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"):
        if verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG"):
            return None
        if up.dep_ == "prep":
            up = up.head
        if up.pos_ in ("VERB", "AUX"):
            return subject_of(up, depth + 1)
        if up.pos_ in ("NOUN", "PROPN"):
            return owner_of(up, depth)
    return None


def _after_relative(verb: Token) -> Token | None:
    """The subject in "of which X is a member", where the parser hangs it on the preposition."""
    for child in verb.children:
        below = [each for each in child.children if each.dep_ == "pobj"]
        if child.dep_ == "prep" and len(below) > 1 and below[0].lower_ in ("which", "whom"):
            return below[1]
    return None


def owner_of(noun: Token, depth: int) -> Token | None:
    """Whose plan or deal it is: its possessor, or the subject of the verb over it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    up = noun.head
    if noun.dep_ == "pobj":
        up = up.head
    if up.pos_ in ("VERB", "AUX"):
        return subject_of(up, depth + 1)
    return None


def verb_over(token: Token) -> Token | None:
    """The verb of the clause that a token stands in."""
    return next((up for up in token.ancestors if up.pos_ in ("VERB", "AUX")), None)
