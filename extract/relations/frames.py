"""Ties that a verb or noun states by its grammar: the frames of ``triggers.yaml``, applied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.amounts import parse_amount
from extract.ontology import ontology
from extract.relations.claims import Claim
from extract.relations.lexicon import Frame
from extract.relations.modality import judge
from extract.relations.scene import Party, Scene
from extract.relations.slots import noun_slot, prepositional, verb_slot

_TOGETHER = frozenset({"JOINT_VENTURE_WITH", "MERGED_WITH"})
_MOST = 20  # parties of one deal; a longer list is a directory
_PRICE = 8  # tokens after a verb in which its price stands
_ACROSS = frozenset({"with", "to", "from", "against"})


def read_frames(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """Every tie that a frame reads in a sentence."""
    for token in sentence:
        if scene.name_at(token):
            continue
        lemma = scene.lemma(token)
        if token.pos_ in ("VERB", "AUX"):
            for frame in (*scene.words.verbs.get(lemma, ()), *scene.words.verbs["*"]):
                if _verb_fits(scene, token, frame):
                    yield from _claims(scene, token, frame)
        elif token.pos_ in ("NOUN", "PROPN", "ADJ", "SYM") or "-" in lemma:
            for frame in (*scene.words.nouns.get(lemma, ()), *scene.words.nouns["*"]):
                if _noun_fits(token, frame):
                    yield from _claims(scene, token, frame)


def _verb_fits(scene: Scene, verb: Token, frame: Frame) -> bool:
    around = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")}
    if frame.particles and around.isdisjoint(frame.particles):
        return False
    if frame.with_adverb and around.isdisjoint(frame.with_adverb):
        return False
    if frame.not_objects:
        unfit = scene.words.owners[frame.not_objects]
        for child in verb.children:
            if child.dep_ in ("dobj", "nsubjpass") and (
                child.lemma_.lower() in unfit
                or (scene.name_at(child) and "object" not in frame.tail)
            ):
                return False
    if frame.with_noun and not any(
        pobj.lemma_.lower() in frame.with_noun for pobj in prepositional(verb, "with")
    ):
        return False
    if frame.with_to and not any(prepositional(verb, "to")):
        return False
    if frame.priced and parse_amount(scene.doc[verb.i + 1 : verb.i + _PRICE].text) is None:
        return False
    return not frame.needs or any(
        child.dep_ == "dobj" and child.lemma_ in frame.needs for child in verb.children
    )


def _noun_fits(noun: Token, frame: Frame) -> bool:
    if frame.governors and noun.head.lemma_ not in frame.governors:
        return False
    lefts = {child.lower_ for child in noun.children if child.i < noun.i}
    if frame.modifier and frame.modifier not in lefts:
        return False
    if not frame.not_marks.isdisjoint(lefts):
        return False
    if frame.left_marks and frame.left_marks.isdisjoint(lefts):
        return False
    if not frame.marks:
        return True
    after = (
        below.lower_
        for child in noun.children
        if child.dep_ in ("prep", "acl")
        for below in (child, *child.children)
    )
    before = (noun.doc[i].lower_ for i in range(max(noun.sent.start, noun.i - 4), noun.i))
    return not frame.marks.isdisjoint([*lefts, *after, *before])


def _claims(scene: Scene, trigger: Token, frame: Frame) -> Iterator[Claim]:
    several = trigger.tag_ in ("NNS", "NNPS")
    for head, tail in _sides(scene, trigger, frame):
        entities = scene.discourse.entities
        one, other = entities[head.entity], entities[tail.entity]
        if frame.named and head.nominal:
            continue
        if head.entity == tail.entity or not ontology().allows(frame.type, one.type, other.type):
            continue
        if frame.head_subtypes and one.subtype not in frame.head_subtypes:
            continue
        if frame.tail_subtypes and other.subtype not in frame.tail_subtypes:
            continue
        attrs = {"kind": frame.kind} if frame.kind else {}
        if frame.type == "EMPLOYED_BY":
            attrs["role"] = scene.words.roles.get(trigger.lemma_.lower(), "")
        status = frame.past if frame.past and trigger.tag_ == "VBD" else frame.status
        deal = f"{trigger.idx}"
        if several or "group" in (one.subtype, other.subtype):
            deal += f" {head.entity} {tail.entity}"  # "partnerships with": each pair has its own
        yield Claim(frame.type, head, tail, trigger, frame.name, attrs, status, deal)


def _sides(scene: Scene, trigger: Token, frame: Frame) -> Iterator[tuple[Party, Party]]:
    tie = ontology().relations[frame.type]
    if frame.members:
        yield from _pairs(scene, trigger, frame)
        return
    heads = _first(scene, trigger, frame.head, tie.head, frame)
    if heads:
        tails = _first(scene, trigger, frame.tail, tie.tail, frame)
        if len(heads) * len(tails) <= _MOST * 2:
            yield from ((head, tail) for head in heads for tail in tails)


def _pairs(scene: Scene, trigger: Token, frame: Frame) -> Iterator[tuple[Party, Party]]:
    """All pairs of the members; "A and B have ties with C" says nothing of A and B, unless
    they found one thing together. What A has ended with B and C may go on without A."""
    ours, theirs = _members(scene, trigger, frame)
    together = (
        frame.type in _TOGETHER
        and trigger.tag_ not in ("NNS", "NNPS")
        and judge(trigger, scene.words).modality != "ended"
    )
    if theirs and not ours:
        return
    if len(ours) + len(theirs) > _MOST:
        return
    if "self" in frame.members and not theirs and trigger.dep_ != "attr":
        return  # "partners: A, B" are someone else's partners
    if theirs and not together:
        yield from ((one, other) for one in ours for other in theirs)
    else:
        yield from combinations([*ours, *theirs], 2)


def _members(scene: Scene, trigger: Token, frame: Frame) -> tuple[list[Party], list[Party]]:
    """The members on this side of the tie and those on the other: "with Y", "to Y"."""
    types = ontology().relations[frame.type].head
    ours: dict[str, Party] = {}
    theirs: dict[str, Party] = {}
    for slot in frame.members:
        if slot == "topic" and (theirs or not ours):
            continue
        if slot == "subject" and len(ours) > 1:
            continue  # "X announced a venture between Y and Z": X is no party
        apart = slot != "self" if "self" in frame.members else slot in _ACROSS
        side = theirs if apart else ours
        for party in _fill(scene, trigger, slot, types, frame):
            if party.entity not in ours and party.entity not in theirs:
                side[party.entity] = party
    everyone = [*ours.values(), *theirs.values()]
    if len({_type(scene, each) for each in everyone}) > 1:  # "in China with X": no party
        return (
            [each for each in ours.values() if _type(scene, each) == "ORG"],
            [each for each in theirs.values() if _type(scene, each) == "ORG"],
        )
    return list(ours.values()), list(theirs.values())


def _type(scene: Scene, party: Party) -> str:
    return scene.discourse.entities[party.entity].type


def _first(
    scene: Scene, trigger: Token, slots: tuple[str, ...], types: tuple[str, ...], frame: Frame
) -> list[Party]:
    for slot in slots:
        found = _fill(scene, trigger, slot, types, frame)
        if found:
            return found
    return []


def _fill(
    scene: Scene, trigger: Token, slot: str, types: tuple[str, ...], frame: Frame
) -> list[Party]:
    through = scene.words.owners.get(frame.through, frozenset())
    if trigger.pos_ in ("VERB", "AUX"):
        return verb_slot(scene, trigger, slot, types, through)
    found = noun_slot(scene, trigger, slot, types, through)
    over = trigger.head
    if not found and frame.members and trigger.dep_ == "compound" and over.pos_ == "NOUN":
        return noun_slot(scene, over, slot, types, through)  # "a partnership agreement with"
    return found
