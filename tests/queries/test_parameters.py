from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import QueryError
from queries.parameters import check_parameters
from queries.questions import Parameter, Question, questions


def question(type_: str) -> Question:
    parameter = Parameter.model_validate(
        {"name": "x", "type": type_, "example": "e", "help": "an example"}
    )
    return Question(
        name="q",
        title="T",
        answers="A.",
        topic="t",
        parameters=(parameter,),
        columns={"x": "it"},
        picture="p",
        cypher="RETURN $x AS x",
    )


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("entity", "  Volkswagen \n AG ", "Volkswagen AG"),
        ("entity", "Cafe\u0301", "Caf\u00e9"),
        ("text", " a  b ", "a  b"),
        ("integer", "12", 12),
        ("number", "0.5", 0.5),
        ("date", "2024", "2024"),
        ("date", "2024-02-29", "2024-02-29"),
        ("boolean", "Yes", True),
        ("boolean", "0", False),
    ],
)
def test_a_string_becomes_the_parameters_type(type_: str, text: str, value: object) -> None:
    assert check_parameters(question(type_), {"x": text}) == {"x": value}


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("entity", "  "),
        ("text", ""),
        ("integer", "ten"),
        ("integer", "-1"),
        ("integer", "0"),
        ("integer", "99999999999999999999"),
        ("integer", "٣"),
        ("number", "nan"),
        ("number", "1e999"),
        ("date", "yesterday"),
        ("date", "2024-13"),
        ("date", "2023-02-29"),
        ("date", "0000"),
        ("date", "٢٠٢٤"),
        ("boolean", "perhaps"),
    ],
)
def test_a_malformed_value_is_told_with_an_example(type_: str, text: str) -> None:
    with pytest.raises(QueryError, match="write for example x=e") as caught:
        check_parameters(question(type_), {"x": text})
    assert "\n" not in str(caught.value)


def test_an_unknown_parameter_names_the_right_ones() -> None:
    with pytest.raises(QueryError) as caught:
        check_parameters(questions()["partners-of"], {"nam": "Volkswagen"})
    message = str(caught.value)
    assert "no parameter 'nam' (did you mean name?)" in message
    assert "name=Volkswagen" in message
    assert "unconfirmed=yes" in message


def test_one_name_for_both_sides_is_told() -> None:
    with pytest.raises(QueryError, match="a and b are the same name, 'VW'"):
        check_parameters(questions()["path-between"], {"a": "VW", "b": " vw "})


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(QueryError, match=r"needs the parameter b: it takes a=Volkswagen"):
        check_parameters(questions()["path-between"], {"a": "Volkswagen"})


def test_a_question_without_parameters_says_so() -> None:
    with pytest.raises(QueryError, match="it takes none"):
        check_parameters(questions()["research-centres-abroad"], {"x": "1"})


def test_defaults_are_filled_in() -> None:
    assert check_parameters(questions()["overview"], {}) == {
        "limit": 150,
        "unconfirmed": False,
    }
    assert check_parameters(questions()["evidence-for"], {"name": "A"}) == {
        "name": "A",
        "with": None,
        "limit": 500,
    }


@given(st.sampled_from(["entity", "text", "integer", "number", "date", "boolean"]), st.text())
def test_any_text_is_converted_or_told_in_one_line(type_: str, text: str) -> None:
    said = ""
    value: object = None
    try:
        value = check_parameters(question(type_), {"x": text})["x"]
    except QueryError as error:
        said = str(error)
    assert (value is None) == bool(said)
    assert len(said.splitlines()) <= 1
    str(value).encode("utf-8")
