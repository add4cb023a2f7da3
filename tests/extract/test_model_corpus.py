"""The annotated passages are as their format has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.model.annotated import read_corpus

GOOD = """@ one | wire | plants
{e1:Orbis} opened a plant in {e2:Gdansk}.
--
e1 ORG/firm
e2 LOC/city
e1 FACILITY_IN e2 | status=in_effect; kind=plant
no e1 HEADQUARTERED_IN e2 | why=cooccurrence
"""


def test_the_whole_corpus_can_be_read_and_its_offsets_hold() -> None:
    count = 0
    for record in read_corpus():
        count += 1
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                assert record["text"][mention["start"] : mention["end"]] == mention["text"]
    assert count >= 1515


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("--\n", "", "no line --"),
        ("{e2:Gdansk}", "{e2:Gdansk }", "blanks"),
        ("{e2:Gdansk}", "{Gdansk", "brace"),
        ("e2 LOC/city\n", "", "not declared"),
        ("ORG/firm", "ORG/shop", "unknown subtype"),
        ("FACILITY_IN", "FACILITY_AT", "unknown type"),
        ("FACILITY_IN e2", "FACILITY_IN e9", "unknown entity"),
        ("no e1 HEADQUARTERED_IN e2 | why=cooccurrence\n", "", '"no" line'),
        ("e1 ORG/firm", "e1 is a firm", "can't read"),
    ],
)
def test_a_wrong_annotation_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(read_corpus(tmp_path))


def test_a_right_one_is_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (record,) = read_corpus(tmp_path)
    assert record["text"] == "Orbis opened a plant in Gdansk."
    assert record["relations"][0]["attrs"] == {"status": "in_effect", "kind": "plant"}
