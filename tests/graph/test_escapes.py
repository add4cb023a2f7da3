"""Attempts to write, to read files, to ask the network or to run the server through a reading
query. Each is refused, or harmless; the graph, its schema and its users stay as they were."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from extract.errors import QueryError
from extract.records import Reading
from graph.dump import dump
from graph.load import load
from graph.store import Store

# The address of a web server that remembers who asks; put in where a query says {url}.
URL = "{url}"

REFUSED = [
    # writing clauses, plainly and in odd dress
    "CREATE (n:Foo)",
    "cReAtE (n:Foo {id: 'x'}) ReTuRn n",
    "INSERT (n:Foo {id: 'x'})",
    "MERGE (n:Foo {id: 'x'}) ON CREATE SET n.new = true",
    "MATCH (n:Firm) MERGE (n)-[:HACKED]->(n)",
    "MATCH (n:Firm) SET n.name = 'x'",
    "MATCH (n:Firm) SET n += {hacked: true}",
    "MATCH (n:Firm) SET n['name'] = 'x'",
    "MATCH (n:Firm) SET n:$('Hacked')",
    "MATCH (n:Firm) REMOVE n.name",
    "MATCH (n:Firm) REMOVE n:$('Firm')",
    "MATCH (n:Statement) DETACH DELETE n",
    "CREATE (:LeftOut {id: 'x'})",
    "MATCH (n:PartnergraphSchema) SET n.version = 99",
    "MATCH (n:Firm) WITH collect(n) AS all FOREACH (n IN all | SET n.name = 'x')",
    "FOREACH (i IN range(1, 9) | CREATE (:Foo {id: i}))",
    "MATCH (a:Firm)-[r]->(b) CREATE (b)-[:ACQUIRED {id: r.id}]->(a)",
    "OPTIONAL MATCH (n:Nothing) CREATE (:Foo)",
    "MATCH (n:Firm) RETURN n.name AS x UNION MATCH (n:Firm) SET n.name = 'x' RETURN n.name AS x",
    # comments and escapes inside and around keywords
    "/* RETURN 1 */ CREATE /* */ (n:Foo)",
    "// RETURN 1\nCREATE (n:Foo)",
    "CREATE//\n(n:Foo)",
    "CRE/**/ATE (n:Foo)",
    "\\u0043REATE (n:Foo)",
    "\\u0043\\u0052\\u0045\\u0041\\u0054\\u0045 (n:Foo)",
    "\\uuu0043REATE (n:Foo)",
    "MATCH (n) /*\\u0041*/ DETACH /*\\u0041*/ DELETE n",
    "RETURN '\\u0027 AS x CREATE (n:Foo {id: \\u0027x'})",
    "ＣＲＥＡＴＥ (n:Foo)",
    # subqueries, and transactions of their own
    "CALL { CREATE (n:Foo) RETURN n } RETURN n",
    "CALL () { CREATE (n:Foo) } RETURN 1 AS x",
    "MATCH (n:Firm) CALL (n) { CALL (n) { SET n.x = 1 } } RETURN count(*) AS x",
    "MATCH (n:Firm) CALL (*) { DETACH DELETE n } RETURN count(*) AS x",
    "CALL { CREATE (n:Foo) } IN TRANSACTIONS",
    "MATCH (n:Firm) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1 ROW",
    "UNWIND [1, 2] AS i CALL (i) { CREATE (:Foo {id: i}) } IN 2 CONCURRENT TRANSACTIONS "
    "OF 1 ROW ON ERROR CONTINUE",
    "RETURN EXISTS { CREATE (n:Foo) RETURN n } AS x",
    "RETURN COUNT { CREATE (n:Foo) RETURN n } AS x",
    "RETURN COLLECT { CREATE (n:Foo) RETURN n } AS x",
    "WHEN true THEN CREATE (n:Foo) RETURN 1 AS x ELSE RETURN 1 AS x",
    "{ CREATE (n:Foo) }",
    "RETURN 1 AS x NEXT CREATE (n:Foo)",
    # several statements in one
    "RETURN 1 AS x; CREATE (n:Foo)",
    "RETURN 1 AS x;\n;MATCH (n) DETACH DELETE n;",
    "COMMIT; CREATE (n:Foo)",
    ":begin\nCREATE (n:Foo)\n:commit",
    # prefixes of a query
    "PROFILE MATCH (n:Firm) SET n.x = 1 RETURN n",
    "PROFILE MERGE (n:Entity {id: 'x'})",
    "PROFILE CREATE CONSTRAINT hack FOR (n:Foo) REQUIRE n.x IS UNIQUE",
    "EXPLAIN PROFILE CREATE (n:Foo)",
    "CYPHER 5 CREATE (n:Foo)",
    "CYPHER 25 CREATE (n:Foo)",
    "CYPHER planner=dp runtime=slotted CREATE (n:Foo)",
    "CYPHER 5 PROFILE CREATE (n:Foo)",
    "DRYRUN CREATE (n:Foo)",
    # constraints and indexes
    "CREATE CONSTRAINT hack FOR (n:Firm) REQUIRE n.url IS UNIQUE",
    "CREATE CONSTRAINT hack IF NOT EXISTS FOR ()-[r:ACQUIRED]-() REQUIRE r.id IS UNIQUE",
    "CREATE CONSTRAINT hack FOR (n:Firm) REQUIRE n.name IS NOT NULL",
    "CREATE CONSTRAINT hack FOR (n:Firm) REQUIRE n.name IS :: STRING",
    "DROP CONSTRAINT partnergraph_document",
    "DROP CONSTRAINT partnergraph_entity IF EXISTS",
    "CREATE RANGE INDEX hack FOR (n:Firm) ON (n.url)",
    "CREATE TEXT INDEX hack FOR (n:Firm) ON (n.name)",
    "CREATE FULLTEXT INDEX hack FOR (n:Firm) ON EACH [n.name]",
    "CREATE VECTOR INDEX hack FOR (n:Firm) ON n.vector",
    "CREATE LOOKUP INDEX hack FOR (n) ON EACH labels(n)",
    "DROP INDEX `Block[key]`",
    # files and the network through LOAD CSV
    f"LOAD CSV FROM '{URL}' AS l RETURN l",
    "LOAD CSV FROM 'file:///etc/passwd' AS l FIELDTERMINATOR ':' RETURN l",
    f"lOaD\tcSv WITH HEADERS FROM '{URL}' AS l RETURN l",
    f"LOAD\u2003CSV FROM '{URL}' AS l RETURN l",
    f"LOAD/**/CSV FROM '{URL}' AS l RETURN l",
    f"LOAD//\n//\nCSV FROM '{URL}' AS l RETURN l",
    f"WITH '{URL}' AS u LOAD CSV FROM u AS l RETURN l",
    f"CALL () {{ LOAD CSV FROM '{URL}' AS l RETURN l }} RETURN l",
    f"RETURN COLLECT {{ LOAD CSV FROM '{URL}' AS l RETURN l }} AS x",
    f"EXPLAIN LOAD CSV FROM '{URL}' AS l RETURN l",
    f"RETURN 'it\\'s' AS l UNION LOAD CSV FROM '{URL}' AS l RETURN l //'",
    f"RETURN 1 AS `a``'` UNION LOAD CSV FROM '{URL}' AS `a``'` RETURN `a``'` //'",
    f"RETURN '/*' AS l UNION LOAD CSV FROM '{URL}' AS l RETURN l // */",
    f"// \rLOAD CSV FROM '{URL}' AS l RETURN l",
    f"\\u004c\\u004f\\u0041\\u0044 CSV FROM '{URL}' AS l RETURN l",
    f"LOAD\\u0020CSV FROM '{URL}' AS l RETURN l",
    f"USING PERIODIC COMMIT 1 LOAD CSV FROM '{URL}' AS l CREATE (:Foo)",
    # comments that hold an escape, between keywords or in the place of a procedure's name
    f"LOAD /*\\u0041*/ CSV FROM '{URL}' AS l RETURN l",
    f"LOAD //\\u0041\n CSV FROM '{URL}' AS l RETURN l",
    f"RETURN '\\u0041' AS l UNION LOAD /* x */ CSV FROM '{URL}' AS l RETURN l",
    f"LOAD \\u002f\\u002a x \\u002a/ CSV FROM '{URL}' AS l RETURN l",
    f"RETURN '\\\\u0027' AS l UNION LOAD /* x */ \\u0043SV FROM '{URL}' AS l RETURN l",
    "CALL /*\\u007b*/ dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL /*\\u0031*/ dbms.listConnections()",
    "CALL /*\\u0020db.labels*/ dbms.killConnection('bolt-999999')",
    "CALL db/*\\u002elabels x*/.clearQueryCaches()",
    "CALL \\u002f\\u002a { \\u002a/ db.createLabel('Hack')",
    "CALL /*\\u007b*/ merge.node(['Hack'], {id: 1}) YIELD node RETURN node",
    "SHOW /*\\u0041*/ SETTINGS YIELD name, value RETURN name, value",
    "TERMINATE /*\\u0041*/ TRANSACTIONS 'neo4j-transaction-999999'",
    # procedures of Neo4j
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL DBMS.ListConfig()",
    "CALL dbms.setConfigValue('db.logs.query.enabled', 'OFF')",
    "CALL dbms.killConnection('bolt-999999')",
    "CALL dbms.upgrade()",
    "CALL dbms.security.createUser('eve', 'longenough', false)",
    "OPTIONAL CALL dbms.listConnections()",
    "CALL db.createLabel('Hack')",
    "CALL db.createProperty('hack')",
    "CALL db.create.setNodeVectorProperty(null, 'x', [1.0])",
    "MATCH (n:Firm) CALL db.create.setNodeVectorProperty(n, 'x', [1.0]) RETURN n",
    "CALL db.clearQueryCaches()",
    "CALL db.labels.evil()",
    "CALL db.`labels`.`evil`()",
    "CALL tx.setMetaData({hacked: true})",
    "CALL db.labels() YIELD label CALL db.createLabel(label + '2') RETURN label",
    # APOC, most of which neither engine has
    "CALL apoc.create.node(['Foo'], {id: 'x'}) YIELD node RETURN node",
    "CALL apoc.cypher.doIt('CREATE (:Foo)', {}) YIELD value RETURN value",
    "CALL apoc.cypher.runWrite('CREATE (:Foo)', {}) YIELD value RETURN value",
    "CALL apoc.periodic.iterate('RETURN 1', 'CREATE (:Foo)', {})",
    "CALL apoc.trigger.install('neo4j', 'x', 'CREATE (:Foo)', {})",
    f"CALL apoc.load.json('{URL}') YIELD value RETURN value",
    f"CALL apoc.load.jdbc('jdbc:x', '{URL}') YIELD row RETURN row",
    "CALL apoc.export.json.all('escaped.json', {})",
    "CALL apoc.refactor.mergeNodes([], {}) YIELD node RETURN node",
    "CALL apoc.systemdb.execute('CREATE USER eve', {})",
    "CALL apoc.merge.node(['Foo'], {id: 'x'}) YIELD node RETURN node",
    # procedures and languages of ArcadeDB
    "CALL merge.node(['Foo'], {id: 'x'}) YIELD node RETURN node",
    "MATCH (a:Firm), (b:Firm) CALL merge.relationship(a, 'HACKED', {}, {}, b, {}) YIELD rel "
    "RETURN rel",
    "MATCH (n:Firm) WITH collect(n) AS all CALL refactor.mergeNodes(all, {}) YIELD node "
    "RETURN node",
    "MATCH (n:Firm) CALL refactor.cloneNodesWithRelationships([n]) YIELD output RETURN output",
    "CALL do.when(true, 'CREATE (n:Foo) RETURN n', '', {}) YIELD value RETURN value",
    "CALL db.migrateLegacyTemporals()",
    "CALL algo.pageRank({}) YIELD node, score RETURN node, score",
    "CALL path.expand(null, '', '', 1, 9) YIELD path RETURN path",
    "CALL meta.stats() YIELD value RETURN value",
    "CALL sql('DROP TYPE Document UNSAFE')",
    "CALL util.sleep(60000)",
    "RETURN util.sleep(60000) AS x",
    "RETURN apoc.util.sleep(60000) AS x",
    "DROP TYPE Document UNSAFE",
    "INSERT INTO Document SET id = 'x'",
    "{sql} DELETE FROM Document",
    "SELECT FROM schema:database",
    f"IMPORT DATABASE {URL}",
    "EXPORT DATABASE file://escaped",
    "BACKUP DATABASE file://escaped",
    "ALTER DATABASE `arcadedb.server.mode` 'development'",
    "CHECK DATABASE FIX",
    'DEFINE FUNCTION hack.run "return 1" LANGUAGE js',
    "g.V().drop()",
    "g.addV('Foo').iterate()",
    "shutdown",
    # users, databases and the server
    "CREATE USER eve SET PASSWORD 'longenough' CHANGE NOT REQUIRED",
    "CREATE OR REPLACE USER neo4j SET PASSWORD 'longenough'",
    "ALTER USER neo4j SET PASSWORD 'longenough'",
    "ALTER USER root SET PASSWORD 'longenough'",
    "ALTER USER reader SET PASSWORD 'longenough'",
    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO 'longenough'",
    "RENAME USER neo4j TO eve",
    "DROP USER neo4j",
    "DROP USER root",
    "GRANT ROLE admin TO reader",
    "CREATE DATABASE hack",
    "STOP DATABASE neo4j",
    "DROP DATABASE neo4j",
    "DROP DATABASE partnergraph",
    "ALTER DATABASE neo4j SET ACCESS READ ONLY",
    "ENABLE SERVER 'x'",
    "DEALLOCATE DATABASES FROM SERVER 'x'",
    "USE system CREATE USER eve SET PASSWORD 'longenough'",
    "USE system MATCH (n) DETACH DELETE n",
    "USE `system` CALL dbms.listConfig()",
    "USE graph.byName('system') CREATE USER eve SET PASSWORD 'longenough'",
    "SHOW SETTINGS",
    "SHOW SETTING 'server.directories.import'",
    "TERMINATE TRANSACTION 'neo4j-transaction-999999'",
    "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message "
    "RETURN message",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
]

HARMLESS = [
    # planned and never run
    "EXPLAIN CREATE (n:Foo)",
    "EXPLAIN MATCH (n) DETACH DELETE n",
    "EXPLAIN CREATE USER eve SET PASSWORD 'longenough'",
    "explain\ncreate index hack for (n:Foo) on (n.x)",
    # run by the embedded engine without a transaction to write in
    "PROFILE CREATE (n:Foo)",
    "PROFILE MATCH (n) DETACH DELETE n",
    "profile match (n:Firm) detach delete n return 1 as x",
    # nothing to do, or nothing that lasts
    "MATCH (n:Nothing) DELETE n",
    "MATCH (n:Firm) FINISH",
    "RETURN create.vNode(['Foo'], {id: 'x'}) AS x",
    "RETURN file() AS x",
    # transactions and sessions opened and ended by the query itself
    "START TRANSACTION",
    "COMMIT",
    "ROLLBACK",
    "SESSION CLOSE",
    # what there is, without what others do or how the server is set up
    "SHOW INDEXES",
    "SHOW CONSTRAINTS",
    "SHOW DATABASES",
    "SHOW CURRENT USER",
    "CALL db.labels()",
    "CALL dbms.components()",
]


@dataclass(frozen=True)
class Ground:
    """A loaded graph under attack, and how it looked before."""

    store: Store
    url: str
    asked: list[str]
    before: list[str]

    def now(self) -> list[str]:
        return _state(self.store)


@pytest.mark.parametrize("query", REFUSED)
def test_refused(ground: Ground, query: str) -> None:
    ground.asked.clear()
    with pytest.raises(QueryError) as caught:
        ground.store.read(query.replace(URL, ground.url), timeout=2)
    assert ground.asked == []
    assert "too long" not in str(caught.value)
    assert "longer than" not in str(caught.value)  # it ran, and nobody waited for its end


@pytest.mark.parametrize("query", HARMLESS)
def test_refused_or_harmless(ground: Ground, query: str) -> None:
    with contextlib.suppress(QueryError):
        ground.store.read(query, timeout=2)
    assert ground.store.read("RETURN 1 AS x", timeout=2)[0]["x"] == 1


def test_after_all_attempts_the_graph_is_the_same(ground: Ground) -> None:
    assert ground.now() == ground.before


def _state(store: Store) -> list[str]:
    """The dump, and what is not in it: nodes of others, what was left out, schema and users."""
    counts = [
        str(store.read(query)[0]["n"])
        for query in ("MATCH (n) RETURN count(n) AS n", "MATCH ()-[r]->() RETURN count(r) AS n")
    ]
    schema = [
        f"{kind} {row['name']}"
        for kind in ("CONSTRAINTS", "INDEXES")
        for row in store.read(f"SHOW {kind}")
    ]
    users = [str(row["user"]) for row in store.write("SHOW USERS")]
    return [*dump(store), *counts, *sorted(schema), *sorted(users)]


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[str, list[str]]]:
    """The address of a small web server, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"escaped\n")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/secret.csv", asked
        server.shutdown()


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def ground(
    request: pytest.FixtureRequest, corpus: tuple[Reading, ...], web: tuple[str, list[str]]
) -> Ground:
    store: Store = request.getfixturevalue(f"_{request.param}")
    store.write("MATCH (n) DETACH DELETE n")
    load(store, corpus)
    url, asked = web
    asked.clear()
    return Ground(store, url, asked, _state(store))
