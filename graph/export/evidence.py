"""What ties stand on, streamed: the sentences of each, and the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from graph.export.network import Row, in_batches, sorted_ids

if TYPE_CHECKING:
    from graph.store import Store

_TIES_AT_ONCE = 200  # a few have thousands of sentences
_CLAIMS = """
UNWIND $ids AS id MATCH (s:Statement {tie: id})-[:STATED_IN]->(d:Document)
WHERE s.status <> 'possible'
RETURN id AS tie, s.id AS id, s.text AS text, s.status AS status, s.confidence AS confidence,
       d.id AS document
"""
_DOCUMENT_IDS = "MATCH (d:Document) RETURN d.id AS id"
_DOCUMENTS = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN id, d.title AS title, d.date AS date, d.publisher AS publisher, d.url AS url,
       d.source AS source
"""


def with_claims(store: Store, ties: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each tie with all its sentences, by their ids: {id, text, status, confidence, document};
    the last is an id. What is only possible is left out."""
    waiting = iter(ties)
    while batch := list(islice(waiting, _TIES_AT_ONCE)):
        claims: dict[str, list[Row]] = defaultdict(list)
        for record in in_batches(store, _CLAIMS, [row["id"] for row in batch], "id"):
            claims[record["tie"]].append(dict(record))
        for row in batch:
            yield row, claims[row["id"]]


def stream_documents(store: Store) -> Iterator[Row]:
    """Each document, by id: {id, title, date, publisher, url, source}, None for what is not
    known."""
    for record in in_batches(store, _DOCUMENTS, sorted_ids(store, _DOCUMENT_IDS), "id"):
        yield dict(record)
