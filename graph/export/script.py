"""The whole graph as a Cypher script, for cypher-shell or Neo4j Browser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from graph.contents import stored_nodes, stored_ties
from graph.schema import KEYS, NODE_ID, VERSION, definitions

if TYPE_CHECKING:
    from graph.store import Store

_BATCH = 500  # rows a statement


def write_script(store: Store) -> Iterator[tuple[str, int, int]]:
    """(statement, nodes in it, ties in it), each to be ended by a semicolon: constraints and
    indexes, nodes, relationships. To be run on an empty database."""
    for definition in definitions():
        yield definition, 0, 0
    yield f"CREATE (:PartnergraphSchema {{id: {_literal(NODE_ID)}, version: {VERSION}}})", 1, 0
    for labels, group in groupby(stored_nodes(store), key=lambda row: row["labels"]):
        for rows in _batches(row["properties"] for row in group):
            told = ":".join(labels)
            yield f"UNWIND {_literal(rows)} AS row\nCREATE (n:{told}) SET n = row", len(rows), 0
    for (start, type_, end), group in groupby(stored_ties(store), key=lambda row: row["tie"]):
        ends = f"MATCH (a:{start} {{{KEYS[start]}: row.a}}) MATCH (b:{end} {{{KEYS[end]}: row.b}})"
        for rows in _batches(
            {"a": row["start"], "b": row["end"], "p": row["properties"]} for row in group
        ):
            made = f"CREATE (a)-[r:{type_}]->(b) SET r = row.p"
            yield f"UNWIND {_literal(rows)} AS row\n{ends}\n{made}", 0, len(rows)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _literal(value: object) -> str:
    """A value in Cypher. Texts are written so that none can end its quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
        case dict():
            items = (f"`{key}`: {_literal(item)}" for key, item in value.items())
            return "{" + ", ".join(items) + "}"
        case _:
            return "'" + "".join(map(_letter, str(value))) + "'"


def _letter(letter: str) -> str:
    if letter in "\\'":
        return "\\" + letter
    # Line ends, too: a script is read by lines here and there.
    return letter if letter.isprintable() else "".join(map(_unit, _utf16(letter)))


def _utf16(letter: str) -> list[int]:
    raw = letter.encode("utf-16-be", "replace")
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def _unit(unit: int) -> str:
    return f"\\u{unit:04x}"
