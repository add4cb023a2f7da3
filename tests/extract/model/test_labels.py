"""What the network tells apart is what the ontology has."""

from __future__ import annotations

from itertools import product

import pytest

from extract.model.labels import OUTSIDE, REAL, STATUSES, TAGS, TYPES, begin, labels
from extract.ontology import ontology


def test_ties_are_those_of_the_ontology_but_for_licences() -> None:
    """The passages have a licence as a partnership of that kind."""
    assert set(ontology().relations) - set(labels().relations) == {"LICENSES_TO"}
    assert set(labels().relations) <= set(ontology().relations)


def test_every_kind_of_the_ontology_but_counted_groups_has_one_output() -> None:
    known = {(kind.type, kind.subtype) for kind in ontology().kinds.values()}
    assert set(labels().kinds) == known - {("ORG", "group")}
    assert len(set(labels().kinds)) == len(labels().kinds)


def test_types_are_those_of_the_kinds() -> None:
    assert set(TYPES) == {kind.type for kind in ontology().kinds.values()}


def test_allowed_is_what_the_ontology_allows() -> None:
    for (h, head), (t, tail) in product(enumerate(TYPES), enumerate(TYPES)):
        found = dict(zip(labels().relations, labels().allowed[h, t], strict=True))
        assert found == {name: ontology().allows(name, head, tail) for name in labels().relations}


def test_symmetric_ties_are_those_of_the_ontology() -> None:
    found = dict(zip(labels().relations, labels().symmetric, strict=True))
    assert found == {name: ontology().relations[name].symmetric for name in labels().relations}


def test_the_first_statuses_are_those_of_real_ties() -> None:
    confirmed = [ontology().statuses[name].confirmed for name in STATUSES]
    assert confirmed == [True] * REAL + [False] * (len(STATUSES) - REAL)


def test_each_type_has_a_begin_and_an_inside_of_its_own() -> None:
    tags = [begin(type_) + inside for type_ in TYPES for inside in (0, 1)]
    assert sorted([OUTSIDE, *tags]) == list(range(TAGS))


@pytest.mark.parametrize(
    ("type_", "subtype", "expected"),
    [
        ("ORG", "university", ("ORG", "university")),
        ("ORG", "shop", ("ORG", "other")),
        ("ORG", None, ("ORG", "other")),
        ("ORG", "group", ("ORG", "other")),
        ("LOC", "lake", ("LOC", "region")),
        ("PER", None, ("PER", "person")),
    ],
)
def test_an_unknown_subtype_is_the_widest_kind(
    type_: str, subtype: str | None, expected: tuple[str, str]
) -> None:
    assert labels().kinds[labels().kind(type_, subtype)] == expected
