"""When two spellings are one name."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.ontology import ontology
from graph.ids import entity_id, group_id, partnership_id, statement_id, tie_id
from graph.names import name_key
from graph.names.keys import other_names

SAME = [
    ("ORG", "Siemens AG", "siemens"),
    ("ORG", "SIEMENS A.G.", "Siemens"),
    ("ORG", "Fiat S.p.A.", "Fiat"),
    ("ORG", "Ørsted A/S", "Orsted"),
    ("ORG", "Robert Bosch GmbH & Co. KG", "Robert Bosch"),
    ("ORG", "Tata Sons Pvt. Ltd.", "Tata Sons"),
    ("ORG", "The Walt Disney Company", "Walt Disney"),
    ("ORG", "Volkswagen’s", "Volkswagen"),
    ("ORG", "Société Générale", "Societe Generale"),
    ("ORG", "Rolls-Royce", "Rolls Royce"),
    ("ORG", "L'Oréal", "L’Oreal"),
    ("ORG", "Ernst & Young", "Ernst and Young"),
    ("ORG", "Ａｃｍｅ", "Acme"),
    ("LOC", "U.S.", "the United States"),
    ("LOC", "Britain", "UK"),
]
DIFFERENT = [
    ("ORG", "SAS Institute", "Institute"),
    ("ORG", "AS Roma", "Roma"),
    ("ORG", "University of Applied Sciences Bremen", "University of Applied Sciences Mainz"),
    ("ORG", "C++ Alliance", "C Alliance"),
    ("ORG", "BYD", "BMW"),
    ("ORG", "中国", "忠国"),
    ("PER", "Jane Roe", "John Roe"),
    ("LOC", "US", "UK"),
]


@pytest.mark.parametrize(("type_", "one", "other"), SAME)
def test_same(type_: str, one: str, other: str) -> None:
    assert name_key(type_, one) == name_key(type_, other)


@pytest.mark.parametrize(("type_", "one", "other"), DIFFERENT)
def test_different(type_: str, one: str, other: str) -> None:
    assert name_key(type_, one) != name_key(type_, other)


@pytest.mark.parametrize("name", ["Company", "Inc", "GmbH", "The", "Co", "!!!", "", "\ud800"])
def test_a_name_that_is_nothing_else_keeps_something(name: str) -> None:
    assert name_key("ORG", name)


@given(st.text(max_size=80), st.sampled_from(["ORG", "PER", "LOC", "PRODUCT"]))
def test_a_key_is_the_key_of_itself_in_any_case_and_spacing(name: str, type_: str) -> None:
    key = name_key(type_, name)
    assert key
    assert name_key(type_, f"  {name} ") == key
    assert entity_id(type_, name) == entity_id(type_, name)


def test_types_never_merge() -> None:
    assert len({entity_id(type_, "Jordan") for type_ in ("ORG", "PER", "LOC", "PRODUCT")}) == 4


def test_groups_are_told_apart_by_document_and_place() -> None:
    assert len({group_id(doc, "38 firms", at) for doc in ("a", "b") for at in (0, 9)}) == 4


def test_symmetric_ties_have_one_id() -> None:
    assert tie_id("PARTNERS_WITH", "a", "b") == tie_id("PARTNERS_WITH", "b", "a")
    assert tie_id("ACQUIRED", "a", "b") != tie_id("ACQUIRED", "b", "a")
    assert statement_id("d", "MERGED_WITH", "a", "b", 1) == statement_id(
        "d", "MERGED_WITH", "b", "a", 1
    )


def test_a_deal_is_its_parties_roles_and_place() -> None:
    parties = [("buyer", "a"), ("target", "b")]
    same = partnership_id("ACQUIRED", parties[::-1], [])
    assert partnership_id("ACQUIRED", parties, []) == same
    assert partnership_id("ACQUIRED", [("target", "a"), ("buyer", "b")], []) != same
    assert partnership_id("FACILITY_IN", [("operator", "a")], ["x"]) != partnership_id(
        "FACILITY_IN", [("operator", "a")], ["y"]
    )


def test_the_alias_file_is_sound() -> None:
    text = files("graph.names").joinpath("aliases.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(x for x in text.splitlines() if not x.startswith("#")))
    types = {kind.type for kind in ontology().kinds.values()}
    assert {row["type"] for row in rows} <= types
    assert len({(row["type"], row["alias"]) for row in rows}) == len(rows)
    for row in rows:
        # No chain: the full name is no alias itself, and the alias leads to it.
        key = name_key(row["type"], row["name"])
        assert name_key(row["type"], row["alias"]) == key
        assert row["alias"] in other_names(row["type"], key)


def test_legal_forms_cause_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    name_key("ORG", "Żółw Spółka z o.o.")
    assert not recwarn.list
