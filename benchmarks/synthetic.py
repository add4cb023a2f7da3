"""A finished graph of any size, written row by row: for what only reads a graph.

Two ties a name and three statements a name, each in a document of five; names that have many ties
get ever more of them, so a few have thousands. Nothing is resolved or derived: loading as many
documents would take hours.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from benchmarks.names import invent_name
from extract.ontology import RelationType, ontology
from graph.derive import UNCONFIRMED, is_confirmed
from graph.schema import KEYS, NODE_ID, VERSION, definitions
from graph.store import Store

BATCH = 1000  # rows a transaction
TIES, STATEMENTS, A_DOCUMENT = 2, 3, 5  # a name; a name; statements in one document
_KINDS = (("Firm", 62), ("City", 20), ("Person", 12), ("Product", 6))
_UNREAL = 0.05  # of the ties
_WORDS = "officials plant market quarter agreement battery engineers supply growth output city"
_Row = tuple[tuple[str, ...], dict[str, Any]]  # (labels) or (label, type, label); the row


def fill(store: Store, size: int, seed: int = 7) -> None:
    """Write a graph of so many names into an empty store, the same one for the same seed."""
    for definition in definitions():
        store.write(definition)
    store.write(
        "CREATE (:PartnergraphSchema {id: $id, version: $version})",
        {"id": NODE_ID, "version": VERSION},
    )
    waiting: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for kind, row in _rows(size, random.Random(seed)):
        waiting[kind].append(row)
        if len(waiting[kind]) >= BATCH:
            _flush(store, waiting, kind)
    for kind in sorted(waiting, key=len):  # nodes, then what leads from one to another
        _flush(store, waiting, kind)


def _flush(store: Store, waiting: dict[tuple[str, ...], list[dict[str, Any]]], kind: Any) -> None:
    if len(kind) == 3:  # their ends must be there
        for nodes in [one for one in waiting if len(one) < 3]:
            _flush(store, waiting, nodes)
    if rows := waiting.pop(kind, []):
        store.write(_query(kind), {"rows": rows})


def _query(kind: tuple[str, ...]) -> str:
    if len(kind) < 3:
        return f"UNWIND $rows AS row CREATE (n:{':'.join(kind)}) SET n = row"
    start, type_, end = kind
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.a}}) "
        f"MATCH (b:{end} {{{KEYS[end]}: row.b}}) CREATE (a)-[r:{type_}]->(b) SET r = row.p"
    )


def _rows(size: int, draw: random.Random) -> Iterator[_Row]:
    """Names first, then ties with their statements and documents."""
    kinds = [kind for kind, share in _KINDS for _ in range(share)]
    chosen = [draw.choice(kinds) for _ in range(size)]
    names = [invent_name(draw, ontology().kinds[kind].type) for kind in chosen]
    for number, (kind, name) in enumerate(zip(chosen, names, strict=True)):
        yield ("Entity", ontology().kinds[kind].label), _entity(number, kind, name, draw)
    ends = list(range(size))  # once a name, and once more for each of its ties
    position = 0
    for number in range(size * TIES):
        one, other = draw.randrange(size), draw.choice(ends)
        fitting = _fitting(chosen[one], chosen[other])
        if one == other or not fitting:
            continue
        ends.append(other)
        told = number % TIES + 1  # statements: three for two ties
        yield from _tie(number, draw.choice(fitting), one, other, names, told, position, draw)
        position += told


def _entity(number: int, kind: str, name: str, draw: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {"id": _id("ent", number), "name": name, "kind": kind}
    row["aliases"] = [f"{name} Group"] if draw.random() < 0.3 else []
    row |= {"mentions": draw.randint(1, 9), "documents": draw.randint(1, 5)}
    return row | ({"country": "Germany"} if kind == "City" else {})


def _tie(
    number: int,
    relation: RelationType,
    one: int,
    other: int,
    names: list[str],
    told: int,
    position: int,
    draw: random.Random,
) -> Iterator[_Row]:
    status = draw.choice(list(ontology().statuses)) if draw.random() < _UNREAL else "in_effect"
    own = {"id": _id("tie", number), "status": status, "confidence": round(draw.random(), 3)}
    own |= {"statements": [_id("sta", position + i) for i in range(told)], "documents": told}
    type_ = relation.name if is_confirmed(status) else UNCONFIRMED
    ends = {"a": _id("ent", one), "b": _id("ent", other)}
    for at in range(position, position + told):
        if at % A_DOCUMENT == 0:
            yield ("Document",), _document(at)
        filler = " ".join(draw.choices(_WORDS.split(), k=14))
        text = f"{names[one]} spoke of {names[other]} as {filler}."
        said = {"id": _id("sta", at), "tie": own["id"], "type": relation.name, "text": text}
        said |= {"status": status, "confidence": own["confidence"], "rule": "benchmark"}
        yield ("Statement",), said
        links = {"STATED_IN": ("Document", _id("doc", at // A_DOCUMENT))}
        links |= {"SUBJECT": ("Entity", ends["a"]), "OBJECT": ("Entity", ends["b"])}
        for link, (label, end) in links.items():
            yield ("Statement", link, label), {"a": said["id"], "b": end, "p": {}}
    own |= {"type": relation.name} if type_ == UNCONFIRMED else {"since": "2024-05"}
    yield ("Entity", type_, "Entity"), {**ends, "p": own}


def _document(at: int) -> dict[str, Any]:
    number = at // A_DOCUMENT
    date = f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
    known = {"id": _id("doc", number), "title": f"Report {number}", "date": date}
    return known | {"publisher": "Daily Post", "url": f"https://example.org/{number}"}


def _fitting(one: str, other: str) -> list[RelationType]:
    head, tail = ontology().kinds[one].type, ontology().kinds[other].type
    return [r for r in ontology().relations.values() if head in r.head and tail in r.tail]


def _id(prefix: str, number: int) -> str:
    return f"{prefix}-{number:016x}"
