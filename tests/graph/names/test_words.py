"""The tables of words and organisations are what the program takes them for."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from graph.names import fold, name_key
from graph.names.features import feature_names
from graph.names.lexicon import WordClass, words
from graph.names.organisations import known_organisations
from graph.names.people import parts, short_forms
from graph.names.scorer import _session

FOLDER = files("graph.names")
ROOT = Path(__file__).parents[3]
KINDS = {"firm", "university", "institute", "agency", "association", "media"}


def _rows(*path: str) -> list[dict[str, str]]:
    text = FOLDER.joinpath(*path).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _organisations() -> list[dict[str, str]]:
    names = sorted(file.name for file in FOLDER.joinpath("organisations").iterdir())
    return [row for name in names for row in _rows("organisations", name)]


def test_concepts_are_told_once_each_and_have_a_class() -> None:
    rows = _rows("words", "concepts.csv")
    assert len(rows) > 200
    assert not [name for name, n in Counter(row["concept"] for row in rows).items() if n > 1]
    assert {row["class"] for row in rows} <= {kind.name for kind in WordClass}


def test_a_word_means_the_same_in_every_language() -> None:
    for word in ("Universität", "université", "uniwersytet", "大学"):
        assert words()[fold(word)].concept == "university"
    assert words()["munchen"].concept == words()["munich"].concept


@pytest.mark.parametrize("name", ["places.csv", "regions.csv"])
def test_places_are_told_once_each(name: str) -> None:
    rows = _rows("words", name)
    assert not [place for place, n in Counter(r["place"] for r in rows).items() if n > 1]


def test_organisations_have_kind_country_and_four_fields() -> None:
    rows = _organisations()
    assert len(rows) > 1500
    for row in rows:
        assert set(row) == {"name", "kind", "country", "same", "apart"}, row
        assert row["kind"] in KINDS, row
        assert re.fullmatch("[A-Z]{2}", row["country"]), row


def test_no_organisation_is_apart_from_itself() -> None:
    for row in _organisations():
        own = {name_key("ORG", n) for n in [row["name"], *row["same"].split("|")] if n}
        apart = {name_key("ORG", n) for n in row["apart"].split("|") if n}
        assert own.isdisjoint(apart), row


def test_organisations_are_told_once_each() -> None:
    names = Counter(row["name"] for row in _organisations())
    assert not [name for name, n in names.items() if n > 1]


def test_a_name_that_two_organisations_share_is_of_neither() -> None:
    knowledge = known_organisations()
    assert knowledge.same(name_key("ORG", "UPM"), name_key("ORG", "UPM-Kymmene")) is None
    assert knowledge.same(name_key("ORG", "Sinopec Group"), name_key("ORG", "Sinopec")) is True


def test_short_forms_and_titles_are_folded() -> None:
    assert "bill" in short_forms()["william"]
    assert "dr" in parts()["title"]
    assert "jr" in parts()["suffix"]


def test_the_model_takes_the_features_there_are() -> None:
    (columns,) = _session().get_inputs()
    assert columns.shape[1] == len(feature_names())


def test_every_reason_is_given_somewhere() -> None:
    text = FOLDER.joinpath("reasons.yaml").read_text(encoding="utf-8")
    names = re.findall(r"^(\w+):", text, re.MULTILINE)
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("names", "resolution")
        for path in sorted((ROOT / "graph" / folder).glob("*.py"))
    )
    assert not [name for name in names if f'"{name}"' not in code]
