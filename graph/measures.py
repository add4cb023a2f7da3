"""What was measured of entities, kept beside them in the graph until that changes.

Neo4j's own tools can then size and colour by it. A ``Measure`` node says what it is, how and when
it was found; any change of the graph takes it away with the values, for they would be of another
graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph import cypher
from graph.resolution.asking import tell

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

_PROPERTY = re.compile(r"[a-z]+")  # it becomes part of a statement
_CHANGES = "MATCH (v:PartnergraphSchema {id: 'schema'}) RETURN coalesce(v.changes, 0) AS changes"
_MEASURES = "MATCH (m:Measure) RETURN m ORDER BY m.id"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that the graph holds: the property of entities that has its values, its title,
    how it is found, of which year ("" for all), of how many entities, by which program and when
    (ISO, UTC)."""

    id: str
    title: str
    method: str
    year: str
    entities: int
    by: str
    time: str


def count_changes(store: Store) -> int:
    """How often the graph was changed: a measure holds for the graph that it was taken of."""
    rows = store.read(_CHANGES)
    return int(rows[0]["changes"]) if rows else 0


def list_measures(store: Store) -> list[Measure]:
    """The measures that the graph holds, by property."""
    return [Measure(**dict(row["m"])) for row in store.read(_MEASURES)]


def write_measure(
    store: Store, measure: Measure, values: Mapping[str, float | str], *, changes: int
) -> None:
    """Give entities (by id) their values, in one transaction; those of the measure before go.

    ``changes`` is what `count_changes` said before the measuring. Raises StoreError where the
    graph has changed since.
    """
    rows = [{"id": id_, "value": values[id_]} for id_ in sorted(values)]

    def work(tx: ManagedTransaction) -> None:
        found = tx.run(_CHANGES).single()
        if found is None or found["changes"] != changes:
            raise StoreError("the graph was changed while it was measured: measure it once more")
        _clear(tx, measure.id)
        tell(tx, _giving(measure.id), "rows", rows)
        tx.run("CREATE (m:Measure) SET m = $row", row=asdict(measure)).consume()

    store.transact(work)


def clear_measures(tx: ManagedTransaction) -> None:
    """Take all measures and their values away, in the transaction of a change."""
    for row in list(tx.run(_MEASURES)):
        _clear(tx, row["m"]["id"])


def _clear(tx: ManagedTransaction, property_: str) -> None:
    name = _checked(property_)
    tx.run(f"MATCH (e:Entity) WHERE e.{name} IS NOT NULL REMOVE e.{name}").consume()
    tx.run(cypher.DELETE_MEASURE, id=name).consume()


def _giving(property_: str) -> str:
    name = _checked(property_)
    return f"UNWIND $rows AS row MATCH (e:Entity {{id: row.id}}) SET e.{name} = row.value"


def _checked(property_: str) -> str:
    if not _PROPERTY.fullmatch(property_):
        raise StoreError(f"{property_!r} is no property of a measure: small letters alone")
    return property_
