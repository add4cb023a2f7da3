"""The schema: constraints, indexes and the version that a graph was written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph.schema.migrations import migrations
from graph.sketch import BANDS

if TYPE_CHECKING:
    from graph.store import Store

VERSION = 3
KEYS = {
    "Block": "key",
    "Digest": "key",
    "Document": "id",
    "Entity": "id",
    "Judgement": "id",
    "Name": "key",
    "Partnership": "id",
    "PartnergraphSchema": "id",
    "Reference": "id",
    "Sketch": "id",
    "Statement": "id",
}
"""Label → the property that tells its nodes apart, kept unique by a constraint."""

INDEXES = {
    "Document": ("story",),
    "Entity": ("name",),
    "Judgement": ("a", "b"),
    "Sketch": tuple(f"band_{position}" for position in range(BANDS)),
    "Statement": ("tie", "pair"),
}
"""Label → further indexed properties."""

_NODE_ID = "schema"


def ensure_schema(store: Store) -> None:
    """Create what is missing, and bring an older graph up to date; costs one look-up where all
    is there. Raises StoreError."""
    version = check_version(store)
    if version == VERSION:
        return
    for statement in definitions():
        store.write(statement)
    for number in range(version + 1, VERSION + 1) if version else ():
        migrations()[number](store)
        _set_version(store, number)
    if not version:
        _set_version(store, VERSION)


def check_version(store: Store) -> int:
    """The version of the graph, 0 for an empty store.

    Raises StoreError where a newer partnergraph wrote it: reading on could be wrong.
    """
    rows = store.read(
        "MATCH (v:PartnergraphSchema {id: $id}) RETURN v.version AS version", {"id": _NODE_ID}
    )
    version = int(rows[0]["version"]) if rows else 0
    if version > VERSION:
        raise StoreError(
            f"the graph at {store.address} has version {version}, this partnergraph knows "
            f"{VERSION}: update partnergraph"
        )
    return version


def _set_version(store: Store, version: int) -> None:
    store.write(
        "MERGE (v:PartnergraphSchema {id: $id}) SET v.version = $version",
        {"id": _NODE_ID, "version": version},
    )


def definitions() -> list[str]:
    """The schema as Cypher that both engines take, made of the names above only."""
    constraints = [
        f"CREATE CONSTRAINT partnergraph_{label.lower()} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for label, key in KEYS.items()
    ]
    indexes = [
        f"CREATE INDEX partnergraph_{label.lower()}_{name} IF NOT EXISTS "
        f"FOR (n:{label}) ON (n.{name})"
        for label, names in INDEXES.items()
        for name in names
    ]
    return constraints + indexes
