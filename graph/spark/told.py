"""What runs in Spark's workers to make the rows of a graph: graph/bulk over streams of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from extract.exchange import read_readings
from extract.records import Reading
from graph.bulk.dealings import tell_deal, tell_tie
from graph.bulk.documents import tell_document, tell_placed
from graph.bulk.names import tell_entity, tell_reference
from graph.contribution import contribution, fingerprint
from graph.dealings import claims_of
from graph.digest import Digest
from graph.placement import place
from graph.resolution.resolve import Join
from graph.sketch import ALIKE, Sketch
from graph.spark.texts import (
    claim_text,
    contribution_text,
    read_claim,
    read_contribution,
    row_tuple,
    to_text,
)

Row = Mapping[str, Any]
Made = Iterator[tuple[Any, ...]]

CONTRIBUTION = "document string, dated string, source string, print string, contribution string"


def tell_contributions(rows: Iterator[Row]) -> Made:
    """Lines of the exchange format to contributions, with what decides between two of one text."""
    for reading in read_readings((row["reading"] for row in rows), "readings"):
        if isinstance(reading, Reading):
            document, print_ = reading.document, fingerprint(reading)
            told = contribution_text(contribution(reading, print_))
            yield document.id, document.date or "9999", document.source, print_, told


USE = "document string, reference string"


def tell_uses(rows: Iterator[Row]) -> Made:
    """Which references a document uses."""
    for row in rows:
        for reference, _ in json.loads(row["contribution"])["uses"]:
            yield row["document"], reference


BAND = "band string, document string, sketch string"


def tell_bands(rows: Iterator[Row]) -> Made:
    """The bands of each document's sketch."""
    for row in rows:
        text = json.loads(row["contribution"])["sketch"]
        for position, band in enumerate(Sketch.from_text(text).bands()):
            yield f"{position}:{band}", row["document"], text


PAIR = "one string, other string"


def tell_copies(_: str, rows: Iterator[Row]) -> Made:
    """Pairs of near-copies among the documents that share a band."""
    sketches = {row["document"]: Sketch.from_text(row["sketch"]) for row in rows}
    for one, other in combinations(sorted(sketches), 2):
        if sketches[one].likeness(sketches[other]) >= ALIKE:
            yield one, other


SAID = "sort string, about string, kind string, start string, end string, properties string"
"""What a document says: rows of the graph (``sort`` "row"), or claims ("tie", "deal") and parties
("parties") of what they are ``about``."""


def tell_documents(rows: Iterator[Row]) -> Made:
    """All that documents say, with the entities that their references refer to."""
    for row in rows:
        item = read_contribution(row["contribution"])
        story = row["story"] or row["document"]
        who = {pair["reference"]: pair["entity"] for pair in row["who"] or ()}
        placed = place(item, who)
        for told in (*tell_document(item, story), *tell_placed(placed)):
            yield "row", None, *row_tuple(told)
        for claim in claims_of(placed, {row["document"]: story}):
            text = claim_text(claim)
            yield "tie", claim.tie, None, None, None, text
            if claim.deal:
                yield "deal", claim.deal, None, None, None, text
        for deal in placed.deals:
            yield "parties", deal.id, None, None, None, to_text(deal.parties)


def tell_references(id_: str, rows: Iterator[Row]) -> Made:
    """A reference from its uses, each beside its join."""
    first = next(rows)
    join = Join(
        first["entity"],
        first["by"],
        first["probability"],
        first["like"] or "",
        tuple(first["reasons"] or ()),
    )
    yield from _told(tell_reference(id_, _properties(first, rows), join))


def tell_entities(id_: str, rows: Iterator[Row]) -> Made:
    """An entity from its mentions, each beside the number of references to it."""
    first = next(rows)
    yield from _told(tell_entity(id_, _properties(first, rows), first["references"]))


def tell_ties(id_: str, rows: Iterator[Row]) -> Made:
    """A tie from its claims."""
    yield from _told(tell_tie(id_, [read_claim(row["properties"]) for row in rows]))


DEAL = "deal string, digest string, parties string, entity string"


def tell_digests(id_: str, rows: Iterator[Row]) -> Made:
    """A deal's claims summed up, beside its parties: once for each entity that it names."""
    claims, parties = [], ""
    for row in rows:
        if row["sort"] == "parties":
            parties = row["properties"]
        else:
            claims.append(read_claim(row["properties"]))
    digest = Digest.of(claims)
    for entity in sorted({*(party for _, party in json.loads(parties)), *digest.sites}):
        yield id_, digest.to_text(), parties, entity


def tell_deals(id_: str, rows: Iterator[Row]) -> Made:
    """A deal, from a row for each entity that it names, beside that one's name."""
    names, digest, parties = {}, "", ""
    for row in rows:
        names[row["entity"]] = row["name"]
        digest, parties = row["digest"], row["parties"]
    told = [(role, party) for role, party in json.loads(parties)]
    yield from _told(tell_deal(id_, Digest.from_text(digest), told, names))


NAME = "entity string, name string"


def tell_names(rows: Iterator[Row]) -> Made:
    """The names of entities, from their rows."""
    for row in rows:
        yield row["start"], json.loads(row["properties"])["name"]


def tell_ends(rows: Iterator[Row]) -> Made:
    """The nodes that ties lead to and that nothing else tells of: blocks, names."""
    for row in rows:
        yield row["kind"].rsplit("-", 1)[1], row["end"], None, to_text({"key": row["end"]})


def _told(rows: Iterable[Any]) -> Made:
    yield from map(row_tuple, rows)


def _properties(first: Row, rest: Iterator[Row]) -> Iterator[dict[str, Any]]:
    yield json.loads(first["properties"])
    for row in rest:
        yield json.loads(row["properties"])
