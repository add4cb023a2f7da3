"""Who works where: roles before and after a name, and "Jane Roe of X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.passages import Name
from extract.relations.claims import Claim
from extract.relations.modality import judge
from extract.relations.scene import Party, Scene
from extract.relations.seats import next_name
from extract.relations.slots import named_by, noun_slot, verb_slot

_ORG = ("ORG",)
_PER = ("PER",)


def read_people(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """Employment that a role noun or a bare preposition states."""
    roles = [
        claim
        for token in sentence
        if scene.name_at(token) is None and _is_role(scene, token)
        for claim in _of_role(scene, token)
    ]
    yield from roles
    yield from _succeeded(scene, sentence, [claim for claim in roles if claim.status != "ended"])
    for name in scene.names:
        if sentence.start <= name.start < sentence.end and scene.type_of(name) == "PER":
            yield from _of_preposition(scene, name)


def _is_role(scene: Scene, token: Token) -> bool:
    nouns = scene.words.employment.nouns
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and (
        token.lemma_.lower() in nouns or token.lower_ in nouns
    )


def _of_role(scene: Scene, noun: Token) -> Iterator[Claim]:
    if noun.i + 1 < len(scene.doc) and _is_role(scene, scene.doc[noun.i + 1]):
        return  # "chief executive": the last word is the role's head
    employment = scene.words.employment
    people = _people(scene, noun)
    if not people:
        people = _after_employer(scene, noun)
    if not people:
        return
    employers: list[Party] = []
    rule = "role"
    for slot in employment.slots:
        employers = noun_slot(scene, noun, slot, _ORG, scene.words.owners["parts"])
        if employers:
            rule = f"role {slot}"
            break
    if not employers:
        employers, rule = _further(scene, noun), "role further"
    if not employers:
        employers, rule = _implied(scene, noun), "role alone"
    role = _role(scene, noun)
    status = "ended" if not employment.past.isdisjoint(role.lower().split()) else ""
    for person in people:
        for employer in employers:
            yield Claim("EMPLOYED_BY", person, employer, noun, rule, {"role": role}, status)


def _succeeded(scene: Scene, sentence: Tokens, roles: Sequence[Claim]) -> Iterator[Claim]:
    """Whose jobs are over: "X succeeds Y as chief of Z", "X becomes chief of Z, replacing Y"."""
    for verb in sentence:
        if verb.lemma_ not in scene.words.employment.replacing or verb.pos_ != "VERB":
            continue
        ahead = judge(verb, scene.words).modality != "in_effect"
        left = {each.entity: each for each in verb_slot(scene, verb, "object", _PER)}
        new = {each.entity for each in verb_slot(scene, verb, "subject", _PER)}
        new = new or {claim.head.entity for claim in roles}
        if len(new) != 1:
            continue
        for claim in roles:
            for person in left.values() if claim.head.entity in new else ():
                status = "" if ahead else "ended"
                rule = "role of the one before"
                yield replace(claim, head=person, status=status, rule=rule)


def _incoming(scene: Scene, noun: Token) -> list[Party]:
    """Who takes over a role: "X succeeds Y as chief executive"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "as":
        return []
    if verb.lemma_ not in scene.words.employment.replacing:
        return []
    return verb_slot(scene, verb, "subject", _PER)


def _people(scene: Scene, noun: Token) -> list[Party]:
    found = _incoming(scene, noun) or named_by(scene, noun, _PER)
    if found:
        return found[:1] if noun.tag_ == "NN" else found
    i = noun.i + 1  # "chairman and chief executive Jane Roe"
    while i < noun.sent.end and i - noun.i < 5:
        name = scene.name_at(scene.doc[i])
        if name:
            return [Party(name.entity, scene.head(name))] if scene.type_of(name) == "PER" else []
        if not (_is_role(scene, scene.doc[i]) or scene.doc[i].lower_ in ("and", "&")):
            return []
        i += 1
    return []


