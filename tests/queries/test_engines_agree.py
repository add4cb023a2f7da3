from __future__ import annotations

import pytest

from extract.records import Reading
from graph.load import load
from graph.store import Store
from queries.drawing import draw
from queries.formats import as_json
from queries.questions import questions
from queries.runner import ask

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def both(request: pytest.FixtureRequest, readings: tuple[Reading, ...]) -> tuple[Store, Store]:
    """The same graph on the embedded engine and on Neo4j."""
    stores: tuple[Store, Store] = (
        request.getfixturevalue("_embedded"),
        request.getfixturevalue("_neo4j"),
    )
    for store in stores:
        store.write("MATCH (n) DETACH DELETE n")
        load(store, readings)
    return stores


@pytest.mark.parametrize("name", questions())
def test_both_engines_give_the_same_answer_and_picture(
    both: tuple[Store, Store], name: str
) -> None:
    required = {p.name: p.example for p in questions()[name].parameters if p.required}
    embedded, server = [ask(store, name, required) for store in both]
    assert as_json(embedded) == as_json(server)
    assert embedded.note == server.note
    assert draw(both[0], embedded) == draw(both[1], server)
