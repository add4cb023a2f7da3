"""Say who is who: merge and split by name, carry judgements to and from files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import InputError, QueryError
from extract.ontology import ontology
from extract.records import content_id
from graph.names import name_key
from graph.resolution.judgements import Judged, Judgement, judge, list_judgements, now
from graph.resolution.neighbourhood import DIFFERENT, SAME
from queries.near import near_names

if TYPE_CHECKING:
    from graph.store import Store

_FIND = """
UNWIND $keys AS key MATCH (:Name {key: key})<-[:NAMED]-(e:Entity)
RETURN DISTINCT e.id AS id, e.name AS name, e.kind AS kind ORDER BY name, id
"""
_BY_ID = "MATCH (e:Entity {id: $id}) RETURN e.id AS id, e.name AS name, e.kind AS kind"
_REFERENCES = """
MATCH (e:Entity {id: $id})<-[:REFERS_TO]-(r:Reference)
RETURN r.id AS id, r.type AS type, r.name AS name ORDER BY r.documents DESC, id
"""
_KNOWN = "UNWIND $ids AS id MATCH (r:Reference {id: id}) RETURN id"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity, and the one of its names that was asked for."""

    entity: str
    name: str
    kind: str
    judged: Judged
    others: tuple[Judged, ...]


class _JudgedModel(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["ORG", "PER", "LOC", "PRODUCT"]
    name: str = Field(min_length=1, max_length=1000)


class _JudgementModel(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verdict: Literal["same", "different"]
    a: _JudgedModel
    b: _JudgedModel
    by: str = ""
    reason: str = ""
    source: str = ""
    time: str = ""
    action: str = ""


def merge(
    store: Store,
    one: str,
    other: str,
    *,
    by: str = "",
    reason: str = "",
    force: bool = False,
    time: str = "",
) -> list[Judgement]:
    """Judge two names to be of one entity; empty where that was judged before.

    A name may be any that the graph knows, or the id of an entity. Raises QueryError where one
    is not known or is of several entities, where both are one name, where the two are of
    different types (a firm and a person) unless ``force`` is set, and where the judgement
    contradicts others.
    """
    a, b = find_named(store, one), find_named(store, other)
    if a.judged == b.judged:
        raise QueryError(f"{one!r} and {other!r} are one name here already: nothing to merge")
    if a.judged.type != b.judged.type and not force:
        raise QueryError(
            f"{a.name} is a {a.kind}, {b.name} a {b.kind}: they are hardly one; "
            "to merge them all the same, add --force"
        )
    return judge(store, _action(SAME, [(a.judged, b.judged)], by, reason, "merge", time))


def split(
    store: Store, name: str, *, by: str = "", reason: str = "", time: str = ""
) -> list[Judgement]:
    """Judge a name to be of another entity than the names that it was joined with.

    Raises QueryError where it is not known, is joined with nothing, or was judged the same.
    """
    found = find_named(store, name)
    if not found.others:
        raise QueryError(
            f"nothing was joined with {found.judged.name!r}: it is one name, or documents "
            f"themselves use its names for one (`partnergraph entity {found.name!r}` shows which)"
        )
    pairs = [(found.judged, other) for other in found.others]
    return judge(store, _action(DIFFERENT, pairs, by, reason, "split", time))


def decide(
    store: Store, verdict: str, a: Judged, b: Judged, *, by: str = "", time: str = ""
) -> list[Judgement]:
    """Keep a verdict of a review."""
    return judge(store, _action(verdict, [(a, b)], by, "", "review", time))


def find_named(store: Store, name: str) -> Named:
    """The entity that goes by ``name`` (or has it as id), with the name's own reference.

    Raises QueryError where there is none, or several.
    """
    keys = sorted({name.lower(), *(name_key(type_, name) for type_ in _types())})
    rows = store.read(_BY_ID, {"id": name}) or store.read(_FIND, {"keys": keys})
    if not rows:
        near = near_names(store, name)
        advice = (
            f"near are {', '.join(near)}" if near else "`partnergraph query overview` shows all"
        )
        raise QueryError(f"the graph knows no {name!r}; {advice}")
    found = [_named(store, row, name) for row in rows]
    exact = [one for one in found if name_key(one.judged.type, name) == _key(one.judged)]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        listed = "; ".join(f"{one.entity} {one.name} ({one.kind})" for one in chosen)
        raise QueryError(f"{name!r} is the name of several entities, give an id: {listed}")
    return chosen[0]


def export_judgements(store: Store) -> Iterator[str]:
    """All judgements as JSON lines, the oldest first."""
    for item in list_judgements(store):
        yield json.dumps(item.to_dict(), ensure_ascii=False)


def read_judgements(lines: Iterable[str], source: str = "") -> list[Judgement]:
    """Judgements from exported lines. Raises InputError at the first line that is none."""
    return [
        _parsed(line, f"{source}:{number}" if source else f"line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many judgements were new, were known, and speak of names not in the graph (yet)."""

    new: int
    known: int
    unseen: int


def import_judgements(store: Store, lines: Iterable[str], source: str = "") -> ImportReport:
    """Take judgements from exported lines, all or none.

    Those of names that the graph does not hold are kept for documents that may come. Raises
    InputError at the first line that is none, QueryError where they contradict each other or
    what was judged before.
    """
    told = read_judgements(lines, source)
    fresh = judge(store, told)
    ids = sorted({side.reference for item in told for side in (item.a, item.b)})
    there = {row["id"] for row in store.read(_KNOWN, {"ids": ids})}
    unseen = sum(not {item.a.reference, item.b.reference} <= there for item in told)
    return ImportReport(len(fresh), len(told) - len(fresh), unseen)


def _named(store: Store, row: Any, name: str) -> Named:
    references = [
        Judged(found["type"], found["name"]) for found in store.read(_REFERENCES, {"id": row["id"]})
    ]
    mine = [one for one in references if name_key(one.type, name) == _key(one)]
    judged = mine[0] if mine else next(one for one in references if one.reference == row["id"])
    others = tuple(one for one in references if one is not judged)
    return Named(row["id"], row["name"], row["kind"], judged, others)


def _parsed(line: str, place: str) -> Judgement:
    try:
        told = _JudgementModel.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "it"
        raise InputError(f"{place} is no judgement: {field}: {first['msg']}") from None
    fields = told.model_dump(exclude={"a", "b"})
    return Judgement(
        a=Judged(told.a.type, told.a.name), b=Judged(told.b.type, told.b.name), **fields
    )


def _action(
    verdict: str,
    pairs: Sequence[tuple[Judged, Judged]],
    by: str,
    reason: str,
    source: str,
    time: str,
) -> list[Judgement]:
    moment = time or now()
    sides = [f"{a.reference}-{b.reference}" for a, b in pairs]
    action = content_id("act", verdict, moment, *sides)
    return [Judgement(verdict, a, b, by, reason, source, moment, action) for a, b in pairs]


def _key(judged: Judged) -> str:
    return name_key(judged.type, judged.name)


def _types() -> list[str]:
    return sorted({kind.type for kind in ontology().kinds.values()})
