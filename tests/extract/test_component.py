"""The reader as a spaCy component. What it finds is tested elsewhere: of the weights nothing is
asked here but that they find something."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc, DocBin

from extract.component import TieReader, make_component
from extract.errors import InputError
from extract.ontology import ontology
from extract.pipeline import load_model
from extract.records import document_id

ROOT = Path(__file__).parents[2]
TEXT = """Orbis Pumps has opened a plant in Gdansk

  Orbis Pumps AG, a Swiss firm, opened its plant in Gdansk, Poland, on Monday. Ann Lee, who leads
it, said that Volkswagen buys all of it.\tSiemens had denied that it would buy Orbis.


The University of Lund and Ericsson will build a laboratory in Malmö together – “soon”, they say.
"""


@pytest.fixture(scope="module")
def reading_nlp() -> Any:
    """spaCy with the component at its end, which calls everything a tie."""
    nlp = load_model()
    nlp.add_pipe("partnergraph", config={"min_confidence": 0.0, "threads": 1})
    return nlp


@pytest.fixture(scope="module")
def doc(reading_nlp: Any) -> Doc:
    return reading_nlp(TEXT)


def test_spacy_finds_the_component_where_partnergraph_is_installed(tmp_path: Path) -> None:
    """By the entry point that pyproject.toml declares, as an installation writes it down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["spacy_factories"]
    installed = tmp_path / f"{project['name']}-{project['version']}.dist-info"
    installed.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (installed / "METADATA").write_text(metadata, encoding="utf-8")
    lines = [f"{name} = {place}" for name, place in declared.items()]
    text = "\n".join(["[spacy_factories]", *lines, ""])
    (installed / "entry_points.txt").write_text(text, encoding="utf-8")
    program = "import spacy; print(spacy.blank('en').has_factory('partnergraph'))"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == "True\n", found.stderr


def test_the_component_comes_after_parser_and_names(reading_nlp: Any) -> None:
    assert reading_nlp.pipe_names[-1] == "partnergraph"
    assert reading_nlp.analyze_pipes()["problems"]["partnergraph"] == []


def test_names_become_spans_of_a_kind(doc: Doc) -> None:
    assert doc.ents
    assert {span.label_ for span in doc.ents} <= set(ontology().kinds)


def test_spans_lead_to_their_entities(doc: Doc) -> None:
    entities = {entity.id: entity for entity in doc._.reading.entities}
    for span in doc.ents:
        entity = entities[span.kb_id_]
        assert span.label_ == ontology().kind_of(entity.type, entity.subtype).name
        assert any(
            span.start_char <= mention.start and mention.end <= span.end_char
            for mention in entity.mentions
        )


def test_every_named_mention_is_in_some_span(doc: Doc) -> None:
    covered = {token.i for span in doc.ents for token in span}
    for entity in doc._.reading.entities:
        for mention in entity.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            assert mention.kind != "name" or {token.i for token in span} <= covered


def test_mentions_are_the_text_at_their_offsets(doc: Doc) -> None:
    mentions = [m for entity in doc._.reading.entities for m in entity.mentions]
    assert mentions
    assert all(TEXT[m.start : m.end] == m.text for m in mentions)


def test_evidence_is_the_text_at_its_offsets(doc: Doc) -> None:
    spans = [span for tie in doc._.ties for span in tie.evidence]
    assert spans
    assert all(TEXT[span.start : span.end] == span.text for span in spans)


def test_evidence_stays_within_its_paragraph(doc: Doc) -> None:
    assert not any("\n\n" in span.text for tie in doc._.ties for span in tie.evidence)


def test_ties_are_those_of_the_reading_and_between_its_entities(doc: Doc) -> None:
    known = {entity.id: entity.type for entity in doc._.reading.entities}
    assert doc._.ties
    assert doc._.ties == doc._.reading.statements
    for tie in doc._.ties:
        assert ontology().allows(tie.type, known[tie.head], known[tie.tail])


def test_ties_are_sure_to_some_degree_and_say_what_voted_for_them(doc: Doc) -> None:
    for tie in doc._.ties:
        assert 0 <= tie.confidence <= 1
        assert tie.votes
        assert tie.status in ontology().statuses


def test_nothing_is_only_possible_where_everything_is_a_tie(doc: Doc) -> None:
    assert "possible" not in {tie.status for tie in doc._.ties}


def test_the_document_is_known_by_its_text(doc: Doc) -> None:
    assert doc._.reading.document.text == TEXT
    assert doc._.reading.document.id == document_id(TEXT)


def test_in_batches_or_alone_the_reading_is_the_same(reading_nlp: Any) -> None:
    texts = ["Orbis opened a plant.", TEXT, "", "Ann Lee works for Ericsson."]
    together = [doc._.reading for doc in reading_nlp.pipe(texts, batch_size=3)]
    assert together == [reading_nlp(text)._.reading for text in texts]


def test_several_processes_read_the_same(reading_nlp: Any) -> None:
    texts = [TEXT, "Ann Lee works for Ericsson."]
    found = [doc._.reading for doc in reading_nlp.pipe(texts, n_process=2, batch_size=1)]
    assert found == [reading_nlp(text)._.reading for text in texts]


def test_a_stored_doc_keeps_its_reading(doc: Doc) -> None:
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (found,) = DocBin().from_bytes(stored).get_docs(doc.vocab)
    assert found._.reading == doc._.reading
    assert found._.ties == doc._.ties


def test_a_doc_that_was_not_read_has_no_ties(reading_nlp: Any) -> None:
    doc = reading_nlp.make_doc(TEXT)
    assert (doc._.reading, doc._.ties) == (None, ())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "- - -\n\n!"])
def test_a_text_without_words_has_no_names_and_no_ties(reading_nlp: Any, text: str) -> None:
    doc = reading_nlp(text)
    assert (list(doc.ents), doc._.ties, doc._.reading.entities) == ([], (), ())


@pytest.mark.parametrize(
    "text",
    [
        "\n\nOrbis met Telsa.\n\n\n",
        "Orbis met Telsa\nin Lund\r\nand left\n.",
        "Orbis\u00a0met [SEP] Telsa\u200b 🏳️‍🌈 in Łódź.",
        "A" * 5000,
        "Orbis, " * 400 + "met.",
    ],
)
def test_odd_texts_are_read(reading_nlp: Any, text: str) -> None:
    reading = reading_nlp(text)._.reading
    assert all(text[m.start : m.end] == m.text for e in reading.entities for m in e.mentions)


def test_paragraphs_are_read_where_they_stand(reading_nlp: Any) -> None:
    """Blank lines before a text move what is found in it, and change nothing else."""
    plain, moved = (reading_nlp(text)._.reading for text in (TEXT, "\n\n\n" + TEXT))
    starts = [[[m.start for m in e.mentions] for e in each.entities] for each in (plain, moved)]
    assert [[start + 3 for start in row] for row in starts[0]] == starts[1]


def test_a_threshold_makes_ties_possible(reading_nlp: Any, doc: Doc) -> None:
    strict = TieReader(min_confidence=1.0, threads=1)
    with reading_nlp.select_pipes(disable=["partnergraph"]):
        found = strict(reading_nlp(TEXT))
    real = {tie.status for tie in doc._.ties} & {"in_effect", "announced", "planned", "ended"}
    assert real
    assert {tie.status for tie in found._.ties} <= {"possible", "denied", "rumoured", "disputed"}


def test_weights_that_are_not_there_are_named(tmp_path: Path) -> None:
    nlp = load_model()
    with pytest.raises(InputError, match="weights are incomplete"):
        make_component(nlp, "partnergraph", str(tmp_path), None, None)
