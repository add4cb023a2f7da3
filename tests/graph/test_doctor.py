"""The look over a graph."""

from __future__ import annotations

import pytest

from extract.records import Failure, Reading
from graph.doctor import PROBLEM, WARN, inspect, mend
from graph.left_out import clear_left_out, note_left_out
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
    assert "unique keys on Block, Digest, Document, Entity" in texts
    warned = [f.text for f in findings if f.level == WARN]
    assert warned[0] == "1 documents in which no statement was found"
    if store.engine.name == "neo4j":  # Community: every account may write
        assert "this account may write" in warned[1]
    else:
        assert len(warned) == 1
        assert "MB on disk" in texts


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
        ("MATCH (s:Statement) REMOVE s.tie", "ties without a statement"),
        ("MATCH ()-[r:REFERS_TO]->() DELETE r", "names in documents that are not of one"),
        ("MATCH ()-[r:USES]->() DELETE r", "names that no document uses"),
        ("MATCH (k:Sketch) SET k.id = 'x' + k.id", "sketches of no document"),
    ],
)
def test_harm_is_found(store: Store, corpus: tuple[Reading, ...], harm: str, words: str) -> None:
    load(store, corpus)
    store.write(harm)
    (found,) = (finding for finding in inspect(store) if words in finding.text)
    assert found.level == PROBLEM
    assert found.advice


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DROP CONSTRAINT partnergraph_name IF EXISTS", "no unique key on Name"),
        ("DROP INDEX partnergraph_statement_tie IF EXISTS", "no index on Statement.tie"),
    ],
)
def test_what_is_missing_is_mended(
    neo4j_store: Store, corpus: tuple[Reading, ...], harm: str, words: str
) -> None:
    load(neo4j_store, corpus)
    neo4j_store.write(harm)
    (found,) = (finding for finding in inspect(neo4j_store) if words in finding.text)
    assert (found.level, "--mend" in found.advice) == (PROBLEM, True)
    mend(neo4j_store)
    assert not [finding for finding in inspect(neo4j_store) if finding.level == PROBLEM]


def test_what_was_left_out_is_told(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    note_left_out(store, [Failure("scan.pdf", "no text in it", "skipped")])
    (found,) = (finding for finding in inspect(store) if "left out" in finding.text)
    assert (found.level, found.text) == (WARN, "1 sources left out")
    clear_left_out(store, ["scan.pdf"])
    assert not [finding for finding in inspect(store) if "left out" in finding.text]
