"""JSON-LD and Turtle are the same RDF, and SHACL finds what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import PROV, RDF, SH

from extract.ontology import ontology
from graph.export import export
from graph.export.linked import shapes, web_address
from graph.export.vocabulary import classes
from graph.store import Store

PG = rdflib.Namespace("urn:partnergraph:words:")
SCHEMA = rdflib.Namespace("https://schema.org/")
SHAPE = rdflib.Namespace("urn:partnergraph:shapes:")


def _turtle(store: Store, folder: Path, unconfirmed: bool = True) -> rdflib.Graph:
    path = export(store, folder / "graph.ttl", unconfirmed=unconfirmed).path
    return rdflib.Graph().parse(path, format="turtle")


def _json(store: Store, folder: Path, unconfirmed: bool = True) -> rdflib.Graph:
    path = export(store, folder / "graph.jsonld", unconfirmed=unconfirmed).path
    return rdflib.Graph().parse(path, format="json-ld")


def _verdict(graph: rdflib.Graph) -> tuple[bool, str]:
    shaped = rdflib.Graph().parse(data=shapes(), format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shaped)
    return conforms, text


def test_turtle_is_the_same_graph_as_json_ld(
    tied: Store, tmp_path: Path, unconfirmed: bool
) -> None:
    turtle, linked = _turtle(tied, tmp_path, unconfirmed), _json(tied, tmp_path, unconfirmed)
    assert len(turtle) == len(linked) > 10_000
    assert set(turtle) == set(linked)  # no node is without a name


def test_turtle_of_the_demo_is_isomorphic_to_its_json_ld(demo: Store, tmp_path: Path) -> None:
    assert isomorphic(_turtle(demo, tmp_path), _json(demo, tmp_path))


def test_turtle_keeps_a_text_as_it_is(tied: Store, tmp_path: Path) -> None:
    names = {str(name) for name in _turtle(tied, tmp_path).objects(None, SCHEMA.name)}
    assert {"=HYPERLINK()", '<b>"Beta"</b>'} <= names
    (text,) = tied.read("MATCH (s:Statement) WHERE s.text STARTS WITH '=' RETURN s.text AS text")
    texts = {str(told) for told in _turtle(tied, tmp_path).objects(None, SCHEMA.text)}
    assert text["text"] in texts


def test_the_demo_conforms_to_the_shapes(demo: Store, tmp_path: Path, unconfirmed: bool) -> None:
    conforms, text = _verdict(_turtle(demo, tmp_path, unconfirmed))
    assert conforms, text


def test_ties_of_every_type_and_status_conform_to_the_shapes(tied: Store, tmp_path: Path) -> None:
    conforms, text = _verdict(_turtle(tied, tmp_path))
    assert conforms, text


def _without_sentence(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((tie, PROV.wasDerivedFrom, None))


def _without_status(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((tie, PG.status, None))


def _possible(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.set((tie, PG.status, rdflib.Literal("possible")))


def _two_statuses(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.add((tie, PG.status, rdflib.Literal("denied")))


def _unknown_type(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.set((tie, PG.relation, rdflib.Literal("ADMIRES")))


def _unknown_class(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    end = graph.value(tie, PG.source)
    assert end is not None
    graph.set((end, RDF.type, SCHEMA.Unicorn))


def _unknown_class_without_ties(graph: rdflib.Graph, _: rdflib.term.Node) -> None:
    graph.add((rdflib.URIRef("urn:partnergraph:ent-new"), RDF.type, SCHEMA.Unicorn))


def _without_class(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((graph.value(tie, PG.target), RDF.type, None))


def _without_an_end(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((tie, PG.target, None))


def _sentence_of_no_document(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((graph.value(tie, PROV.wasDerivedFrom), SCHEMA.isPartOf, None))


def _sentence_without_words(graph: rdflib.Graph, tie: rdflib.term.Node) -> None:
    graph.remove((graph.value(tie, PROV.wasDerivedFrom), SCHEMA.text, None))


@pytest.mark.parametrize(
    "broken",
    [
        _without_sentence,
        _without_status,
        _possible,
        _two_statuses,
        _unknown_type,
        _unknown_class,
        _unknown_class_without_ties,
        _without_class,
        _without_an_end,
        _sentence_of_no_document,
        _sentence_without_words,
    ],
)
def test_a_broken_graph_does_not_conform(
    demo: Store, tmp_path: Path, broken: Callable[[rdflib.Graph, rdflib.term.Node], None]
) -> None:
    graph = _turtle(demo, tmp_path)
    tie = min(graph.subjects(RDF.type, PG.Tie))
    broken(graph, tie)
    conforms, text = _verdict(graph)
    assert not conforms, text


def _listed(shape: rdflib.term.Node, path: rdflib.term.Node) -> set[str]:
    """What a shape allows as values of a property."""
    graph = rdflib.Graph().parse(data=shapes(), format="turtle")
    for rule in graph.objects(shape, SH.property):
        if graph.value(rule, SH.path) == path and (told := graph.value(rule, SH["in"])):
            return {str(value) for value in Collection(graph, told)}
    raise AssertionError("no such list")


def test_the_shapes_name_what_the_ontology_names() -> None:
    kinds = {str(SCHEMA[name]) for name in classes().values()}
    others = {str(word) for word in (SCHEMA.Article, SCHEMA.Claim, PG.Tie, PROV.Entity)}
    statuses = {status.name for status in ontology().statuses.values() if status.drawn}
    assert _listed(SHAPE.Name, RDF.type) == kinds
    assert _listed(SHAPE.Any, RDF.type) == kinds | others
    assert _listed(SHAPE.Tie, PG.relation) == set(ontology().relations)
    assert _listed(SHAPE.Tie, PG.status) == statuses


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("https://example.org/é", "https://example.org/é"),
        (
            'https://example.org/<a>|\\^`{}"\x01',
            "https://example.org/%3Ca%3E%7C%5C%5E%60%7B%7D%22%01",
        ),
        ("http://[half", None),
        ("https://", None),
        ("javascript:alert(1)", None),
        ("https://example.org/a b", None),
        (None, None),
    ],
)
def test_only_an_address_that_rdf_can_hold_is_one(told: str | None, address: str | None) -> None:
    assert web_address(told) == address
