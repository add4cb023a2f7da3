"""The places that a phrase leads to: "in X", "on the edge of X", "its X plant", "the country"."""

from __future__ import annotations

from spacy.tokens import Token

from extract.passages import Name
from extract.relations.scene import Party, Scene

_SIZE = {"city": 0, "region": 1, "country": 2}


def located(scene: Scene, token: Token) -> list[Party]:
    """The places that prepositions of a token lead to: "in X", "on the edge of X, in Y"."""
    found: list[Party] = []
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in scene.words.places.prepositions:
            for preposition in (child, *child.conjuncts):
                for pobj in preposition.children:
                    if pobj.dep_ == "pobj":
                        found += _place(scene, pobj) or along(scene, preposition)
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
    subtype = scene.words.place_nominals.get(token.lemma_.lower())
    referred = scene.discourse.place(subtype) if subtype else None
    if referred and [child.lower_ for child in token.lefts] in (["the"], ["that"]):
        return [Party(referred[0], token, referred[1], True)]
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


def along(scene: Scene, preposition: Token) -> list[Party]:
    """The first place name after a preposition, past nouns such as "edge" alone."""
    for token in scene.doc[preposition.i + 1 : preposition.i + 10]:
        name = scene.name_at(token)
        if name:
            found = scene.type_of(name) == "LOC"
            return [Party(name.entity, scene.head(name))] if found else []
        inner = token.lemma_.lower() in scene.words.places.inner
        if token.pos_ not in ("DET", "ADJ", "ADP") and token.tag_ != "VBG" and not inner:
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


def compound_place(scene: Scene, noun: Token) -> list[Party]:
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
