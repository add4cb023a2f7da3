from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.errors import QueryError
from extract.ontology import ontology
from queries.parameters import check_parameters
from queries.questions import Question, fill, parse_question, questions, read_question

HEADER = """/*
title: Firms
answers: Which firms there are.
topic: firms
{extra}
columns: {{firm: the firm}}
picture: the firms
*/
MATCH (firm:Firm) RETURN firm
"""


def parse(extra: str = "", text: str = HEADER) -> Question:
    return parse_question("firms", text.format(extra=extra), "firms.cypher")


def test_the_catalogue_has_the_questions_that_people_ask() -> None:
    assert set(questions()) >= {
        "documents-about",
        "evidence-for",
        "investments",
        "joint-ventures",
        "overview",
        "partners-of",
        "partnerships-between",
        "path-between",
        "people-of",
        "planned-or-rumoured",
        "research-centres-abroad",
        "ties-of-place",
    }


@pytest.mark.parametrize("name", questions())
def test_the_examples_of_a_header_are_accepted(name: str) -> None:
    question = questions()[name]
    examples = {parameter.name: parameter.example for parameter in question.parameters}
    assert set(check_parameters(question, examples)) == set(examples)


@pytest.mark.parametrize("name", questions())
def test_cypher_of_the_catalogue_avoids_what_one_engine_lacks(name: str) -> None:
    cypher = questions()[name].cypher
    assert not re.search(r"NULLS (LAST|FIRST)|\bSHORTEST\b|\bapoc\.|\bid\(|CALL ", cypher)


@pytest.mark.parametrize("name", questions())
def test_names_are_looked_up_by_a_key_made_beforehand(name: str) -> None:
    """The embedded engine scans where a function stands inside the pattern."""
    question = questions()[name]
    assert not re.search(r":Name \{key: toLower", question.cypher)
    named = [p for p in question.parameters if p.type == "entity" and p.required]
    assert question.cypher.count("(:Name {key: ") == len(named)


@pytest.mark.parametrize("name", questions())
def test_every_step_begins_at_what_is_known(name: str) -> None:
    """The embedded engine walks a pattern from its left end: a label alone there is a scan."""
    begins = re.findall(r"MATCH (?:\w+ = \w+\()?\((.*?)\)", questions()[name].cypher)
    known = [bool(re.fullmatch(r"\w+|.*\{.*\}", begin)) for begin in begins]
    named = any(parameter.type == "entity" for parameter in questions()[name].parameters)
    assert all(known if named else known[1:])


@pytest.mark.parametrize("name", ["partners-of", "partnerships-between"])
def test_partners_are_all_deals_of_the_ontology(name: str) -> None:
    deals = {relation.name for relation in ontology().relations.values() if relation.deal}
    cypher = questions()[name].cypher
    (followed,) = re.findall(r"\[tie:([A-Z_|]+)\]", cypher)
    assert set(followed.split("|")) == deals | {"UNCONFIRMED"}
    (listed,) = re.findall(r"tie\.type IN \[([^]]+)\]", cypher)
    assert set(re.findall(r"[A-Z_]+", listed)) == deals


@pytest.mark.parametrize("name", questions())
def test_relation_types_and_statuses_are_the_ontologys(name: str) -> None:
    known = {*ontology().relations, *ontology().statuses, "UNCONFIRMED"}
    model = {"SUBJECT", "OBJECT", "SITE", "ABOUT", "PARTY_TO", "SITED_IN"}
    model |= {"STATED_IN", "MENTIONS", "NAMED", "REFERS_TO", "IN_BLOCK"}
    cypher = questions()[name].cypher
    types = {t for group in re.findall(r"\[\w*:([A-Z_|]+)", cypher) for t in group.split("|")}
    assert types <= known | model
    statuses = set(re.findall(r"'([a-z_]+)'", cypher)) - {"new"}  # a change, no status
    assert statuses <= {*known, *ontology().facility_kinds, *ontology().partnership_kinds}


def test_a_default_makes_a_parameter_optional_even_when_it_is_nothing() -> None:
    question = questions()["evidence-for"]
    required = {parameter.name: parameter.required for parameter in question.parameters}
    assert required == {"name": True, "with": False, "limit": False}


def test_placeholders_are_filled() -> None:
    question = questions()["partners-of"]
    assert question.sentence({"name": "A {name} & <b>"}).startswith(
        "Who works with A {name} & <b>,"
    )
    assert fill("{limit} of {name}", {"limit": 3, "name": None}) == "3 of any"


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("colour: red", "line 5: colour: Extra inputs are not permitted"),
        ("name: other", "name is not a key"),
        ("parameters: [{name: x, type: entity, example: A, help: b}]", "the Cypher has no $x"),
        ("parameters: [{name: x, type: firm, example: A, help: b}]", "line 5: parameters.0.type"),
        ("parameters:\n  - {name: x, type: text, help: b}", "line 6: parameters.0.example"),
        ("parameters: [{", "line 7: the header is not YAML"),
    ],
)
def test_a_faulty_header_is_told_with_its_line(extra: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(extra)
    message = str(caught.value)
    assert message.startswith("firms.cypher, line ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n) RETURN n", "line 1: a question begins with a header"),
        ("/* just words */ MATCH (n) RETURN n", "holds no keys"),
        ("/*\ntitle: T\n*/", "Field required"),
    ],
)
def test_a_file_without_a_header_is_told(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        parse_question("firms", text, "firms.cypher")


def test_an_undeclared_parameter_is_told() -> None:
    with pytest.raises(QueryError, match=r"uses \$name, which is not declared"):
        parse(text=HEADER.replace("(firm:Firm)", "(firm:Firm {{name: $name}})"))


def test_a_dollar_in_a_string_or_a_comment_is_no_parameter() -> None:
    text = HEADER.replace("RETURN firm", "WHERE firm.name <> '$x' // $y\nRETURN firm")
    assert parse(text=text).parameters == ()


def test_a_question_is_read_from_a_file_and_named_after_it(tmp_path: Path) -> None:
    path = tmp_path / "my-firms.cypher"
    path.write_text(HEADER.format(extra=""), encoding="utf-8")
    question = read_question(path)
    assert (question.name, question.cypher) == ("my-firms", "MATCH (firm:Firm) RETURN firm")
    assert question.columns == {"firm": "the firm"}


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.cypher"
    path.write_bytes(b"/*\xff*/")
    with pytest.raises(QueryError, match=r"bad\.cypher: can't be read"):
        read_question(path)
