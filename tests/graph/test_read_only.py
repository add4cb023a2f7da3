"""Reading never writes, reads no file and calls no procedure off the short list."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import QueryError
from extract.records import Reading
from graph.dump import dump
from graph.guard import check_reading
from graph.load import load
from graph.store import Store

WRITES = [
    "CREATE (n:Entity {id: 'x'}) RETURN n",
    "CREATE (n) RETURN n",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n:Entity) SET n:Hacked RETURN n",
    "MATCH (n) REMOVE n.name RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "MERGE (n:Entity {id: 'x'}) RETURN n",
    "MATCH (a:Entity), (b:Entity) MERGE (a)-[:ACQUIRED]->(b)",
    "MATCH (n) FOREACH (x IN [1] | SET n.name = 'x')",
    "CALL { CREATE (n:Foo) } RETURN 1",
    "MATCH (n:Entity) CALL { WITH n SET n.x = 1 } RETURN count(*)",
    "CREATE CONSTRAINT hack FOR (n:Document) REQUIRE n.url IS UNIQUE",
    "CREATE INDEX hack FOR (n:Document) ON (n.url)",
    "DROP CONSTRAINT partnergraph_entity",
    "/* MATCH */ CREATE // RETURN\n (n:Foo) RETURN n",
    "cReAtE (n:Foo) RETURN n",
    "\\u0043REATE (n:Foo) RETURN n",
    "PROFILE CREATE (n:Foo) RETURN n",
    "UNWIND [1] AS x CREATE (n:Foo) RETURN n",
    "MATCH (n) WITH n LIMIT 1 DETACH DELETE n RETURN 1 UNION RETURN 1",
    "CREATE USER eve SET PASSWORD 'longenough'",
    "DROP DATABASE partnergraph",
    "MATCH (n:Firm) CALL (n) { SET n.name = 'x' } IN TRANSACTIONS OF 1 ROWS RETURN count(*)",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS",
    "MATCH (n) WITH collect(n) AS all_ FOREACH (n IN all_ | DETACH DELETE n)",
    "EXPLAIN MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
    "RETURN 1; CREATE (n:Foo)",
    "CYPHER 5 CREATE (n:Foo) RETURN n",
    "RETURN 1 AS x UNION CREATE (n:Foo) RETURN 1 AS x",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'longenough'",
    "USE system CREATE USER eve SET PASSWORD 'longenough'",
    "DROP INDEX partnergraph_entity_name",
    "MATCH (n:Entity) SET n = {id: n.id} RETURN n",
    "MATCH (a:Firm)-[r]->(b) SET r.status = 'in_effect' RETURN r",
    "MATCH (n:Entity) REMOVE n:Firm RETURN n",
]
ESCAPES = [
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load\n\tcsv from 'https://example.org/x' as l return l",
    "LOAD /* */ CSV FROM 'x' AS l RETURN l",
    "LOAD // comment\n CSV FROM 'x' AS l RETURN l",
    "\\u004cOAD CSV FROM 'x' AS l RETURN l",
    "LO\\u0041D CSV FROM 'x' AS l RETURN l",
    "\\uuu004cOAD CSV FROM 'x' AS l RETURN l",
    "RETURN '\\u0027 AS x LOAD CSV FROM \\u0027x' AS l",
    "RETURN 1 AS x UNION LOAD CSV FROM 'x' AS x RETURN x",
    "CALL apoc.load.json('https://example.org') YIELD value RETURN value",
    "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
    "CALL/**/dbms.security.createUser('eve', 'x', false)",
    "call dbms . killQuery('x')",
    "CALL db.labels() YIELD label CALL db.createLabel(label) RETURN label",
    "CALL `db.createLabel`('x')",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "SHOW SETTINGS",
    "show /* */ setting 'dbms.security.auth_enabled' YIELD value RETURN value",
    "CALL sql('DROP TYPE Document')",
    "CALL db.create.setNodeVectorProperty(null, 'x', [1.0])",
    "CALL dbms.setConfigValue('x', 'y')",
    "MATCH (n) CALL apoc.periodic.commit('MATCH (n) DELETE n', {}) YIELD updates RETURN updates",
]
INNOCENT = [
    "MATCH (n:Firm) WHERE n.name = 'LOAD CSV' RETURN n",
    'RETURN "CALL dbms.x()" AS x',
    "MATCH (n) // LOAD CSV FROM 'x'\n RETURN n",
    "MATCH (n) /* CALL dbms.killQuery() */ RETURN n",
    "MATCH (n:`LOAD CSV`) RETURN n",
    "RETURN 'it''s' AS x",
    "RETURN 'CREATE' AS create_",
    "CALL { MATCH (n) RETURN n } RETURN n",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db . labels()",
    "MATCH (call) RETURN call.name AS name, call",
    "MATCH (n:Call)-[load:CSV]->() RETURN load, n.csv AS csv",
    "RETURN '\\u0041' AS letter",
]


@pytest.mark.parametrize("query", [*WRITES, *ESCAPES])
def test_refused_and_nothing_changed(loaded: tuple[Store, list[str]], query: str) -> None:
    store, graph = loaded
    with pytest.raises(QueryError) as caught:
        store.read(query)
    assert "\n" not in str(caught.value)
    assert list(dump(store)) == graph


@pytest.mark.parametrize("query", ESCAPES)
def test_the_guard_refuses_by_itself(query: str) -> None:
    with pytest.raises(QueryError):
        check_reading(query)


@pytest.mark.parametrize("query", INNOCENT)
def test_the_guard_lets_reading_pass(query: str) -> None:
    check_reading(query)


def test_a_profiled_write_would_have_changed_the_graph(store: Store) -> None:
    """The same text through the writing door: the refusals above are no accident of syntax."""
    store.write("PROFILE CREATE (n:Foo) RETURN n")
    assert store.read("MATCH (n:Foo) RETURN count(n) AS n")[0]["n"] == 1


@given(st.text(alphabet="LOADCSVloadcsv'\"`/*\\\n u0041.(){}CALL", max_size=60))
def test_the_guard_never_fails_otherwise(query: str) -> None:
    with contextlib.suppress(QueryError):
        check_reading(query)


@given(
    st.text(alphabet=" \n\t", max_size=3),
    st.sampled_from(["", "/* x */", "// x\n", "/* ' */", '/* " */', "/* ` */"]),
    st.sampled_from(
        ["RETURN 'a' AS a UNION ", 'RETURN "\'" AS a UNION ', "RETURN 1 AS `a'b` UNION "]
    ),
)
def test_load_csv_is_found_behind_quotes_and_comments(
    space: str, comment: str, before: str
) -> None:
    with pytest.raises(QueryError):
        check_reading(f"{before}{comment}LOAD {space}{comment} CSV FROM 'x' AS a RETURN a")


def test_rows_have_columns_and_a_limit(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    rows = store.read("MATCH (d:Document) RETURN d.id AS id, d ORDER BY id", limit=3)
    assert (rows.keys(), len(rows), rows.truncated) == (("id", "d"), 3, True)
    none = store.read("MATCH (d:Document {id: $id}) RETURN d.id AS id", {"id": "x"}, limit=3)
    assert (list(none), none.columns, none.truncated) == ([], ("id",), False)
    assert not store.read("RETURN 1 AS x", limit=1).truncated


def test_a_slow_query_is_given_up(store: Store) -> None:
    slow = "UNWIND range(1, 5000) AS x UNWIND range(1, 5000) AS y RETURN count(x * y) AS n"
    with pytest.raises(QueryError, match=r"too long|longer than"):
        store.read(slow, timeout=0.2)
    assert store.read("RETURN 1 AS x", timeout=30)[0]["x"] == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("MATCH (n RETURN n", "RETURN"),
        ("RETURN nofunction(1)", "nofunction"),
        ("RETURN $missing", "missing"),
        ("", "empty|input|query"),
    ],
)
def test_faulty_cypher_is_told_in_one_line(store: Store, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        store.read(query)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def loaded(request: pytest.FixtureRequest, corpus: tuple[Reading, ...]) -> tuple[Store, list[str]]:
    store: Store = request.getfixturevalue(f"_{request.param}")
    store.write("MATCH (n) DETACH DELETE n")
    load(store, corpus)
    return store, list(dump(store))
