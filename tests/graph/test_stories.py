"""Near-copies are one story: whatever the order, and until the last of them has gone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from extract.records import Reading
from graph.documents import list_documents
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.store import Store

Make = Callable[..., Reading]
TEXT = (
    "Alpha bought Beta on Monday for a sum that neither side would tell. The harbour and both "
    "sheds go to the buyer, who promised to keep all people for five years and to move the "
    "head office of the firm into the old town before the end of the coming winter."
)


@pytest.fixture
def copies(reading: Make) -> list[Reading]:
    """Three prints of one text, and a text of its own that says the same."""
    ties = [("Alpha", "ACQUIRED", "Beta", {"confidence": 0.5})]
    texts = [TEXT, f"(Agency) {TEXT}", f"{TEXT} Read more about the harbour here."]
    own = "As we learn from the court's register, Beta belongs to Alpha, which bought all of it."
    return [reading(text, ties, date="2025") for text in (*texts, own)]


def _tie(store: Store) -> tuple[int, float, int]:
    row = store.read(
        "MATCH (:Entity)-[r:ACQUIRED]->(:Entity) "
        "RETURN r.documents AS documents, r.confidence AS confidence, size(r.statements) AS n"
    )[0]
    return row["documents"], row["confidence"], row["n"]


def test_copies_count_once_and_each_can_be_read(store: Store, copies: list[Reading]) -> None:
    load(store, copies)
    assert _tie(store) == (2, 0.75, 4)
    rows = list_documents(store)
    assert len({row.story for row in rows}) == 2
    assert sum("near-copy of" in row.reason for row in rows) == 2
    linked = store.read("MATCH (d:Document)-[:SAME_STORY_AS]->(e:Document) RETURN d.id, e.id")
    assert len(linked) == 2


def test_the_order_does_not_matter(embedded_store: Store, copies: list[Reading]) -> None:
    found = set()
    for order in permutations(copies):
        embedded_store.write("MATCH (n) DETACH DELETE n")
        load(embedded_store, order, batch_size=1 + len(found) % 3)
        found.add("\n".join(dump(embedded_store)))
    assert len(found) == 1


def test_a_story_without_one_of_its_copies(store: Store, copies: list[Reading]) -> None:
    for gone in range(3):
        rest = [copy for position, copy in enumerate(copies) if position != gone]
        store.write("MATCH (n) DETACH DELETE n")
        load(store, rest)
        expected = list(dump(store))
        load(store, copies)
        forget(store, [copies[gone].document.id])
        assert list(dump(store)) == expected


def test_a_story_that_only_the_forgotten_copy_held_together(store: Store, reading: Make) -> None:
    words = [f"word{number}" for number in range(300)]
    one, both, other = " ".join(words[:200]), " ".join(words[40:240]), " ".join(words[80:280])
    readings = [reading(f"Alpha. {text}", names=["Alpha"]) for text in (one, both, other)]
    load(store, [readings[0], readings[2]])
    apart = list(dump(store))
    load(store, readings)
    assert len({row.story for row in list_documents(store)}) == 1
    forget(store, [readings[1].document.id])
    assert list(dump(store)) == apart
