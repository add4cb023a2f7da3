"""The same documents give the same graph on both engines, byte for byte."""

from __future__ import annotations

import pytest

from extract.records import Reading
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.store import Store


@pytest.mark.neo4j
def test_dumps_are_equal(
    embedded_store: Store, neo4j_store: Store, corpus: tuple[Reading, ...]
) -> None:
    for store in (embedded_store, neo4j_store):
        load(store, corpus[::-1], batch_size=4)
        forget(store, [corpus[6].document.id])
    graph = list(dump(embedded_store))
    assert len(graph) > 100
    assert graph == list(dump(neo4j_store))
