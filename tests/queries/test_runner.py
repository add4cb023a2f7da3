from __future__ import annotations

import pytest

from extract.errors import QueryError
from graph.store import Store
from queries.near import near_words
from queries.runner import ask, run_cypher
from queries.values import NodeValue, PathValue, TieValue


def test_an_unknown_question_proposes_near_ones(world: Store) -> None:
    with pytest.raises(QueryError, match=r"no question 'partner-of'.*partners-of"):
        ask(world, "partner-of", {})


def test_a_wrong_parameter_is_told_before_anything_is_asked(world: Store) -> None:
    with pytest.raises(QueryError, match="needs the parameter name"):
        ask(world, "partners-of", {})


def test_an_answer_keeps_what_was_asked(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": " Scania "})
    assert answer.question is not None
    assert answer.question.name == "partners-of"
    assert answer.parameters == {"name": "Scania", "unconfirmed": False, "limit": 500}
    assert answer.note == ""


def test_an_unknown_name_proposes_near_ones(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": "Folkswagen"})
    assert answer.rows == ()
    assert answer.columns[:3] == ("entity", "tie", "partner")
    assert answer.note == "The graph knows no 'Folkswagen' (did you mean Volkswagen?)."
    assert answer.near == ("Volkswagen",)


def test_a_name_with_its_legal_form_is_found(world: Store) -> None:
    answer = ask(world, "people-of", {"name": "Scania AB"})
    assert len(answer.rows) == 1
    assert answer.parameters["name"] == "Scania"


def test_a_name_like_nothing_says_so(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": "Qqqqqqqq"})
    assert answer.note == "The graph knows no 'Qqqqqqqq'."


def test_both_unknown_names_are_told(world: Store) -> None:
    answer = ask(world, "path-between", {"a": "Scannia", "b": "Betta Cells"})
    assert "no 'Scannia' and 'Betta Cells'" in answer.note
    assert {"Scania", "Beta Cells"} <= set(answer.near)


def test_a_known_name_without_an_answer_says_what_was_asked(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": "Delta Chips"})
    assert answer.rows == ()
    assert "Who works with Delta Chips" in answer.note
    assert "unconfirmed=yes" in answer.note


@pytest.mark.parametrize(
    "hostile",
    ["'}) MATCH (n) DETACH DELETE n //", "\\u0027", "$name", "`", "\x00", "\ud800", "a" * 9999],
)
def test_a_hostile_name_is_only_a_name(world: Store, hostile: str) -> None:
    assert ask(world, "partners-of", {"name": hostile}).rows == ()


def test_cypher_of_ones_own(world: Store) -> None:
    answer = run_cypher(
        world,
        "MATCH p = (f:Firm {name: $name})-[t:FACILITY_IN]->(c:Place) "
        "RETURN p, f, t, [c] AS cities, 1 AS one",
        {"name": "Scania"},
    )
    assert answer.columns == ("p", "f", "t", "cities", "one")
    ((path, firm, tie, cities, one),) = answer.rows
    assert isinstance(path, PathValue)
    assert isinstance(firm, NodeValue)
    assert isinstance(tie, TieValue)
    assert [node.name for node in path.nodes] == ["Scania", "Rugao"]
    assert path.ties == (tie,)
    assert (firm.name, firm.labels) == ("Scania", ("Entity", "Firm"))
    assert cities == [tie.end]
    assert one == 1


def test_a_tie_alone_comes_with_its_ends(world: Store) -> None:
    ((tie,),) = run_cypher(world, "MATCH ()-[t:EMPLOYED_BY]->() RETURN t").rows
    assert isinstance(tie, TieValue)
    assert (tie.start.name, tie.end.name) == ("Jane Roe", "Scania")
    assert tie.start.id


def test_nothing_found_by_cypher_says_so(world: Store) -> None:
    answer = run_cypher(world, "MATCH (f:Firm {name: 'none'}) RETURN f AS firm")
    assert (answer.rows, answer.note) == ((), "Nothing found.")


@pytest.mark.parametrize(
    "cypher",
    [
        "",
        "MATCH (n RETURN n",
        "MATCH (n) RETURN m",
        "MATCH (n:Firm) RETURN $missing",
        "CREATE (n:Firm)",
        "MATCH (n) DETACH DELETE n",
    ],
)
def test_faulty_and_writing_cypher_is_told_in_one_line(world: Store, cypher: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_cypher(world, cypher)
    assert len(str(caught.value).splitlines()) == 1


def test_near_words() -> None:
    assert near_words("patrners-of", ["partners-of", "overview"]) == ("partners-of",)
    assert near_words("zzz", ["partners-of", "overview"]) == ()
