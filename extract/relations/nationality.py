"""Where organisations are from, by an adjective: "the Swedish truckmaker Scania"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.records import Mention
from extract.relations.claims import Claim
from extract.relations.groups import Additions
from extract.relations.scene import Party, Scene
from extract.relations.seats import described, maker_from

_ORG = ("ORG",)


NATIONALITY = "nationality"  # how the names of its rules begin


def read_nationality(scene: Scene, sentence: Tokens, additions: Additions) -> Iterator[Claim]:
    """Seats in a country that only an adjective gives.

    The country becomes an entity of kind "nominal", unless the text names it elsewhere.
    """
    for token, end in _adjectives(scene, sentence):
        adjective = scene.doc[token.i : end]
        country = scene.words.demonyms[adjective.text.lower()]
        owner = _owner(scene, end)
        if owner is None or (owner.nominal and not scene.is_clear(owner.token)):
            continue
        scene.discourse.countries.setdefault(owner.entity, country)
        if scene.discourse.countries[owner.entity] != country:
            continue
        span = scene.span(adjective)
        place = additions.country(country, Mention(span.start, span.end, span.text, "nominal"))
        rule = f"{NATIONALITY} of nominal" if owner.nominal else NATIONALITY
        yield Claim("HEADQUARTERED_IN", owner, Party(place, token), token, rule)


def _adjectives(scene: Scene, sentence: Tokens) -> Iterator[tuple[Token, int]]:
    taken = -1
    for token in sentence:
        if token.i < taken or scene.name_at(token):
            continue
        for end in (token.i + 2, token.i + 1):
            if (
                end <= sentence.end
                and scene.doc[token.i : end].text.lower() in scene.words.demonyms
            ):
                taken = end
                yield token, end
                break


def _owner(scene: Scene, end: int) -> Party | None:
    if end >= len(scene.doc):
        return None
    name = scene.name_at(scene.doc[end])
    if name:
        named = [Party(name.entity, scene.head(name))] if scene.type_of(name) == "ORG" else []
        return next(iter(_single(scene, named)), None)
    noun = maker_from(scene, end)
    found = described(scene, noun.i, noun) if noun is not None else []
    return next(iter(_single(scene, found)), None)


def _single(scene: Scene, parties: list[Party]) -> list[Party]:
    """Without counted groups: that "38 Chinese firms" are from China is no news."""
    entities = scene.discourse.entities
    return [party for party in parties if entities[party.entity].subtype != "group"]
