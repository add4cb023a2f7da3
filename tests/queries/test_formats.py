from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.spatial import CartesianPoint
from neo4j.time import Date, DateTime, Duration
from rich.console import Console

from queries.formats import as_csv, as_json, as_table, code_in_words, in_words, tie_label
from queries.questions import questions
from queries.runner import Answer
from queries.values import NodeValue, PathValue, TieValue

VW = NodeValue("e-1", ("Entity", "Firm"), {"id": "e-1", "name": "Volkswagen"})
HEFEI = NodeValue("e-2", ("Entity", "Place"), {"id": "e-2", "name": "Hefei"})
SITE = TieValue("FACILITY_IN", VW, HEFEI, {"status": "in_effect", "confidence": 0.9})
DENIED = TieValue("UNCONFIRMED", HEFEI, VW, {"status": "denied", "type": "ACQUIRED"})


def answer(columns: tuple[str, ...], *rows: tuple[object, ...], asked: str = "") -> Answer:
    question = questions()[asked] if asked else None
    return Answer(question, "RETURN 1", {}, columns, rows)


def shown(a: Answer, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    console.print(as_table(a))
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_a_table_reads_from_one_end_to_the_other() -> None:
    forwards = shown(answer(("a", "tie", "b"), (VW, SITE, HEFEI)))
    assert "has a site in" in forwards
    backwards = shown(answer(("a", "tie", "b"), (HEFEI, SITE, VW)))
    assert "hosts a site of" in backwards


def test_a_tie_without_its_ends_beside_it_is_told_in_full() -> None:
    assert "Volkswagen –has a site in→ Hefei" in shown(answer(("tie",), (SITE,)))


def test_an_unconfirmed_tie_says_its_real_type_and_status() -> None:
    assert tie_label(DENIED) == "acquired (denied)"
    assert tie_label(DENIED, backwards=True) == "acquired by (denied)"


def test_codes_are_words_in_the_catalogues_tables_only() -> None:
    row = (VW, "rnd_centre", "in_effect")
    columns = ("firm", "kind", "status")
    assert "R&D centre" in shown(answer(columns, row, asked="overview"))
    assert "rnd_centre" in shown(answer(columns, row))
    assert code_in_words("kind", None) == ""


def test_empty_columns_are_left_out_of_a_table() -> None:
    text = shown(answer(("firm", "amount", "place"), (VW, None, [])))
    assert "amount" not in text
    assert "place" not in text


def test_neither_markup_nor_escapes_reach_the_terminal() -> None:
    hostile = "[red]x[/red]\x1b[2J\x9b31m\x07\u202eevil\nnext\ud800"
    text = shown(answer(("name",), (hostile,)))
    assert "[red]x[/red]" in text
    assert not set("\x1b\x9b\x07\u202e\ud800") & set(text)
    assert "evil next" in text


def test_json_is_an_array_of_row_objects() -> None:
    rows = json.loads(as_json(answer(("firm", "tie", "n"), (VW, SITE, 3))))
    assert rows == [
        {
            "firm": {
                "id": "e-1",
                "labels": ["Entity", "Firm"],
                "properties": {"id": "e-1", "name": "Volkswagen"},
            },
            "tie": {
                "type": "FACILITY_IN",
                "start": "e-1",
                "end": "e-2",
                "properties": {"status": "in_effect", "confidence": 0.9},
            },
            "n": 3,
        }
    ]


def test_json_of_a_path_and_of_nothing() -> None:
    path = PathValue((VW, HEFEI), (SITE,))
    (row,) = json.loads(as_json(answer(("p",), (path,))))
    assert [node["id"] for node in row["p"]["nodes"]] == ["e-1", "e-2"]
    assert [tie["type"] for tie in row["p"]["ties"]] == ["FACILITY_IN"]
    assert json.loads(as_json(answer(("p",)))) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Date(2024, 5, 1), "2024-05-01"),
        (DateTime(2024, 5, 1, 12), "2024-05-01T12:00:00.000000000"),
        (Duration(days=1), "P1D"),
        (CartesianPoint((1.0, 2.0)), "CartesianPoint(1.0, 2.0)"),
        (b"\x00\xff", "AP8="),
        (float("nan"), None),
        ("\ud800", "\ufffd\ufffd\ufffd"),
        ([1, {"b": True, "a": None}], [1, {"a": None, "b": True}]),
    ],
)
def test_json_of_other_values(value: object, expected: object) -> None:
    assert json.loads(as_json(answer(("v",), (value,)))) == [{"v": expected}]


def test_csv_is_rfc_4180() -> None:
    text = as_csv(answer(("firm", "tie", "n", "said"), (VW, SITE, 0.5, 'a "b",\nc')))
    assert text == (
        'firm,tie,n,said\r\nVolkswagen,Volkswagen –has a site in→ Hefei,0.5,"a ""b"",\nc"\r\n'
    )


def test_csv_of_nothing_still_has_its_header() -> None:
    assert as_csv(answer(("a", "b"))) == "a,b\r\n"
    assert as_csv(answer(())) == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_csv_cells_that_a_spreadsheet_would_run_are_guarded(text: str) -> None:
    (_, row) = csv.reader(io.StringIO(as_csv(answer(("v", "n"), (text, -1))), newline=""))
    assert row == ["'" + text, "-1"]


def test_values_in_words() -> None:
    assert in_words([VW, None, HEFEI]) == "Volkswagen; ; Hefei"
    assert in_words({"a": True}) == "a: yes"
    assert in_words(0.123456) == "0.1235"
    assert in_words(12345.678) == "12345.678"
    path = PathValue((HEFEI, VW, HEFEI), (SITE, SITE))
    assert in_words(path) == "Hefei ←has a site in– Volkswagen –has a site in→ Hefei"


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\t\r\n"))


def test_csv_cells_hold_no_control_characters() -> None:
    assert as_csv(answer(("v",), ("a\x1b[31m\x00\x9b\tb",))) == "v\r\na[31m\tb\r\n"


@given(st.lists(CELL, min_size=1, max_size=3))
def test_csv_is_read_back_as_it_was_written(cells: list[str]) -> None:
    columns = tuple(f"c{i}" for i in range(len(cells)))
    text = as_csv(answer(columns, tuple(cells)))
    text.encode("utf-8")
    (_, row) = csv.reader(io.StringIO(text, newline=""))
    assert len(row) == len(cells)
    for got, cell in zip(row, cells, strict=True):
        assert not got.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert got.removeprefix("'") == cell.removeprefix("'")


@given(st.text())
def test_no_text_upsets_a_table(text: str) -> None:
    out = shown(answer(("name",), (text,)))
    out.encode("utf-8")
    assert not any(ord(char) < 32 and char != "\n" for char in out)