def _further(scene: Scene, noun: Token) -> list[Party]:
    """The employer at the end of a role: "vice-president for research at X"."""
    for token in scene.doc[noun.i + 1 : min(noun.i + 14, noun.sent.end)]:
        name = scene.name_at(token)
        if name:
            found = scene.type_of(name) == "ORG"
            return [Party(name.entity, scene.head(name))] if found else []
        if token.pos_ in ("VERB", "AUX", "PUNCT", "PRON") and token.lower_ not in ("-", "&"):
            return []
    return []


def _after_employer(scene: Scene, noun: Token) -> list[Party]:
    """ "The chairman of X, Jane Roe,"."""
    employer = next(iter(_further(scene, noun)), None)
    name = scene.name_at(employer.token) if employer else None
    if name is None or name.end + 1 >= len(scene.doc) or scene.doc[name.end].lower_ != ",":
        return []
    person = scene.name_at(scene.doc[name.end + 1])
    if person is None or scene.type_of(person) != "PER" or person.end >= len(scene.doc):
        return []
    closed = scene.doc[person.end].lower_ in (",", ".", ";")
    return [Party(person.entity, scene.head(person))] if closed else []


def _implied(scene: Scene, noun: Token) -> list[Party]:
    """A bare "chief executive Jane Roe" is of the organisation that the text is about."""
    if noun.lemma_.lower() not in scene.words.employment.bare or noun.dep_ == "pobj":
        return []
    if any(child.dep_ in ("prep", "poss") for child in noun.children):
        return []
    here = [name.entity for name in scene.names if noun.sent.start <= name.start < noun.i]
    found = scene.discourse.sole(here)
    return [Party(found[0], noun, found[1], True)] if found else []


def _role(scene: Scene, noun: Token) -> str:
    """The role as written: "chief executive", "head of China research"."""
    start = noun.i
    while start > noun.sent.start and noun.i - start < 6:
        left = scene.doc[start - 1]
        if scene.name_at(left) or not (
            left.pos_ in ("ADJ", "NOUN", "PROPN") or left.lower_ in ("-", "&", "and", "vice")
        ):
            break
        start -= 1
    while scene.doc[start].lower_ in ("and", "&", "-"):
        start += 1
    end = noun.i + 1
    if end + 1 < len(scene.doc) and scene.doc[end].lower_ in ("of", "for"):
        stop = end + 1
        while (
            stop < noun.sent.end
            and stop - end < 6
            and not scene.name_at(scene.doc[stop])
            and (scene.doc[stop].pos_ in ("ADJ", "NOUN", "PROPN", "CCONJ"))
        ):
            stop += 1
        if stop > end + 1 and not scene.name_at(scene.doc[min(stop, len(scene.doc) - 1)]):
            end = stop
    return scene.doc[start:end].text


def role_near(scene: Scene, person: Name) -> str:
    """The role that stands beside a person's name: "chief executive Jane Roe", "Jane Roe, head
    of research"."""
    sentence = scene.doc[person.start].sent
    for i in (
        *range(person.start - 1, sentence.start - 1, -1)[:3],
        *range(person.end, sentence.end)[:8],
    ):
        token = scene.doc[i]
        if scene.name_at(token):
            continue
        if _is_role(scene, token):
            following = i + 1 < sentence.end and _is_role(scene, scene.doc[i + 1])
            return _role(scene, scene.doc[i + 1] if following else token)
    return ""


def _of_preposition(scene: Scene, name: Name) -> Iterator[Claim]:
    """ "Jane Roe of X", "Jane Roe (X)"."""
    doc = scene.doc
    if name.end + 1 >= len(doc):
        return
    joint, first = doc[name.end], doc[name.end + 1]
    employer = next_name(scene, name.end + 2 if first.pos_ == "DET" else name.end + 1)
    if employer is None or scene.type_of(employer) != "ORG":
        return
    closed = employer.end < len(doc) and doc[employer.end].lower_ == ")"
    if joint.lower_ in scene.words.employment.direct or (joint.lower_ == "(" and closed):
        after = doc[employer.end] if employer.end < len(doc) else None
        if after is not None and after.tag_ == "POS":
            return
        person = Party(name.entity, scene.head(name))
        for each in scene.coordinated(employer)[:1]:
            yield Claim(
                "EMPLOYED_BY", person, Party(each.entity, scene.head(each)), joint, "person of"
            )
