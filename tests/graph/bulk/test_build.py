"""All rows of a graph at once are those that loading document by document comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from extract.records import Reading
from graph.bulk import NodeRow, TieRow, build_rows
from graph.bulk.build import with_ends
from graph.contribution import contribution
from graph.dump import dump, node_line, tie_line
from graph.load import load
from graph.resolution.resolve import Join
from graph.store import Store

Joins = Callable[[Store], dict[str, Join]]


def lines_of(readings: Sequence[Reading], joins: dict[str, Join]) -> list[str]:
    """The rows as the lines of a dump."""
    nodes, ties = [], []
    for row in build_rows([contribution(reading) for reading in readings], joins):
        if isinstance(row, NodeRow):
            nodes.append(node_line(row.labels, row.properties))
        else:
            ties.append(tie_line(row.type, row.start, row.end, row.properties))
    return sorted(nodes) + sorted(ties)


def test_the_rows_are_those_of_the_loaded_graph(
    embedded_store: Store, joins_in: Joins, corpus: tuple[Reading, ...]
) -> None:
    load(embedded_store, corpus)

    assert lines_of(corpus, joins_in(embedded_store)) == list(dump(embedded_store))


def test_near_copies_are_one_story(
    embedded_store: Store, joins_in: Joins, reading: Callable[..., Reading]
) -> None:
    body = " ".join(f"word{number}" for number in range(60))
    ties = [("Alfa", "SUPPLIES", "Beta")]
    copies = [
        reading(f"Alfa supplies Beta. {body} {n}", ties, date=f"2025-0{n}") for n in (1, 2, 3)
    ]
    load(embedded_store, copies)
    lines = lines_of(copies, joins_in(embedded_store))

    assert lines == list(dump(embedded_store))
    assert Counter('"SAME_STORY_AS"' in line for line in lines)[True] == 2


def test_what_many_documents_say_is_kept_summed_up(
    embedded_store: Store, joins_in: Joins, reading: Callable[..., Reading]
) -> None:
    many = [
        reading(
            f"In week {n} {name} supplied Beta with {n} {' '.join([str(n)] * n)} parts.",
            [(name, "SUPPLIES", "Beta")],
        )
        for n in range(12)
        for name in ("Alfa Motors", "Alfa Motors AG" if n % 2 else "Gamma")
    ]
    load(embedded_store, many)
    lines = lines_of(many, joins_in(embedded_store))

    assert lines == list(dump(embedded_store))
    assert any('"labels":["Digest"]' in line for line in lines)


def test_an_end_is_told_once() -> None:
    ties = [TieRow("Entity", "NAMED", "Name", start, "x") for start in "ab"]

    assert [row for row in with_ends("Name", ties) if isinstance(row, NodeRow)] == [
        NodeRow(("Name",), {"key": "x"})
    ]


@pytest.mark.parametrize("few", [1, 3, 6])
def test_any_part_of_the_corpus_gives_its_own_graph(
    embedded_store: Store, joins_in: Joins, corpus: tuple[Reading, ...], few: int
) -> None:
    load(embedded_store, corpus[-few:])

    assert lines_of(corpus[-few:], joins_in(embedded_store)) == list(dump(embedded_store))
