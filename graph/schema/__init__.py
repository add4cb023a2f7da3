"""The schema: constraints, indexes and the version that a graph was written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph.schema.migrations import migrations
from graph.sketch import BANDS

if TYPE_CHECKING:
    from graph.store import Store

VERSION = 5
KEYS = {
    "Block": "key",
    "Digest": "key",
    "Document": "id",
    "Entity": "id",
    "Judgement": "id",
    "LeftOut": "id",
    "Measure": "id",
    "Name": "key",
    "Partnership": "id",
    "PartnergraphSchema": "id",
    "Reference": "id",
    "Sketch": "id",
    "Statement": "id",
}
"""Label → the property that tells its nodes apart, kept unique by a constraint."""

RELATIONSHIPS = (
    *("ABOUT", "IN_BLOCK", "MENTIONS", "NAMED", "OBJECT", "PARTY_TO", "REFERS_TO"),
    *("SAME_STORY_AS", "SITE", "SITED_IN", "STATED_IN", "SUBJECT", "USES"),
)
"""The types of relationship besides the ties of the ontology."""

INDEXES = {
    "Document": ("story",),
    "Entity": ("name", "country"),
    "Judgement": ("a", "b"),
    "Partnership": ("type",),
    "Sketch": tuple(f"band_{position}" for position in range(BANDS)),
    "Statement": ("tie", "pair"),
}
"""Label → further indexed properties."""

NODE_ID = "schema"
"""The id of the one node of PartnergraphSchema."""


def ensure_schema(store: Store) -> None:
    """Create what is missing, and bring an older graph up to date; costs one look-up where all
    is there. Raises StoreError, also where the database holds something else."""
    version = check_version(store)
    if version == VERSION:
        return
    if not version:
        check_foreign(store)
    for statement in definitions():
        store.write(statement)
    for number in range(version + 1, VERSION + 1) if version else ():
        migrations()[number](store)
        _set_version(store, number)
    if not version:
        _set_version(store, VERSION)


def check_version(store: Store) -> int:
    """The version of the graph, 0 for an empty store.

    Raises StoreError where a newer partnergraph wrote it (reading on could be wrong), and where
    it is half restored.
    """
    rows = store.read(
        "MATCH (v:PartnergraphSchema {id: $id}) RETURN v.version AS version, v.restoring AS half",
        {"id": NODE_ID},
    )
    version = int(rows[0]["version"]) if rows else 0
    if version > VERSION:
        raise StoreError(
            f"the graph at {store.address} has version {version}, this partnergraph knows "
            f"{VERSION}: update partnergraph"
        )
    if rows and rows[0]["half"] and not store.restoring:
        raise StoreError(
            f"filling {store.address} was broken off: run `{_again(rows[0]['half'])}` again"
        )
    return version


def _again(half: object) -> str:
    return half if isinstance(half, str) else "partnergraph restore FILE"  # true until version 4


def check_foreign(store: Store) -> None:
    """Raise StoreError where a database without our schema holds nodes of someone else: always
    if they bear our labels, else unless the store may share it."""
    number = store.read("MATCH (n) RETURN count(n) AS number")[0]["number"]
    if not number:
        return
    labels = sorted(row["label"] for row in store.read("CALL db.labels() YIELD label"))
    ours = [
        label
        for label in labels
        if label in KEYS and store.read(f"MATCH (n:{label}) RETURN n LIMIT 1")
    ]
    advice = "name an empty database with NEO4J_DATABASE, or another server or folder with --db"
    if ours:
        raise StoreError(
            f"{store.address} holds nodes labelled {', '.join(ours)} that partnergraph did not "
            f"write, and would take them for its own: {advice}"
        )
    if not store.share:
        raise StoreError(
            f"{store.address} holds {number:,} nodes of something else: {advice}; to keep both "
            "in one database, use --share (partnergraph never touches nodes that are not its own)"
        )


def _set_version(store: Store, version: int) -> None:
    store.write(
        "MERGE (v:PartnergraphSchema {id: $id}) SET v.version = $version",
        {"id": NODE_ID, "version": version},
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
