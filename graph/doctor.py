"""Whether a graph is sound: what it is, what it holds, what is wrong and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.schema import INDEXES, KEYS, VERSION, check_version, definitions
from graph.summary import summarise

if TYPE_CHECKING:
    from graph.store import Store

OK, WARN, PROBLEM = "ok", "warn", "problem"
_RELOAD = "forget the documents concerned and load them again"
_MEND = "make what is missing: partnergraph doctor --mend"
_MB = 1_000_000

# What must not be there: the words for it, and how many there are.
_FAULTS = (
    (
        "entities that no document mentions",
        "MATCH (e:Entity) WHERE NOT (e)<-[:MENTIONS]-() RETURN count(e) AS number",
    ),
    (
        "statements without a document",
        "MATCH (s:Statement) WHERE NOT (s)-[:STATED_IN]->() RETURN count(s) AS number",
    ),
    (
        "statements without both sides",
        "MATCH (s:Statement) WHERE NOT (s)-[:SUBJECT]->() OR NOT (s)-[:OBJECT]->() "
        "RETURN count(s) AS number",
    ),
    (
        "partnerships without a statement",
        "MATCH (p:Partnership) WHERE NOT (p)<-[:ABOUT]-() RETURN count(p) AS number",
    ),
    (
        "partnerships without a party",
        "MATCH (p:Partnership) WHERE NOT (p)<-[:PARTY_TO]-() RETURN count(p) AS number",
    ),
    (
        "names of nothing",
        "MATCH (n:Name) WHERE NOT (n)<-[:NAMED]-() RETURN count(n) AS number",
    ),
    (
        "ties without a statement",
        "MATCH (:Entity)-[r]->(:Entity) WHERE NOT EXISTS { MATCH (s:Statement {tie: r.id}) } "
        "RETURN count(r) AS number",
    ),
    (
        "names in documents that are not of one entity",
        "MATCH (r:Reference) WHERE COUNT { (r)-[:REFERS_TO]->(:Entity) } <> 1 "
        "RETURN count(r) AS number",
    ),
    (
        "names that no document uses",
        "MATCH (r:Reference) WHERE NOT (r)<-[:USES]-() RETURN count(r) AS number",
    ),
    (
        "sketches of no document",
        "MATCH (k:Sketch) WHERE NOT EXISTS { MATCH (d:Document {id: k.id}) } "
        "RETURN count(k) AS number",
    ),
)

# What may be so, but people should know: what it is, how many, and what to do.
_REMARKS = (
    (
        "documents in which no statement was found",
        "MATCH (d:Document) WHERE NOT EXISTS { MATCH (d)<-[:STATED_IN]-(s:Statement) "
        "WHERE s.status <> 'possible' } RETURN count(d) AS number",
        "`partnergraph documents` shows which (statements 0); look whether their text is news",
    ),
    (
        "documents of which near-copies are not found",
        "MATCH (d:Document) WHERE NOT EXISTS { MATCH (k:Sketch {id: d.id}) } "
        "RETURN count(d) AS number",
        "an earlier version loaded them: build or load them once more",
    ),
    (
        "sources left out",
        "MATCH (o:LeftOut) RETURN count(o) AS number",
        "`partnergraph documents --status failed` (or skipped) tells why",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``level`` is "ok", "warn" or "problem"; ``advice`` says what to
    do, empty where nothing is."""

    level: str
    text: str
    advice: str = ""


def inspect(store: Store) -> tuple[Finding, ...]:
    """Look the graph over; reads only. Raises StoreError where it can't be read at all."""
    return tuple(_findings(store))


def _findings(store: Store) -> Iterator[Finding]:
    yield Finding(OK, f"{store.engine.name} {store.engine.version} at {store.address}")
    yield _version(store)
    yield from _keys(store)
    yield _contents(store)
    for what, query in _FAULTS:
        number = store.read(query)[0]["number"]
        if number:
            yield Finding(PROBLEM, f"{number} {what}", _RELOAD)
    for what, query, advice in _REMARKS:
        number = store.read(query)[0]["number"]
        if number:
            yield Finding(WARN, f"{number} {what}", advice)
    yield from _others(store)
    yield from _disk(store)
    yield from _account(store)


