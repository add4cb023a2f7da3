"""The look over a graph."""

from __future__ import annotations

import pytest

from extract.records import Reading
from graph.doctor import PROBLEM, WARN, inspect
from graph.load import load
from graph.schema import VERSION
from graph.store import Store


def test_a_loaded_graph_is_sound(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    findings = inspect(store)
    assert not [finding for finding in findings if finding.level == PROBLEM]
    texts = "\n".join(finding.text for finding in findings)
    assert f"{store.engine.name} {store.engine.version}" in texts
    assert "10 documents" in texts
    assert f"schema version {VERSION}" in texts
    assert "unique keys on Block, Document, Entity, Judgement, Name" in texts
    assert [f.text for f in findings if f.level == WARN] == [
        "1 documents in which no statement was found"
    ]


def test_an_empty_graph_says_what_to_do(store: Store) -> None:
    assert "partnergraph build" in " ".join(finding.advice for finding in inspect(store))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("MATCH (:Document)-[r:MENTIONS]->() DELETE r", "entities that no document mentions"),
        ("MATCH ()-[r:STATED_IN]->() DELETE r", "statements without a document"),
        ("MATCH ()-[r:SUBJECT]->() DELETE r", "statements without both sides"),
        ("MATCH ()-[r:ABOUT]->() DELETE r", "partnerships without a statement"),
        ("MATCH ()-[r:PARTY_TO]->() DELETE r", "partnerships without a party"),
        ("MATCH ()-[r:NAMED]->() DELETE r", "names of nothing"),
    ],
)
def test_harm_is_found(store: Store, corpus: tuple[Reading, ...], harm: str, words: str) -> None:
    load(store, corpus)
    store.write(harm)
    (found,) = (finding for finding in inspect(store) if words in finding.text)
    assert found.level == PROBLEM
    assert found.advice
