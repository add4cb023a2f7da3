"""The whole way of ties that are only possible: loaded, asked for, drawn, and then stated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.records import Reading
from graph.load import load
from graph.store import Store
from queries.drawing import draw
from queries.formats import as_csv
from queries.page.payload import make_payloads
from queries.profile import profiles
from queries.runner import ask, run_cypher

GUIDE = Path(__file__).parents[2] / "docs" / "graph-model.md"
(RECIPE,) = re.findall(r"```cypher\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
TIES = "MATCH (a:Entity)-[tie:UNCONFIRMED {status: 'possible'}]->(b:Entity) RETURN a, tie, b"
ASKED = [
    ("overview", {"unconfirmed": "yes"}),
    ("partners-of", {"name": "Scania", "unconfirmed": "yes"}),
    ("partners-of", {"name": "Delta Chips", "unconfirmed": "yes"}),
    ("partnerships-between", {"a": "Delta Chips", "b": "Scania", "unconfirmed": "yes"}),
    ("partnerships-between", {"a": "Scania", "b": "Rugao", "unconfirmed": "yes"}),
    ("ties-of-place", {"place": "Leipzig", "unconfirmed": "yes"}),
    ("ties-of-place", {"place": "Rugao", "unconfirmed": "yes"}),
    ("evidence-for", {"name": "Delta Chips"}),
    ("evidence-for", {"name": "Scania", "with": "Rugao"}),
    ("people-of", {"name": "Scania"}),
    ("path-between", {"a": "Nordbank", "b": "Scania"}),
    ("investments", {}),
    ("joint-ventures", {}),
    ("research-centres-abroad", {}),
    ("planned-or-rumoured", {}),
]


@pytest.fixture
def doubted(embedded_store: Store, readings: tuple[Reading, ...], unsure: Reading) -> Store:
    """The invented world, and the document of whose ties the reader is unsure."""
    load(embedded_store, [*readings, unsure])
    return embedded_store


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=lambda value: str(value)[:60])
def test_possible_ties_change_no_answer_and_no_picture(
    embedded_store: Store,
    readings: tuple[Reading, ...],
    unsure: Reading,
    name: str,
    parameters: dict[str, str],
) -> None:
    def asked() -> tuple[object, ...]:
        answer = ask(embedded_store, name, parameters)
        picture = draw(embedded_store, answer)
        names = [node.name for node in picture.nodes]
        return as_csv(answer), names, picture.links, picture.evidence, picture.documents

    load(embedded_store, readings)
    before = asked()
    load(embedded_store, [unsure])
    assert asked() == before


def test_the_recipe_of_the_guide_lists_possible_ties_with_their_sentences(doubted: Store) -> None:
    answer = run_cypher(doubted, RECIPE)
    assert {row[-2] for row in answer.rows} == {
        "Scania spoke of Delta Chips.",
        "Nordbank, Delta Chips and Scania met in Leipzig.",
    }
    assert tuple(row[:3] for row in answer.rows) == (
        ("Delta Chips", "JOINT_VENTURE_WITH", "Nordbank"),
        ("Nordbank", "JOINT_VENTURE_WITH", "Scania"),
        ("Delta Chips", "SUPPLIES", "Scania"),
    )


def test_the_question_of_what_is_not_sure_lists_them_where_it_is_told_to(doubted: Store) -> None:
    answer = ask(doubted, "planned-or-rumoured", {"possible": "yes"})
    status = answer.columns.index("status")
    assert [row[status] for row in answer.rows][-3:] == ["possible"] * 3
    picture = draw(doubted, answer)
    assert {link.status for link in picture.links} == {"planned", "rumoured", "denied"}
    assert "Nordbank" not in {node.name for node in picture.nodes}


@pytest.mark.parametrize(
    "cypher",
    [
        TIES,
        "MATCH p = (:Entity)-[:UNCONFIRMED {status: 'possible'}]->(:Entity) RETURN p",
        "MATCH (p:Partnership {status: 'possible'}) RETURN p",
        "MATCH (s:Statement {status: 'possible'}) RETURN s",
        "MATCH (s)-[about:ABOUT]->(p:Partnership {status: 'possible'}) RETURN s, about, p",
    ],
)
def test_no_page_draws_them_whatever_is_asked(doubted: Store, cypher: str) -> None:
    answer = run_cypher(doubted, cypher)
    assert answer.rows
    payload = make_payloads(draw(doubted, answer))[0]
    assert (payload["nodes"], payload["links"], payload["evidence"]) == ([], [], [])


def test_a_page_says_what_it_leaves_out(doubted: Store) -> None:
    assert draw(doubted, run_cypher(doubted, TIES)).note.startswith("3 ties are only possible")


def test_the_profile_of_an_entity_is_without_them(doubted: Store) -> None:
    (profile,) = profiles(doubted, "Scania")
    assert [(tie.says, tie.other) for tie in profile.ties] == [
        ("employs", "Jane Roe"),
        ("has a site in", "Rugao"),
    ]


def test_a_document_that_states_one_makes_it_a_tie_like_any_other(
    doubted: Store, sure: Reading
) -> None:
    load(doubted, [sure])
    asked = {"a": "Delta Chips", "b": "Scania"}
    answer = ask(doubted, "partnerships-between", asked)
    (row,) = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    assert (row["status"], row["confidence"], row["documents"]) == ("in_effect", 0.9, 1)
    picture = draw(doubted, answer)
    assert [(link.type, link.status) for link in picture.links] == [("SUPPLIES", "in_effect")]
    assert [sentence.text for sentence in picture.evidence] == ["Delta Chips supplies Scania."]
    assert len(run_cypher(doubted, RECIPE).rows) == 2