def mend(store: Store) -> None:
    """Make the keys and indexes that are missing. Raises StoreError, also where two nodes have
    one key."""
    for definition in definitions():
        store.write(definition)


def _version(store: Store) -> Finding:
    version = check_version(store)
    if version == 0:
        return Finding(WARN, "the graph is empty", "load documents: partnergraph build SOURCES")
    if version < VERSION:
        return Finding(
            PROBLEM, f"schema version {version}, this program writes {VERSION}", "load once more"
        )
    return Finding(OK, f"schema version {version}")


def _keys(store: Store) -> Iterator[Finding]:
    """The unique keys and the indexes, those that are missing first."""
    if not check_version(store):
        return
    keys = {pair for pair in _listed(store, "SHOW CONSTRAINTS") if "UNIQUE" in pair[2]}
    missing = sorted(label for label, key in KEYS.items() if (label, key) not in _pairs(keys))
    if missing:
        yield Finding(PROBLEM, f"no unique key on {', '.join(missing)}", _MEND)
    else:
        yield Finding(OK, f"unique keys on {', '.join(sorted(KEYS))}")
    there = _pairs(_listed(store, "SHOW INDEXES"))
    wanted = [(label, name) for label, names in INDEXES.items() for name in names]
    lacking = sorted(f"{label}.{name}" for label, name in wanted if (label, name) not in there)
    if lacking:
        yield Finding(PROBLEM, f"no index on {', '.join(lacking)}", _MEND)
    else:
        yield Finding(OK, f"{len(wanted)} indexes")


def _listed(store: Store, query: str) -> set[tuple[str, str, str]]:
    """(label, property, type) of what has one label and one property."""
    return {
        (record["labelsOrTypes"][0], record["properties"][0], str(record["type"]))
        for record in store.read(query)
        if len(record["labelsOrTypes"] or ()) == 1 == len(record["properties"] or ())
    }


def _pairs(listed: set[tuple[str, str, str]]) -> set[tuple[str, str]]:
    return {(label, name) for label, name, _ in listed}


def _others(store: Store) -> Iterator[Finding]:
    """How much in the database is not partnergraph's."""
    every = store.read("MATCH (n) RETURN count(n) AS number")[0]["number"]
    ours = sum(
        store.read(f"MATCH (n:{label}) RETURN count(n) AS number")[0]["number"] for label in KEYS
    )
    if every > ours:
        yield Finding(OK, f"beside it {every - ours:,} nodes of something else, left alone")


def _disk(store: Store) -> Iterator[Finding]:
    """What an embedded graph takes; a server's disk is the server's to tell."""
    folder = Path(store.address)
    if store.engine.queues_writers or not folder.is_dir():
        return
    used = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(folder).free
    text = f"{used / _MB:,.0f} MB on disk, {free / _MB:,.0f} MB free"
    if free < used:
        yield Finding(WARN, text, "make room: a backup, or a load of as much again, may not fit")
    else:
        yield Finding(OK, text)


def _account(store: Store) -> Iterator[Finding]:
    """Whether this account could write to a server by other means."""
    if not store.engine.queues_writers:
        return
    rows = store.read("SHOW CURRENT USER YIELD roles RETURN roles")
    roles = set(rows[0]["roles"] or ()) if rows else set()
    if not roles or roles - {"reader", "PUBLIC"}:
        yield Finding(
            WARN,
            "this account may write to the server; questions asked here can't (READ access mode)",
            "give those who only ask an account with the role reader (Neo4j Enterprise), or a "
            "copy: partnergraph backup",
        )


def _contents(store: Store) -> Finding:
    found = summarise(store)
    text = (
        f"{found.documents} documents, {sum(found.kinds.values())} entities, "
        f"{found.statements} statements, {found.partnerships} partnerships"
    )
    if found.possible:
        text += f", {found.possible} possible ties"
    if found.kinds:
        most = sorted(found.kinds.items(), key=lambda item: (-item[1], item[0]))
        text += " (" + ", ".join(f"{number} {kind}" for kind, number in most) + ")"
    return Finding(OK, text)
