"""Column names of a query whose answer is empty."""

from __future__ import annotations

import pytest

from graph.columns import column_names
from graph.store import Store

QUERIES = [
    "MATCH (n:Nothing) RETURN n",
    "MATCH (n:Nothing) RETURN n.name AS name, count(n) > 1 AS `is many`, n {.id, .name} AS m",
    "MATCH (n:Nothing) RETURN DISTINCT n.name ORDER BY n.name SKIP 1 LIMIT 2",
    "MATCH (n:Nothing) WITH n AS m RETURN m, [x IN m.list | x] AS list, 'RETURN 1, 2' AS text",
    "MATCH (n:Nothing) CALL { WITH n RETURN 1 AS inner } RETURN inner /* , */, n.x AS x // , y",
    "MATCH (n:Nothing) RETURN n.a AS a UNION MATCH (n:Nothing) RETURN n.b AS a",
    "MATCH (n:Nothing) RETURN CASE WHEN n.x THEN 1 ELSE 2 END AS c;",
]


@pytest.mark.parametrize("query", QUERIES)
def test_an_empty_answer_has_its_columns(store: Store, query: str) -> None:
    """Neo4j sends the names; so the embedded engine's answer is held to the same."""
    rows = store.read(query)
    assert not rows
    assert rows.columns == column_names(query) != ()


def test_a_star_and_no_return_have_no_names() -> None:
    assert column_names("MATCH (n) RETURN *") == ()
    assert column_names("SHOW INDEXES") == ()
    assert column_names("") == ()
