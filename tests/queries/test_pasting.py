"""What `partnergraph queries NAME` prints for Neo4j Browser does there what `query` does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extract.errors import QueryError
from graph.store import Store
from queries.pasting import write_literal, write_statement
from queries.questions import questions
from queries.runner import ask, read_values

_LINE = re.compile(r":param ([a-z_]+) => (.+);")


def paste(store: Store, text: str) -> list[tuple[object, ...]]:
    """What Neo4j Browser does with it: each value is Cypher behind a RETURN of its own."""
    parameters: dict[str, Any] = {}
    lines = text.splitlines()
    while match := _LINE.fullmatch(lines[0]):
        parameters[match[1]] = store.read(f"RETURN {match[2]} AS value")[0]["value"]
        del lines[0]
    return list(read_values(store, "\n".join(lines).removesuffix(";"), parameters)[1])


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_pasted_question_gives_the_answer(world: Store, name: str) -> None:
    question = questions()[name]
    examples = {p.name: p.example for p in question.parameters if p.required}
    found = paste(world, write_statement(question))
    assert found == list(ask(world, name, examples).rows)


def test_given_parameters_take_the_place_of_examples(world: Store) -> None:
    given = {"name": "Scania", "limit": "1"}
    text = write_statement(questions()["partners-of"], given)
    assert ":param name => 'Scania';\n:param unconfirmed => false;\n:param limit => 1;\n" in text
    assert paste(world, text) == list(ask(world, "partners-of", given).rows) != []


@pytest.mark.parametrize("name", ["O'Neill", "a\\", "\\'; MATCH (n) DELETE n //", 'say "x"'])
def test_a_name_stays_a_name(world: Store, name: str) -> None:
    assert world.read(f"RETURN {write_literal(name)} AS value")[0]["value"] == name


def test_a_parameter_that_is_none_is_told() -> None:
    with pytest.raises(QueryError, match="no parameter 'nmae'"):
        write_statement(questions()["partners-of"], {"nmae": "Scania"})
