"""Documents a second of loading beside a hand-tuned UNWIND of the very same graph."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.table import Row, leave_out, seconds
from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.load import load
from graph.store import Store
from scripts import neo4j_server

TITLE = "Loading"
DOCUMENTS = 1000
FIRMS = 2000
TIES = ("PARTNERS_WITH", "SUPPLIES", "INVESTED_IN", "COMPETES_WITH")
BATCH = 1000
WARM = 200  # documents loaded before the clock runs: both sides meet a warm engine


def readings() -> list[Reading]:
    """Generated documents: six firms and five ties each, drawn with a fixed seed."""
    draw = random.Random(7)
    return [_reading(number, draw) for number in range(DOCUMENTS)]


def measure() -> Iterator[Row]:
    """The embedded engine, and Neo4j where its server is installed (`make neo4j`)."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        yield _compare("embedded engine", str(ours), str(theirs))
    if reason := neo4j_server.missing():
        leave_out("Neo4j", reason)
        return
    with tempfile.TemporaryDirectory() as home, neo4j_server.running(Path(home)) as server:
        login = {"user": server.user, "password": server.password}
        yield _compare("Neo4j", server.uri, server.uri, **login)


def _compare(engine: str, ours: str, theirs: str, **login: str) -> Row:
    made = readings()
    with Store.open(ours, **login) as store:
        load(store, made[:WARM])
        store.write("MATCH (n) DETACH DELETE n")
        loading = seconds(lambda: load(store, made))
        nodes, ties = _contents(store)
        if ours == theirs:
            store.write("MATCH (n) DETACH DELETE n")
    with Store.open(theirs, **login) as store:
        for label in nodes:
            store.write(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
        by_hand = seconds(lambda: _write(store, nodes, ties))
    size = f"{sum(map(len, nodes.values())):,} nodes, {sum(map(len, ties.values())):,} ties"
    return Row(
        f"{DOCUMENTS:,} documents, {engine}",
        DOCUMENTS / loading,
        "UNWIND with a labelled key, the same graph",
        DOCUMENTS / by_hand,
        "documents/s",
        size,
    )


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
        cypher = f"UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n += row.props"
        _in_batches(store, cypher, rows)
    for (start, type_, end), rows in ties.items():
        cypher = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
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


def _reading(number: int, draw: random.Random) -> Reading:
    firms = [f"Firm{one:04} Works" for one in draw.sample(range(FIRMS), 6)]
    sentences = [f"{one} speaks of {two} again." for one, two in pairwise(firms)]
    text = f"Report {number}. " + " ".join(sentences)
    entities = tuple(
        Entity(f"e{i}", "ORG", "firm", firm, mentions=_mentions(text, firm))
        for i, firm in enumerate(firms)
    )
    statements = tuple(
        Statement(
            draw.choice(TIES),
            f"e{i}",
            f"e{i + 1}",
            evidence=(Span(start, start + len(sentence), sentence),),
            confidence=0.8,
            rule="benchmark",
        )
        for i, sentence in enumerate(sentences)
        for start in [text.index(sentence)]
    )
    document = Document(document_id(text), text, f"Report {number}", f"2025-{1 + number % 12:02}")
    return Reading(document, entities, statements)


def _mentions(text: str, name: str) -> tuple[Mention, ...]:
    start = text.index(name)
    return (Mention(start, start + len(name), name),)
