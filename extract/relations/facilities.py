"""Sites: "X opened a plant in Y", "X's Y laboratory", "X employs 600 people in Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.relations.claims import Claim
from extract.relations.clauses import is_passive, subject_of
from extract.relations.locations import along, compound_place, located
from extract.relations.scene import Party, Scene
from extract.relations.slots import noun_slot, verb_slot

_ORG = ("ORG",)


def read_facilities(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """The sites that a sentence gives to organisations."""
    places = scene.words.places
    for token in sentence:
        if scene.name_at(token):
            continue
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN"):
            if lemma in places.facilities and lemma not in places.headquarters:
                yield from _facility(scene, token)
        elif token.pos_ == "VERB" and lemma in places.works:
            yield from _works(scene, token)


def _facility(scene: Scene, noun: Token) -> Iterator[Claim]:
    """ "X's plant in Y", "X opened its Y plant", "a factory that X is building near Y"."""
    places = located(scene, noun) or compound_place(scene, noun)
    verb = over(noun)
    if not places and verb is not None:
        places = located(scene, verb)
    places = places or _after(scene, noun)
    if not places:
        return
    places = [place for place in places if not _is_range(scene, noun, place)]
    found = owners(scene, noun) if places else []
    attrs = {"kind": facility_kind(scene, noun)}
    for owner in found:
        for place in places:
            yield Claim("FACILITY_IN", owner, place, noun, "facility", attrs, "", f"{noun.idx}")


def _is_range(scene: Scene, noun: Token, place: Party) -> bool:
    """ "its first plant in Europe", "the largest mill in Asia": a rank, and no place of it."""
    if scene.discourse.entities[place.entity].name not in scene.words.places.continents:
        return False
    ranks = scene.words.places.ranks
    return any(child.lower_ in ranks or child.tag_ == "JJS" for child in noun.lefts)


def _after(scene: Scene, noun: Token) -> list[Party]:
    """A place that the parser hung on another noun: "a workshop for milling in X"."""
    for token in scene.doc[noun.i + 1 : min(noun.i + 9, noun.sent.end)]:
        if token.pos_ in ("VERB", "AUX", "PUNCT", "SCONJ") or scene.name_at(token):
            return []
        if token.lower_ in scene.words.places.prepositions and (found := along(scene, token)):
            return found
    return []


def over(noun: Token) -> Token | None:
    """The verb that a facility is object or subject of."""
    for _ in range(4):
        if noun.dep_ in ("dobj", "nsubjpass", "nsubj", "attr"):
            return noun.head
        if noun.dep_ not in ("conj", "appos"):
            return None
        noun = noun.head
    return None


def owners(scene: Scene, noun: Token) -> list[Party]:
    for slot in ("poss", "compound", "of", "by"):
        found = noun_slot(scene, noun, slot, _ORG)
        if found:
            return found
    verb = over(noun)
    if verb is not None and verb.lemma_ in scene.words.places.verbs and noun.dep_ != "nsubj":
        found = verb_slot(scene, verb, "subject", _ORG, scene.words.owners["parts"])
        if found:
            return found
    for child in noun.children:
        if child.dep_ == "relcl" and child.lemma_ in scene.words.places.verbs:
            found = verb_slot(scene, child, "subject", _ORG)
            if found:
                return found
    up = noun.head
    if (
        noun.dep_ == "pobj"
        and up.head.pos_ == "VERB"
        and up.head.lemma_ in ("invest", "spend", "work")
    ):
        return scene.denote(subject_of(up.head), _ORG)
    return []


def _works(scene: Scene, verb: Token) -> Iterator[Claim]:
    """ "X makes seats in Y", "X employs 600 people in Y"."""
    places = located(scene, verb)
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    if not places or not (objects or is_passive(verb)):
        return
    owners = verb_slot(scene, verb, "subject", _ORG)
    attrs = {"kind": scene.words.places.works[verb.lemma_.lower()]}
    if any(child.lemma_.lower() in scene.words.places.facilities for child in objects):
        return
    for owner in owners:
        for place in places:
            yield Claim("FACILITY_IN", owner, place, verb, "works in", attrs, "", f"{verb.idx}")


def facility_kind(scene: Scene, noun: Token) -> str:
    """The facility kind of ontology.yaml; a centre's by the words before it."""
    places = scene.words.places
    kind = places.facilities[noun.lemma_.lower()]
    lefts = [scene.doc[i].lower_ for i in range(max(noun.sent.start, noun.i - 4), noun.i)]
    marks = [places.centre_marks[word] for word in lefts if word in places.centre_marks]
    if noun.lemma_.lower() in (
        "centre",
        "center",
        "campus",
        "site",
        "facility",
        "institute",
        "hub",
    ):
        return marks[-1] if marks else kind if noun.lemma_.lower() != "centre" else "other"
    return kind
