"""What may be given for a parameter, from the graph at hand."""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.parameters import check_parameters
from queries.questions import Parameter, questions
from queries.suggestions import suggest

EVERY = [(q.name, p.name) for q in questions().values() for p in q.parameters]


def parameter(question: str, name: str) -> Parameter:
    return next(p for p in questions()[question].parameters if p.name == name)


@pytest.mark.parametrize(("question", "name"), EVERY)
def test_what_is_suggested_may_be_given(world: Store, question: str, name: str) -> None:
    asked = questions()[question]
    examples = {p.name: p.example for p in asked.parameters if p.required}
    for value in suggest(world, parameter(question, name))[:3]:
        if value in (text for other, text in examples.items() if other != name):
            continue  # of two sides
        others = {"from": value, "to": value} if name in ("from", "to") else {}
        assert check_parameters(asked, {**examples, **others, name: value})


@pytest.mark.parametrize(("question", "name"), EVERY)
def test_names_dates_and_countries_are_suggested(world: Store, question: str, name: str) -> None:
    one = parameter(question, name)
    if one.type in ("entity", "date", "country"):
        assert suggest(world, one)


def test_names_of_places_alone_where_a_place_is_asked_for(world: Store) -> None:
    assert suggest(world, parameter("ties-of-place", "place"), "S") == ["Saxony", "Suzhou"]


def test_only_customers_where_a_customer_is_asked_for(world: Store) -> None:
    customers = world.read("MATCH ()-[:SUPPLIES]->(c) RETURN DISTINCT c.name AS name ORDER BY name")

    assert suggest(world, parameter("shared-suppliers", "a")) == [row["name"] for row in customers]


def test_choices_are_known_without_a_graph(world: Store) -> None:
    assert suggest(world, parameter("ties-of-kind", "kind"), "Pl") == ["plant"]
    assert suggest(world, parameter("partners-of", "unconfirmed")) == ["yes", "no"]


def test_for_a_number_nothing_is_suggested(world: Store) -> None:
    assert suggest(world, parameter("partners-of", "limit")) == []


def test_no_more_than_asked_for(world: Store) -> None:
    assert len(suggest(world, parameter("partners-of", "name"), most=2)) == 2
