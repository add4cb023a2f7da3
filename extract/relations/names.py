"""Ties that two names state side by side: "X's Centre for Y", "the Z Institute at X"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span as Tokens

from extract.passages import Name
from extract.relations.claims import Claim
from extract.relations.scene import Party, Scene

_UNITS = frozenset({"institute", "university", "agency", "other"})
_WHOLES = frozenset({"university", "institute", "agency", "association", "firm", "other"})


def read_names(scene: Scene, sentence: Tokens) -> Iterator[Claim]:
    """Parts and subsidiaries, by a possessive or preposition between two organisations."""
    names = [name for name in scene.names if sentence.start <= name.start < sentence.end]
    for left, right in pairwise(names):
        if scene.type_of(left) == scene.type_of(right) == "ORG":
            yield from _pair(scene, left, right)


def _pair(scene: Scene, left: Name, right: Name) -> Iterator[Claim]:
    between = scene.doc[left.end : right.start]
    words = [token.lower_ for token in between]
    if "group" in (_subtype(scene, left), _subtype(scene, right)):
        return
    if len(between) == 1 and between[0].tag_ == "POS":
        part = _subtype(scene, right) in _UNITS
        type_ = "PART_OF" if part else "SUBSIDIARY_OF"
        yield _claim(scene, type_, right, left, "name's name")
    elif words in (["of"], ["at"], ["of", "the"], ["at", "the"]) and (
        _subtype(scene, left) == "institute" and _subtype(scene, right) in _WHOLES
    ):
        yield _claim(scene, "PART_OF", left, right, "name of name")


def _subtype(scene: Scene, name: Name) -> str:
    return scene.discourse.entities[name.entity].subtype


def _claim(scene: Scene, type_: str, child: Name, parent: Name, rule: str) -> Claim:
    one, other = (Party(name.entity, scene.head(name)) for name in (child, parent))
    return Claim(type_, one, other, scene.head(child), rule)
