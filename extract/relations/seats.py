"""Where organisations sit: "X-based Y", "Y, based in X", "X's Y", "Y of X", headquarters."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.passages import Name
from extract.relations.claims import Claim
from extract.relations.clauses import is_passive, subject_of
from extract.relations.facilities import owners
from extract.relations.locations import compound_place, located
from extract.relations.scene import Party, Scene
from extract.relations.slots import noun_slot, prepositional, verb_slot

_ORG = ("ORG",)


def read_seats(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """The seats that a sentence gives to organisations."""
    places = scene.words.places
    for name in scene.names:
        if sentence.start <= name.start < sentence.end:
            if scene.type_of(name) == "ORG":
                yield from _beside_name(scene, name)
            elif scene.type_of(name) == "LOC":
                yield from _based(scene, name)
    for token in sentence:
        if scene.name_at(token):
            continue
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN"):
            if lemma in places.headquarters:
                yield from _headquarters(scene, token)
            elif lemma in places.makers or lemma.endswith("maker"):
                yield from _maker_in(scene, token)
        elif token.pos_ == "VERB" and not places.based.isdisjoint((lemma, token.lower_)):
            yield from _based_in(scene, token, "HEADQUARTERED_IN")
        elif token.pos_ == "VERB" and lemma in places.located:
            yield from _based_in(scene, token, "LOCATED_IN")


def _maker_in(scene: Scene, noun: Token) -> Iterator[Claim]:
    """ "X, a maker of puzzles in Y", "X, a start-up from Y"."""
    places = [
        place
        for preposition in ("in", "from", "of")
        for pobj in prepositional(noun, preposition)
        for place in scene.denote(pobj, ("LOC",))
    ]
    if places and noun.dep_ in ("appos", "attr", "nsubj", "nsubjpass", "dobj", "pobj"):
        for owner in noun_slot(scene, noun, "self", _ORG)[:1]:
            yield Claim("HEADQUARTERED_IN", owner, places[0], noun, "maker in")


def _clear(scene: Scene, parties: list[Party]) -> list[Party]:
    """Without an organisation that a noun leads to by one way among several."""
    return [each for each in parties if not each.nominal or scene.is_clear(each.token)]


def _based(scene: Scene, name: Name) -> Iterator[Claim]:
    """ "X-based Y", "Y, a X-based maker", "X's Y", "the X maker Y"."""
    doc, end = scene.doc, name.end
    place = Party(name.entity, scene.head(name))
    if end >= len(doc):
        return
    if doc[end].lower_ == "-" and end + 1 < len(doc):
        if doc[end + 1].lower_ in ("based", "headquartered"):
            for owner in _clear(scene, described(scene, end + 2)):
                yield Claim("HEADQUARTERED_IN", owner, place, doc[end + 1], "place-based")
    elif doc[end].lower_ in ("based", "-based"):
        for owner in _clear(scene, described(scene, end + 1)):
            yield Claim("HEADQUARTERED_IN", owner, place, doc[end], "place-based")
    elif doc[end].tag_ == "POS":
        named = next_name(scene, end + 1)
        if named and scene.type_of(named) == "ORG":
            party = Party(named.entity, scene.head(named))
            yield Claim("HEADQUARTERED_IN", party, place, doc[end], "place's")
    elif doc[end].pos_ in ("NOUN", "ADJ", "PROPN") and not scene.name_at(doc[end]):
        maker = maker_from(scene, end)
        if maker is not None:
            for owner in _clear(scene, described(scene, maker.i, maker)):
                yield Claim("HEADQUARTERED_IN", owner, place, maker, "place maker")


def maker_from(scene: Scene, i: int) -> Token | None:
    """The "company" or "…maker" that a phrase from ``i`` on ends with."""
    for token in scene.doc[i : i + 5]:
        if scene.name_at(token) or token.pos_ not in ("NOUN", "ADJ", "PROPN", "PUNCT", "ADV"):
            return None
        lemma = token.lemma_.lower()
        if lemma in scene.words.places.makers or lemma.endswith("maker"):
            after = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
            if after is None or scene.name_at(after) or after.pos_ not in ("NOUN", "PART"):
                return token
    return None


def described(scene: Scene, i: int, noun: Token | None = None) -> list[Party]:
    """The organisation that a phrase from token ``i`` on names, or stands in apposition to."""
    name = next_name(scene, i)
    if name and scene.type_of(name) == "ORG":
        between = scene.doc[i : name.start]
        if not any(token.tag_ == "POS" or token.lower_ in (",", "of") for token in between):
            return [Party(name.entity, scene.head(name))]
    if noun is None:
        noun = next(
            (
                t
                for t in scene.doc[i : i + 6]
                if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"
            ),
            None,
        )
    if noun is None:
        return []
    found = noun_slot(scene, noun, "self", _ORG)
    return found[:1] or scene.denote(noun, _ORG)[:1]


def next_name(scene: Scene, i: int) -> Name | None:
    """The name that a noun phrase from ``i`` on ends with."""
    for token in scene.doc[i : i + 7]:
        name = scene.name_at(token)
        if name:
            return name
        if token.pos_ not in (
            "NOUN",
            "ADJ",
            "PROPN",
            "NUM",
            "PUNCT",
            "ADV",
            "CCONJ",
        ) or token.lower_ in (",", ".", ";"):
            return None
    return None


def _beside_name(scene: Scene, name: Name) -> Iterator[Claim]:
    """ "X of Turin", "X, of Dayton, Ohio", "X in Turin", "X (Turin)"."""
    doc, i = scene.doc, name.end
    owner = Party(name.entity, scene.head(name))
    if i < len(doc) and doc[i].lower_ == ",":
        i += 1
        comma = True
    else:
        comma = False
    if i + 1 >= len(doc):
        return
    joint = doc[i].lower_
    place = scene.name_at(doc[i + 1])
    if place is None or scene.type_of(place) != "LOC":
        return
    party = Party(place.entity, scene.head(place))
    if joint == "of" or (joint == "(" and not comma):
        yield Claim("HEADQUARTERED_IN", owner, party, doc[i], "name of place")
    elif joint == "in" and not comma and doc[i].head.i in range(name.start, name.end):
        yield Claim("LOCATED_IN", owner, party, doc[i], "name in place")
    elif joint == "in" and comma:
        yield Claim("LOCATED_IN", owner, party, doc[i], "name, in place")


def _based_in(scene: Scene, verb: Token, type_: str) -> Iterator[Claim]:
    places = located(scene, verb)
    if not places:
        return
    seated: list[Party] = []
    if is_passive(verb):
        seated = verb_slot(scene, verb, "object", _ORG)
    if not seated:
        before = scene.doc[verb.i - 1] if verb.i > verb.sent.start else None
        if before is not None and before.lower_ in (",", "now", "also"):
            before = scene.doc[before.i - 1]
        name = scene.name_at(before) if before is not None else None
        if name and scene.type_of(name) == "ORG":
            seated = [Party(name.entity, scene.head(name))]
        else:
            seated = scene.denote(subject_of(verb), _ORG)
    for owner in seated:
        yield Claim(type_, owner, places[0], verb, "based in")


def _headquarters(scene: Scene, noun: Token) -> Iterator[Claim]:
    places = located(scene, noun) or compound_place(scene, noun)
    if not places and noun.dep_ in ("dobj", "attr", "pobj"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        places = located(scene, verb) if verb.pos_ == "VERB" else []
    lefts = {child.lower_ for child in noun.children}
    regional = not scene.words.places.regional.isdisjoint(lefts)
    type_ = "FACILITY_IN" if regional else "HEADQUARTERED_IN"
    attrs = {"kind": "office"} if regional else {}
    for owner in owners(scene, noun):
        for place in places[:1]:
            yield Claim(type_, owner, place, noun, "headquarters", attrs)
