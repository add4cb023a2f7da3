"""Statements for ties that no rule has read: where they are told, and what is told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.passages import Name
from extract.records import Document, Statement
from extract.relations.claims import Claim
from extract.relations.facilities import facility_kind
from extract.relations.people import role_near
from extract.relations.scene import Party, Scene
from extract.relations.statements import state

NETWORK = "network"
_SENTENCE = 1000  # a sentence further off counts as so many characters
_MOST_NAMES = 60  # of one entity that are tried; a text with more has said it early


@dataclass(frozen=True, slots=True)
class _Spot:
    """A name with where it stands: sentence and code point, counted through the document."""

    scene: Scene
    name: Name
    sentence: int
    start: int


class Suggestions:
    """Makes statements of pairs of entities by the place where the two stand nearest."""

    def __init__(self, scenes: Sequence[Scene], document: Document) -> None:
        self._document = document
        self._spots: dict[str, list[_Spot]] = defaultdict(list)
        before = 0
        for scene in scenes:
            numbers = {token: i for i, s in enumerate(scene.doc.sents) for token in (s.start,)}
            for name in scene.names:
                sentence = before + numbers[scene.doc[name.start].sent.start]
                start = scene.offset + scene.doc[name.start].idx
                self._spots[name.entity].append(_Spot(scene, name, sentence, start))
            before += len(numbers)

    def make(self, relation: str, head: str, tail: str) -> Statement | None:
        """The statement of a tie, with evidence and attributes; None where a side has no name."""
        pair = self._nearest(head, tail)
        if pair is None:
            return None
        one, other = pair
        later = max(pair, key=lambda spot: spot.start)
        trigger = _trigger(one, other, later)
        sides = [self._party(spot, later) for spot in pair]
        attrs = _told(relation, later.scene, trigger, one)
        claim = Claim(relation, sides[0], sides[1], trigger, NETWORK, attrs)
        return state(later.scene, claim, self._document)

    def _nearest(self, head: str, tail: str) -> tuple[_Spot, _Spot] | None:
        pairs = (
            (abs(one.sentence - other.sentence) * _SENTENCE + abs(one.start - other.start), i, j)
            for i, one in enumerate(self._spots.get(head, ())[:_MOST_NAMES])
            for j, other in enumerate(self._spots.get(tail, ())[:_MOST_NAMES])
        )
        best = min(pairs, default=None)
        return (self._spots[head][best[1]], self._spots[tail][best[2]]) if best else None

    def _party(self, spot: _Spot, later: _Spot) -> Party:
        token = spot.scene.head(spot.name)
        away = spot.sentence != later.sentence
        return Party(spot.name.entity, token, spot.scene.span(token.sent) if away else None)


def _trigger(one: _Spot, other: _Spot, later: _Spot) -> Token:
    """The word under which both names hang; the root of the later sentence where they stand in
    two."""
    if one.sentence != other.sentence:
        return later.scene.head(later.name).sent.root
    left, right = (spot.scene.head(spot.name) for spot in (one, other))
    above = [left, *left.ancestors]
    for token in (right, *right.ancestors):
        if token in above:
            return token
    return left.sent.root


def _told(relation: str, scene: Scene, trigger: Token, head: _Spot) -> dict[str, str]:
    """What a tie of this type says of itself: the kind of a site, a person's role."""
    if relation == "FACILITY_IN":
        known = scene.words.places.facilities
        near = [t for t in trigger.sent if t.lemma_.lower() in known and scene.name_at(t) is None]
        if near:
            noun = min(near, key=lambda token: abs(token.i - trigger.i))
            return {"kind": facility_kind(scene, noun)}
    if relation == "EMPLOYED_BY" and head.scene is scene:
        role = role_near(scene, head.name)
        return {"role": role} if role else {}
    return {}
