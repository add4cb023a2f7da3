"""The rows that Spark makes are those of the graph that one machine loads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from extract.exchange import read_readings, write_reading
from extract.records import Reading
from graph.dump import dump, node_line, tie_line
from graph.load import load
from graph.store import Store

Dumped = Callable[[Sequence[Reading], Store], list[str]]


def again(readings: Iterable[Reading]) -> list[Reading]:
    """Readings as they are read again: the exchange format trims titles."""
    found = read_readings(map(write_reading, readings), "readings")
    return [item for item in found if isinstance(item, Reading)]


@pytest.fixture
def dumped(session: Any, lines: Callable[..., Any], keep: Any, joins_in: Any) -> Dumped:
    """The lines of a dump, from the rows that Spark makes with the joins of a graph."""

    def make(readings: Sequence[Reading], store: Store) -> list[str]:
        from graph.spark import deciding
        from graph.spark.build import build_rows, choose

        joins = [
            (id_, join.entity, join.by, join.probability, join.like, list(join.reasons))
            for id_, join in joins_in(store).items()
        ]
        table = session.createDataFrame(joins, deciding.JOIN)
        nodes, ties = build_rows(choose(lines(readings), keep), table, keep)
        told = [
            node_line(row["kind"].split(":"), json.loads(row["properties"]))
            for row in nodes.collect()
        ]
        tied = [
            tie_line(
                row["kind"].split("-")[1], row["start"], row["end"], json.loads(row["properties"])
            )
            for row in ties.collect()
        ]
        return sorted(told) + sorted(tied)

    return make


def test_a_corpus_in_which_every_rule_has_something_to_do(
    embedded_store: Store, dumped: Dumped, corpus: tuple[Reading, ...]
) -> None:
    told = again(corpus)
    load(embedded_store, told)

    assert dumped(told, embedded_store) == list(dump(embedded_store))


def test_near_copies_and_names_that_many_documents_use(
    embedded_store: Store, dumped: Dumped, reading: Callable[..., Reading]
) -> None:
    body = " ".join(f"word{number}" for number in range(60))
    readings = [
        reading(
            f"{name} supplied Beta in week {n}. {body if n % 3 else n}",
            [(name, "SUPPLIES", "Beta")],
        )
        for n in range(12)
        for name in ("Alfa Motors", "Alfa Motors AG")
    ]
    readings = again(readings)
    load(embedded_store, readings)
    lines = dumped(readings, embedded_store)

    assert lines == list(dump(embedded_store))
    assert any('"SAME_STORY_AS"' in line for line in lines)
    assert any('"labels":["Digest"]' in line for line in lines)


def test_of_two_readings_of_one_text_the_earliest_counts(
    embedded_store: Store, dumped: Dumped, corpus: tuple[Reading, ...]
) -> None:
    one = corpus[0]
    twice = [
        replace(one, document=replace(one.document, date="2026-01-01", source="b.txt")),
        replace(one, document=replace(one.document, date="", source="c.txt")),
        one,
    ]
    twice = again(twice)
    load(embedded_store, twice)

    assert dumped(twice, embedded_store) == list(dump(embedded_store))
