"""Two writers at once leave the graph that one after the other leaves."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from benchmarks.corpus import readings
from extract.records import Reading
from graph.doctor import PROBLEM, inspect
from graph.dump import dump
from graph.load import load
from graph.store import Store


@pytest.mark.neo4j
def test_two_writers_at_once(neo4j_store: Store, neo4j_server: Any) -> None:
    corpus = list(readings(120))
    load(neo4j_store, corpus)
    expected = list(dump(neo4j_store))
    neo4j_store.write("MATCH (n) DETACH DELETE n")

    # Parts that overlap, into a graph that neither has made yet.
    errors: list[BaseException] = []
    parts = (corpus[:80], corpus[120:40:-1], corpus[1::2])
    writers = [threading.Thread(target=_write, args=(neo4j_server, part, errors)) for part in parts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert errors == []
    assert not [finding for finding in inspect(neo4j_store) if finding.level == PROBLEM]
    load(neo4j_store, corpus)  # all that no part had
    assert list(dump(neo4j_store)) == expected


def _write(server: Any, part: Sequence[Reading], errors: list[BaseException]) -> None:
    try:
        with Store.open(server.uri, user=server.user, password=server.password) as store:
            load(store, part, batch_size=10)
    except BaseException as error:
        errors.append(error)
