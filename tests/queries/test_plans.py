"""No question of the catalogue looks at every node: Neo4j's own plans say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from benchmarks.corpus import readings
from graph.load import load
from graph.store import Store
from queries.parameters import check_parameters
from queries.runner import questions


@pytest.fixture(scope="module")
def large(request: pytest.FixtureRequest) -> Store:
    """A graph large enough that the planner would rather not scan it."""
    store: Store = request.getfixturevalue("_neo4j")
    store.write("MATCH (n) DETACH DELETE n")
    load(store, readings(150))
    # Else it plans for the graph that a former test left.
    store.write("CALL db.prepareForReplanning(60)")
    return store


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan["operatorType"]).partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def _plan(store: Store, cypher: str, parameters: Mapping[str, Any]) -> list[str]:
    with store.engine.reader.session(database=store.engine.database) as session:
        plan = session.run(f"EXPLAIN {cypher}", dict(parameters)).consume().plan
    assert plan is not None
    return list(_operators(plan))


@pytest.mark.neo4j
@pytest.mark.parametrize("name", sorted(questions()))
def test_no_question_scans_all_nodes(large: Store, name: str) -> None:
    question = questions()[name]
    given = {p.name: p.example for p in question.parameters if p.required}
    operators = _plan(large, question.cypher, check_parameters(question, given))
    assert "AllNodesScan" not in operators, operators
    if any(p.type == "entity" for p in question.parameters):
        assert any("IndexSeek" in operator for operator in operators), " ".join(operators)
        assert "NodeByLabelScan" not in operators


@pytest.mark.neo4j
def test_a_plan_that_scans_is_seen(large: Store) -> None:
    assert "AllNodesScan" in _plan(large, "MATCH (n) WHERE n.name = 'x' RETURN n", {})
