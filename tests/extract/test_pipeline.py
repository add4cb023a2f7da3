"""The reader: generators in and out, batches across documents, failures that stop nothing."""

from collections.abc import Iterator
from itertools import islice

import pytest

from extract.errors import InputError
from extract.pipeline import Reader, load_model
from extract.records import Document, Failure, Reading

SENTENCE = "Siemens said on Monday that it would build trains with Alstom in Munich. "


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(batch_size=4)


def test_readings_come_in_the_order_of_the_documents(reader):
    documents = [Document(f"d{i}", SENTENCE * (i % 5)) for i in range(40)]
    readings = list(reader.read(documents))
    assert [reading.document.id for reading in readings] == [d.id for d in documents]


def test_reading_alone_or_in_a_batch_is_the_same(reader):
    documents = [Document("a", SENTENCE), Document("b", "Arm is a British firm. " + SENTENCE)]
    together = list(reader.read(documents))
    assert together == [next(reader.read([document])) for document in documents]


def test_documents_are_taken_as_they_are_needed(reader):
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(f"d{taken}", SENTENCE)

    assert len(list(islice(reader.read(endless()), 3))) == 3
    assert taken <= 16


def test_an_error_in_one_document_leaves_the_others(reader, monkeypatch):
    def fragile(document, *_):
        if document.id == "bad":
            raise ValueError("two\nlines")
        return (), ()

    documents = [Document("good", SENTENCE), Document("bad", SENTENCE, source="bad.txt")]
    monkeypatch.setattr("extract.relations.find_statements", fragile)
    good, bad = reader.read(documents)
    assert isinstance(good, Reading)
    assert isinstance(bad, Failure)
    assert bad.source == "bad.txt"
    assert bad.reason.startswith("reading failed: ValueError: two lines; ")


def test_an_error_in_the_model_is_one_document_s(reader, monkeypatch):
    tokenize = reader.nlp.tokenizer

    def breaking(text):
        if "unreadable" in text:
            raise RuntimeError("no")
        return tokenize(text)

    monkeypatch.setattr(reader.nlp, "tokenizer", breaking)
    documents = [
        Document("a", SENTENCE),
        Document("b", "This is unreadable."),
        Document("c", SENTENCE),
    ]
    kinds = [type(item) for item in reader.read(documents)]
    assert kinds == [Reading, Failure, Reading]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\ud800 Siemens said \x00 it would.",
        "<script>'); DROP</script> said so.",
        "x" * 70_000,
    ],
)
def test_hostile_texts_are_read(reader, text):
    (reading,) = reader.read([Document("d", text)])
    assert isinstance(reading, Reading)
    assert all(text[m.start : m.end] == m.text for e in reading.entities for m in e.mentions)


def test_a_very_long_line_is_read_whole(reader):
    text = SENTENCE * 600
    (reading,) = reader.read([Document("d", text)])
    assert {entity.name: len(entity.mentions) for entity in reading.entities} == {
        "Siemens": 600,
        "Alstom": 600,
        "Munich": 600,
    }


def test_a_confidence_beyond_one_is_refused():
    with pytest.raises(InputError, match=r"1\.5 is not between 0 and 1"):
        Reader(min_confidence=1.5)


def test_metadata_of_the_page_reach_the_reading(reader):
    text = f"Siemens and Alstom will build trains\n\n3 November 2025\n\n{SENTENCE}"
    (reading,) = reader.read([Document("d", text)])
    assert (reading.document.title, reading.document.date) == (
        "Siemens and Alstom will build trains",
        "2025-11-03",
    )


def test_statements_and_added_entities_are_passed_on(reader, monkeypatch):
    from extract.records import Entity, Statement

    added = Entity("e9", "LOC", "country", "Sweden")
    statement = Statement("PARTNERS_WITH", "e0", "e1")
    monkeypatch.setattr("extract.relations.find_statements", lambda *_: ((statement,), (added,)))
    (reading,) = reader.read([Document("d", SENTENCE)])
    assert reading.statements == (statement,)
    assert reading.entities[-1] == added


def test_a_missing_model_is_named_with_the_ways_to_get_one():
    with pytest.raises(InputError, match=r"no_such_model.*pip install.*spacy download"):
        load_model("no_such_model")
