"""Rows of a graph into Neo4j by several writers at once, none of which waits for another.

A relationship locks both of its ends. So the nodes are dealt out to an odd number of buckets by
their keys, and relationships are written in rounds: in round r come those whose two buckets add
up to r. Within a round each bucket meets one other alone, so relationships of different pairs of
buckets share no node, and each pair is one writer's (a tournament's schedule).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.filling import BATCH, filling_nodes, filling_ties
from graph.spark.flow import transform
from graph.store import Store

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_PAIRS = 2  # pairs of buckets a writer and a round: more even work, more rounds

OnRows = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Server:
    """A database of a Neo4j server, as `Store.open` takes it; the password is never shown."""

    uri: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None

    def open(self) -> Store:
        """Open it for filling. Raises StoreError."""
        return Store.open(
            self.uri,
            user=self.user,
            password=self.password,
            database=self.database,
            restoring=True,
        )


def write_nodes(nodes: DataFrame, server: Server, writers: int) -> int:
    """Write the nodes, in the columns of texts.ROW, with so many writers at once; how many.

    What is there already stays as it is. Raises StoreError, by way of Spark, where the server
    is gone.
    """
    return _written(nodes.repartition(writers), server)


def count_rounds(writers: int) -> int:
    """In how many rounds relationships are written: also the number of buckets, which is odd."""
    return 2 * _PAIRS * writers - 1


def deal_out(ties: DataFrame, writers: int) -> DataFrame:
    """The relationships with their ``round``, and the ``writer`` of each in it."""
    from pyspark.sql import functions as fn

    buckets = count_rounds(writers)
    one, other = (fn.pmod(fn.xxhash64(name), fn.lit(buckets)) for name in ("start", "end"))
    apart = fn.least(fn.pmod(one - other, fn.lit(buckets)), fn.pmod(other - one, fn.lit(buckets)))
    dealt = ties.withColumn("round", fn.pmod(one + other, fn.lit(buckets)).cast("int"))
    return dealt.withColumn("writer", fn.pmod(apart, fn.lit(writers)).cast("int"))


def write_ties(dealt: DataFrame, server: Server, writers: int, number: int) -> int:
    """Write the relationships of one round, as `deal_out` gave them; how many."""
    rows = dealt.where(dealt["round"] == number).repartitionById(writers, "writer")
    return _written(rows, server)


def _written(rows: DataFrame, server: Server) -> int:
    counts = transform(rows, partial(_write, server), "rows long")
    return sum(int(row["rows"]) for row in counts.toLocalIterator())


def _write(server: Server, rows: Iterator[Mapping[str, Any]]) -> Iterator[tuple[int]]:
    """Write a partition's rows; in a worker. They may have been written before: Spark does a
    task anew whose worker was lost."""
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    number = 0
    with server.open() as store:
        for row in rows:
            kept = waiting[row["kind"]]
            kept.append(
                {
                    "start": row["start"],
                    "end": row["end"],
                    "properties": json.loads(row["properties"]),
                }
            )
            number += 1
            if len(kept) >= BATCH:
                _put(store, row["kind"], waiting.pop(row["kind"]))
        for kind in sorted(waiting):
            _put(store, kind, waiting[kind])
    yield (number,)


def _put(store: Store, kind: str, rows: list[dict[str, Any]]) -> None:
    if "-" in kind:
        statement = filling_ties(tuple(kind.split("-")), again=True)
    else:
        statement = filling_nodes(tuple(kind.split(":")), again=True)
    store.write(statement, {"rows": rows})
