"""ontology.yaml holds together: what one part names, another part has."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml

from extract.ontology import Kind, RelationType, ontology

TYPES = {"ORG", "PER", "LOC", "PRODUCT"}
# Okabe and Ito, "Color Universal Design", 2008, and a grey.
PALETTE = [
    "#000000",
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
    "#999999",
]
SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]
KINDS = list(ontology().kinds.values())
RELATIONS = list(ontology().relations.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_drawn_so_that_all_can_tell_it(kind: Kind) -> None:
    assert kind.colour in PALETTE
    assert kind.shape in SHAPES
    assert kind.type in TYPES
    assert re.fullmatch(r"[A-Z][a-z]+", kind.label)


def test_no_two_kinds_of_organisation_look_alike() -> None:
    looks = [(kind.colour, kind.shape) for kind in KINDS if kind.label != "Place"]
    assert len(looks) == len(set(looks))


def test_a_type_and_subtype_name_one_kind() -> None:
    pairs = [(kind.type, kind.subtype) for kind in KINDS]
    assert len(pairs) == len(set(pairs))
    for kind in KINDS:
        assert ontology().kind_of(kind.type, kind.subtype) is kind


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_an_unknown_subtype_still_has_a_kind_of_its_type(type_: str) -> None:
    assert ontology().kind_of(type_, "never heard of").type == type_


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_a_relation_links_known_types(relation: RelationType) -> None:
    assert set(relation.head) <= TYPES
    assert set(relation.tail) <= TYPES
    assert re.fullmatch(r"[A-Z_]+", relation.name)
    assert all(relation.roles) == relation.deal
    if relation.symmetric:
        assert relation.head == relation.tail
        assert relation.label == relation.inverse


def test_only_real_ties_are_confirmed() -> None:
    confirmed = {status.name for status in ontology().statuses.values() if status.confirmed}
    assert confirmed == {"in_effect", "announced", "planned", "ended"}


def test_labels_and_relationship_types_share_no_name() -> None:
    assert not {kind.label.upper() for kind in KINDS} & {r.name for r in RELATIONS}


def test_the_file_has_no_key_twice() -> None:
    text = files("extract").joinpath("ontology.yaml").read_text(encoding="utf-8")
    keys = re.findall(r"^  (\w+):", text, re.MULTILINE)
    raw = yaml.safe_load(text)
    assert len(keys) == sum(len(raw[part]) for part in ("kinds", "relations", "statuses"))
