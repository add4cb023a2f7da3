"""Words a second of reading beside bare spaCy with the same model on the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.table import Row, seconds
from extract.pipeline import Reader
from extract.records import Document, document_id
from extract.sources import read_sources
from partnergraph.demo import demo_sources

TITLE = "Reading"
COPIES = 15


def corpus() -> list[Document]:
    """The demo corpus, several times over; each copy is a text of its own."""
    read = read_sources([str(path) for path in demo_sources()])
    documents = [item for item in read if isinstance(item, Document)]
    return [
        replace(document, text=text, id=document_id(text))
        for copy in range(COPIES)
        for document in documents
        for text in [f"{document.text}\n\nEdition {copy}."]
    ]


def measure() -> Iterator[Row]:
    """Both read paragraph by paragraph in batches of one size, on one process."""
    documents = corpus()
    words = sum(len(document.text.split()) for document in documents)
    reader = Reader()
    sum(1 for _ in reader.read(documents[: len(documents) // 5]))  # both sides meet it warm
    paragraphs = [part for document in documents for part in document.text.split("\n\n")]
    spacy = seconds(lambda: sum(1 for _ in reader.nlp.pipe(paragraphs, batch_size=32)), 3)
    ours = seconds(lambda: sum(1 for _ in reader.read(documents)), 3)
    yield Row(
        "entities and ties",
        words / ours,
        "bare spaCy, the same pipeline",
        words / spacy,
        "words/s",
        f"{words:,} words, {len(documents)} documents",
    )
