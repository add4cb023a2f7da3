"""Filling an empty graph with rows that are known already: restores, and loads by Spark.

A graph that is being filled is marked, with what to run where that was broken off; until it is
whole, everything else refuses to open it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import InputError, StoreError
from graph import cypher
from graph.schema import KEYS, NODE_ID, RELATIONSHIPS, VERSION, check_foreign, definitions

if TYPE_CHECKING:
    from graph.store import Store

Kind = tuple[str, ...]
"""(label, kind's label) of nodes; (label, type, label) of relationships."""

BATCH = 2000  # rows a transaction


def begin_filling(store: Store, again: str, content: str = "", version: int = VERSION) -> bool:
    """Mark an empty graph as being filled, and make its constraints.

    Where filling with the same ``content`` was broken off, what is there stays, and True comes
    back; what is half there of another goes. ``again`` is the command that fills it, for who
    finds it half full. ``store`` must be opened with ``restoring``.
    Raises StoreError where there is a graph.
    """
    found = store.read(
        "MATCH (v:PartnergraphSchema) RETURN v.restoring AS half, v.content AS content"
    )
    if found and not found[0]["half"]:
        raise StoreError(
            f"there is a graph at {store.address}, and only an empty one is filled: name another "
            "with --db"
        )
    goes_on = bool(found and content and found[0]["content"] == content)
    if not found:
        check_foreign(store)
    for label in KEYS if found and not goes_on else ():
        _delete(store, label)
    for definition in definitions():
        store.write(definition)
    store.write(
        "MERGE (v:PartnergraphSchema {id: $id}) "
        "SET v.version = $version, v.restoring = $again, v.content = $content",
        {"id": NODE_ID, "version": version, "again": again, "content": content},
    )
    return goes_on


def end_filling(store: Store) -> None:
    """The graph is whole."""
    store.write("MATCH (v:PartnergraphSchema) REMOVE v.restoring")


def is_filled(store: Store, content: str) -> bool:
    """Whether the graph was filled with ``content``, whatever has come since."""
    rows = store.read(
        "MATCH (v:PartnergraphSchema {content: $content}) RETURN v.restoring AS half",
        {"content": content},
    )
    return bool(rows and not rows[0]["half"])


def filling_nodes(kind: Kind, *, again: bool = False) -> str:
    """Cypher that creates the nodes ``$rows``, each {properties}, and with ``again`` finds those
    that are there. Raises InputError for labels that are not ours."""
    if kind[0] not in KEYS or not set(kind[1:]) <= cypher.labels():
        raise InputError(f"there are nodes {':'.join(kind)} that this partnergraph lacks")
    if not again:
        return f"UNWIND $rows AS row CREATE (n:{':'.join(kind)}) SET n = row.properties"
    label, key = kind[0], KEYS[kind[0]]
    further = "".join(f", n:{name}" for name in kind[1:])
    return (
        f"UNWIND $rows AS row MERGE (n:{label} {{{key}: row.properties.{key}}}) "
        f"SET n = row.properties{further}"
    )


def filling_ties(kind: Kind, *, again: bool = False) -> str:
    """Cypher that creates the relationships ``$rows``, each {start, end, properties}, and with
    ``again`` finds those that are there. Raises InputError for types that are not ours."""
    start, type_, end = kind
    if not {start, end} <= KEYS.keys() or type_ not in {*RELATIONSHIPS, *cypher.tie_types()}:
        raise InputError(f"there are ties {type_} that this partnergraph lacks")
    ends = (
        f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.start}}) "
        f"MATCH (b:{end} {{{KEYS[end]}: row.end}}) "
    )
    if not again:
        return ends + f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
    told = _tells(type_)
    only = f" {{{told}: row.properties.{told}}}" if told else ""
    return ends + f"MERGE (a)-[r:{type_}{only}]->(b) SET r = row.properties"


def _tells(type_: str) -> str:
    """The property by which relationships of one type between the same two differ."""
    if type_ == "PARTY_TO":
        return "role"
    return "id" if type_ in cypher.tie_types() else ""


def _delete(store: Store, label: str) -> None:
    if label == "PartnergraphSchema":
        return
    query = f"MATCH (n:{label}) WITH n LIMIT {BATCH} DETACH DELETE n RETURN count(n) AS number"
    while store.write(query)[0]["number"]:
        pass
