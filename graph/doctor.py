"""Whether a graph is sound: what it is, what it holds, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.schema import KEYS, VERSION, check_version
from graph.summary import summarise

if TYPE_CHECKING:
    from graph.store import Store

OK, WARN, PROBLEM = "ok", "warn", "problem"
_RELOAD = "forget the documents concerned and load them again"

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
    silent = store.read(
        "MATCH (d:Document) WHERE NOT EXISTS { MATCH (d)<-[:STATED_IN]-(s:Statement) "
        "WHERE s.status <> 'possible' } RETURN count(d) AS number"
    )[0]["number"]
    if silent:
        yield Finding(
            WARN,
            f"{silent} documents in which no statement was found",
            "`partnergraph documents` shows which (statements 0); look whether their text is news",
        )


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
    present = {
        (record["labelsOrTypes"][0], record["properties"][0])
        for record in store.read("SHOW CONSTRAINTS")
        if "UNIQUE" in record["type"]
    }
    missing = sorted(label for label, key in KEYS.items() if (label, key) not in present)
    if missing and check_version(store):
        yield Finding(
            PROBLEM,
            f"no unique key on {', '.join(missing)}",
            "load into a new graph: this one may hold duplicates and is slow",
        )
    elif not missing:
        yield Finding(OK, f"unique keys on {', '.join(sorted(KEYS))}")


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
