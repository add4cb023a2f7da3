"""Twenty orders of the same documents, in batches of any size, give the same graph; on a server,
which takes five times as long for the same Cypher, six."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extract.records import Reading
from graph.dump import dump
from graph.load import load
from graph.store import Store

ORDERS = {"embedded": 20, "neo4j": 6}
ROOT = Path(__file__).parents[3]
GOLD = ("dev_articles.jsonl", "dev_passages.jsonl")


@pytest.fixture(scope="module")
def demo() -> list[Reading]:
    """The demo corpus, read once."""
    from partnergraph.intake import read

    corpus = ROOT / "partnergraph" / "demo" / "corpus"
    return [found for found in read([str(corpus)]) if isinstance(found, Reading)]


@pytest.fixture(scope="module")
def gold(shared_data: Path) -> list[Reading]:
    """Annotated news texts, with the names that people gave."""
    from partnergraph.intake import read_exchange

    found = read_exchange([str(shared_data / name) for name in GOLD])
    return [reading for reading in found if isinstance(reading, Reading)]


def test_the_demo_corpus_in_any_order(store: Store, demo: list[Reading]) -> None:
    assert len(demo) > 10
    _same_in_any_order(store, demo)


def test_news_texts_in_any_order(store: Store, gold: list[Reading]) -> None:
    assert len(gold) > 10
    _same_in_any_order(store, gold)


def _same_in_any_order(store: Store, readings: list[Reading]) -> None:
    draw = random.Random(11)
    expected: list[str] = []
    for _ in range(ORDERS[store.engine.name]):
        store.write("MATCH (n) DETACH DELETE n")
        order = draw.sample(readings, len(readings))
        load(store, order, batch_size=draw.choice((2, 7, 100)))
        graph = list(dump(store))
        expected = expected or graph
        assert graph == expected
