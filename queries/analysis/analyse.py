"""Measure the network of who works with whom; the result is an answer like any other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from extract.errors import QueryError
from graph.measures import Measure, count_changes, write_measure
from graph.schema import ensure_schema
from queries.analysis.measuring import MEASURES, Known, Row
from queries.analysis.network import TIES, read_homes, read_network, read_tied
from queries.formats import in_words
from queries.near import near_words
from queries.questions import Question
from queries.runner import Answer
from queries.values import NodeValue

if TYPE_CHECKING:
    from graph.store import Store

_LEAST = "brokers"
_YEAR = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def analyse(
    store: Store,
    measure: str,
    *,
    year: str | None = None,
    limit: int | None = None,
    write: bool = False,
) -> Answer:
    """The answer to one of `measures`, the most telling rows first, ``limit`` at most.

    With ``year`` (or a month), only ties that a document of that time speaks of. Planned, ended
    and unconfirmed ties never count. With ``write``, the graph keeps what was measured of each
    entity as a property of it, and a Measure node that says how, until its next change.
    Raises QueryError for an unknown measure, no year, or nothing that could be kept.
    """
    question = measures().get(measure)
    if question is None:
        near = near_words(measure, measures())
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise QueryError(f"there is no measure {measure!r}{hint}: {', '.join(measures())}")
    if limit is not None and limit < 1:
        raise QueryError(f"limit {limit}: ask for one row at least")
    if year is not None and not _YEAR.fullmatch(year):
        raise QueryError(f"{year!r} is no year or month: write 2024 or 2024-05")
    if write and measure not in _properties():
        raise QueryError(
            f"{measure} is measured of no single entity; --write takes {', '.join(_properties())}"
        )
    changes = count_changes(store) if write else 0
    network = read_network(store, _read()["not_counted"], year)
    known = Known(
        read_homes(store) if measure == "assortativity" else {},
        read_tied(store) if measure == "likely-partners" else frozenset(),
    )
    found = MEASURES[measure](network, known) if network else iter(())
    if write:
        ensure_schema(store)
        found = _keep(store, question, year, found, changes)
    rows = tuple(islice(found, limit))
    given = {} if year is None else {"year": year}
    note = _tell(measure, rows)
    if limit and len(rows) == limit:
        note = f"Only the first {limit:,} rows were asked for; there may be more."
    columns = tuple(question.columns)
    return Answer(
        question,
        question.cypher,
        given,
        columns,
        rows,
        note,
        weights=dict(_weigh(measure, rows)) if columns[0] == "entity" else {},
        groups=dict(_group(rows)) if columns[0] == "community" else {},
    )


def _keep(
    store: Store, question: Question, year: str | None, found: Iterator[Row], changes: int
) -> Iterator[Row]:
    """Write what was found of all entities; the rows once more."""
    rows = list(found)
    values: dict[str, float | str] = dict(_group(rows))
    for entity, _, value, *_rest in rows:
        if isinstance(entity, NodeValue) and isinstance(value, int | float):
            values[entity.id] = value
    told = Measure(
        id=_properties()[question.name],
        title=question.title,
        method=question.answers,
        year=year or "",
        entities=len(values),
        by=f"partnergraph {version('partnergraph')}",
        time=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    write_measure(store, told, values, changes=changes)
    return iter(rows)


def _tell(measure: str, rows: Sequence[tuple[object, ...]]) -> str:
    """What to say beside the rows: a page has no place for what is of nobody."""
    if not rows:
        return "Nothing to measure: no ties of this kind are in the graph."
    if measure != "assortativity":
        return ""
    told = (
        f"{name}: {in_words(value) or 'not to be told'} on {ties} ties"
        for name, value, ties in rows
    )
    return f"{'; '.join(told)}."


def _weigh(measure: str, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[str, float]]:
    """How large each entity is to be drawn: by what was measured of it."""
    for node, _, value, *_rest in rows:
        if isinstance(node, NodeValue) and isinstance(value, int | float):
            # Of the constraint the least is what tells.
            yield node.id, 1 / value if measure == _LEAST and value else float(value)


def _group(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[str, str]]:
    """The community of each entity, which lends it its colour."""
    for name, *_, members in rows:
        if isinstance(members, list):
            yield from ((node.id, str(name)) for node in members)


@cache
def measures() -> Mapping[str, Question]:
    """What can be measured, each described like a question of the catalogue."""
    told: dict[str, Any] = _read()["measures"]
    found = {
        name: Question(
            name=name,
            topic="analysis",
            picture="those whom it names, with the ties among them",
            cypher=TIES.strip(),
            parameters=_PARAMETERS,
            **{key: value for key, value in row.items() if key != "property"},
        )
        for name, row in told.items()
    }
    return MappingProxyType(found)


def _properties() -> dict[str, str]:
    """Measure → the property of entities that can keep it."""
    told = _read()["measures"]
    return {name: row["property"] for name, row in told.items() if "property" in row}


_PARAMETERS = (
    {"name": "year", "type": "text", "default": None, "example": "2024", "help": "a year or month"},
    {"name": "not_counted", "type": "text", "default": None, "example": "", "help": "left out"},
)


@cache
def _read() -> dict[str, Any]:
    text = files("queries.analysis").joinpath("measures.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
