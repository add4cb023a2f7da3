"""Where organisations are: seats, sites ("opened a plant in X") and nationality."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.passages import Name
from extract.relations.claims import Claim
from extract.relations.scene import Party, Scene
from extract.relations.slots import noun_slot, subject_of, verb_slot, is_passive

_ORG = ("ORG",)
_SIZE = {"city": 0, "region": 1, "country": 2}


def read_places(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """Seats, sites and facilities that a sentence states."""
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
            elif lemma in places.facilities:
                yield from _facility(scene, token)
        elif token.pos_ == "VERB":
            if lemma in places.works:
                yield from _works(scene, token)
            elif lemma in places.based or lemma in places.located or token.lower_ in places.based:
                yield from _based_in(scene, token)


def _based(scene: Scene, name: Name) -> Iterator[Claim]:
    """ "X-based Y", "Y, a X-based maker", "X's Y", "the X maker Y"."""
    doc, end = scene.doc, name.end
    place = Party(name.entity, scene.head(name))
    if (
        end + 1 < len(doc)
        and doc[end].lower_ == "-"
        and doc[end + 1].lower_
        in (
            "based",
            "headquartered",
            "listed",
        )
    ):
        if doc[end + 1].lower_ != "listed":
            for owner in described(scene, end + 2):
                yield Claim("HEADQUARTERED_IN", owner, place, doc[end + 1], "place-based")
    elif end < len(doc) and doc[end].lower_ in ("based", "-based"):
        for owner in described(scene, end + 1):
            yield Claim("HEADQUARTERED_IN", owner, place, doc[end], "place-based")
    elif end < len(doc) and doc[end].tag_ == "POS":
        owner = next_name(scene, end + 1)
        if owner and scene.type_of(owner) == "ORG":
            party = Party(owner.entity, scene.head(owner))
            yield Claim("HEADQUARTERED_IN", party, place, doc[end], "place's")
    elif (
        end < len(doc) and doc[end].pos_ in ("NOUN", "ADJ", "PROPN") and not scene.name_at(doc[end])
    ):
        maker = maker_from(scene, end)
        if maker is not None:
            for owner in described(scene, maker.i, maker):
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


def _based_in(scene: Scene, verb: Token) -> Iterator[Claim]:
    type_ = (
        "LOCATED_IN" if verb.lemma_.lower() in scene.words.places.located else "HEADQUARTERED_IN"
    )
    places = located(scene, verb)
    if not places:
        return
    owners: list[Party] = []
    if is_passive(verb):
        owners = verb_slot(scene, verb, "object", _ORG)
    if not owners:
        before = scene.doc[verb.i - 1] if verb.i > verb.sent.start else None
        if before is not None and before.lower_ in (",", "now", "also"):
            before = scene.doc[before.i - 1]
        name = scene.name_at(before) if before is not None else None
        if name and scene.type_of(name) == "ORG":
            owners = [Party(name.entity, scene.head(name))]
        elif not owners:
            owners = scene.denote(subject_of(verb), _ORG)
    for owner in owners:
        yield Claim(type_, owner, places[0], verb, "based in")


def _headquarters(scene: Scene, noun: Token) -> Iterator[Claim]:
    places = located(scene, noun) or _compound_place(scene, noun)
    if not places and noun.dep_ in ("dobj", "attr", "pobj"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        places = located(scene, verb) if verb.pos_ == "VERB" else []
    owners = _owners(scene, noun)
    regional = any(
        child.lower_ in ("regional", "european", "asian", "local", "former", "new")
        for child in noun.children
    )
    type_ = "FACILITY_IN" if regional else "HEADQUARTERED_IN"
    for owner in owners:
        for place in places[:1]:
            yield Claim(
                type_, owner, place, noun, "headquarters", {"kind": "office"} if regional else {}
            )


def _facility(scene: Scene, noun: Token) -> Iterator[Claim]:
    """ "X's plant in Y", "X opened its Y plant", "a factory that X is building near Y"."""
    places = located(scene, noun) or _compound_place(scene, noun)
    verb = _over(noun)
    if not places and verb is not None:
        places = located(scene, verb)
    if not places:
        return
    owners = _owners(scene, noun)
    attrs = {"kind": facility_kind(scene, noun)}
    for owner in owners:
        for place in places:
            yield Claim("FACILITY_IN", owner, place, noun, "facility", attrs, "", noun.idx)


def _over(noun: Token) -> Token | None:
    """The verb that a facility is object or subject of."""
    for _ in range(4):
        if noun.dep_ in ("dobj", "nsubjpass", "nsubj", "attr"):
            return noun.head
        if noun.dep_ not in ("conj", "appos"):
            return None
        noun = noun.head
    return None


def _owners(scene: Scene, noun: Token) -> list[Party]:
    for slot in ("poss", "compound", "of", "by"):
        found = noun_slot(scene, noun, slot, _ORG)
        if found:
            return found
    verb = _over(noun)
    if verb is not None and verb.lemma_ in scene.words.places.verbs and not (noun.dep_ == "nsubj"):
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
            yield Claim("FACILITY_IN", owner, place, verb, "works in", attrs, "", verb.idx)


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


def located(scene: Scene, token: Token) -> list[Party]:
    """The places that prepositions of a token lead to: "in X", "on the edge of X, in Y"."""
    found: list[Party] = []
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in scene.words.places.prepositions:
            for preposition in (child, *child.conjuncts):
                for pobj in preposition.children:
                    if pobj.dep_ == "pobj":
                        found += _place(scene, pobj) or _along(scene, preposition)
            for below in child.children:
                if below.dep_ == "prep":
                    found += [each for pobj in below.children for each in _place(scene, pobj)]
        elif child.dep_ == "advmod" and child.lower_ in ("outside", "near"):
            found += located(scene, child)
    return list({party.entity: party for party in found}.values())


def _place(scene: Scene, token: Token, depth: int = 0) -> list[Party]:
    name = scene.name_at(token)
    if name:
        if scene.type_of(name) != "LOC":
            return []
        return [Party(each.entity, scene.head(each)) for each in _specific(scene, name)]
    if depth < 3 and token.lemma_.lower() in scene.words.places.inner:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "on", "in", "at", "near", "outside"):
                for below in child.children:
                    found = _place(scene, below, depth + 1)
                    if found:
                        return found
            if child.dep_ in ("appos", "compound") and scene.name_at(child):
                return _place(scene, child, depth + 1)
    return []


def _along(scene: Scene, preposition: Token) -> list[Party]:
    """The first place name after a preposition, past nouns such as "edge" alone."""
    for token in scene.doc[preposition.i + 1 : preposition.i + 10]:
        name = scene.name_at(token)
        if name:
            found = scene.type_of(name) == "LOC"
            return [Party(name.entity, scene.head(name))] if found else []
        inner = token.lemma_.lower() in scene.words.places.inner
        if token.pos_ not in ("DET", "ADJ", "ADP") and not inner:
            return []
    return []


def _specific(scene: Scene, name: Name) -> list[Name]:
    """A list of places without those that only say where the one before lies."""
    kept: list[Name] = []
    for each in scene.coordinated(name):
        before = kept[-1] if kept else None
        if (
            before is not None
            and each.start - before.end == 1
            and _size(scene, each) > _size(scene, before)
        ):
            continue
        if each.end <= name.start and _size(scene, each) < _size(scene, name):
            continue
        kept.append(each)
    return kept


def _size(scene: Scene, name: Name) -> int:
    return _SIZE.get(scene.discourse.entities[name.entity].subtype, 0)


def _compound_place(scene: Scene, noun: Token) -> list[Party]:
    """ "its Wolfsburg plant"."""
    i = noun.i - 1
    while i >= noun.sent.start and noun.i - i < 5:
        name = scene.name_at(scene.doc[i])
        if name:
            if scene.type_of(name) == "LOC":
                return [Party(name.entity, scene.head(name))]
            return []
        if scene.doc[i].pos_ not in ("NOUN", "ADJ", "PROPN") and scene.doc[i].lower_ != "-":
            return []
        i -= 1
    return []
