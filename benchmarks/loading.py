"""Statements a second of loading beside a hand-tuned UNWIND of the very same graph.

The other side is handed the finished rows, names resolved, near-copies found, ties derived: it
only writes them, into the same schema.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import TIES, readings
from benchmarks.table import Row, leave_out, seconds
from graph.load import load
from graph.schema import KEYS, definitions
from graph.store import Store
from scripts import neo4j_server

TITLE = "Loading"
DOCUMENTS = 4000  # 20,000 statements; 20,000 documents are 100,000
BATCH = 1000
WARM = 200  # documents loaded before the clock runs: both sides meet a warm engine


def measure(documents: int = DOCUMENTS) -> Iterator[Row]:
    """The embedded engine, and Neo4j where its server is installed (`make neo4j`)."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        yield _compare("embedded engine", documents, str(ours), str(theirs))
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with tempfile.TemporaryDirectory() as home, neo4j_server.running(Path(home)) as server:
        login = {"user": server.user, "password": server.password}
        yield _compare("Neo4j", documents, server.uri, server.uri, **login)


def _compare(engine: str, documents: int, ours: str, theirs: str, **login: Any) -> Row:
    made = list(readings(documents))
    with Store.open(ours, **login) as store:
        load(store, readings(WARM, seed=1))
        _empty(store)
        loading = seconds(lambda: load(store, made))
        nodes, ties = _contents(store)
        if ours == theirs:
            _empty(store)
    with Store.open(theirs, **login) as store:
        for definition in definitions():
            store.write(definition)
        by_hand = seconds(lambda: _write(store, nodes, ties))
    size = f"{sum(map(len, nodes.values())):,} nodes, {sum(map(len, ties.values())):,} ties"
    statements = documents * TIES
    return Row(
        f"{statements:,} statements, {engine}",
        statements / loading,
        "UNWIND with a labelled key, the same graph",
        statements / by_hand,
        "statements/s",
        size,
    )


def _empty(store: Store) -> None:
    """Delete everything, in parts that fit a server's memory."""
    while store.write("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS n")[0]["n"]:
        pass


def _contents(store: Store) -> tuple[dict[str, list[Any]], dict[tuple[str, str, str], list[Any]]]:
    """Everything in the graph, as rows for UNWIND, by label and by (from, type, to)."""
    nodes: dict[str, list[Any]] = defaultdict(list)
    for row in store.read("MATCH (n) WHERE n.id IS NOT NULL OR n.key IS NOT NULL RETURN n"):
        node = row["n"]
        nodes[_base(node.labels)].append({"id": _key(node), "props": dict(node.items())})
    ties: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in store.read("MATCH (a)-[r]->(b) RETURN a, r, b"):
        kind = (_base(row["a"].labels), row["r"].type, _base(row["b"].labels))
        ties[kind].append(
            {"a": _key(row["a"]), "b": _key(row["b"]), "props": dict(row["r"].items())}
        )
    return nodes, ties


def _write(
    store: Store, nodes: dict[str, list[Any]], ties: dict[tuple[str, str, str], list[Any]]
) -> None:
    for label, rows in nodes.items():
        cypher = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.props"
        _in_batches(store, cypher, rows)
    for (start, type_, end), rows in ties.items():
        cypher = (
            f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.a}}) "
            f"MATCH (b:{end} {{{KEYS[end]}: row.b}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r += row.props"
        )
        _in_batches(store, cypher, rows)


def _in_batches(store: Store, cypher: str, rows: list[Any]) -> None:
    for start in range(0, len(rows), BATCH):
        store.write(cypher, {"rows": rows[start : start + BATCH]})


def _base(labels: Any) -> str:
    return "Entity" if "Entity" in labels else min(labels)


def _key(node: Any) -> str:
    return str(node.get("id") or node.get("key"))
