"""Linked data: entities in the words of schema.org, ties with what they derive from in those of
PROV, as JSON-LD and as Turtle.

Both files are the same RDF: rdflib, triple stores and reasoners read them. ``shapes()`` says in
SHACL what such a graph looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote, urlsplit

from graph.export.evidence import stream_documents, with_claims
from graph.export.network import Row
from graph.export.turtle import write_blocks
from graph.export.vocabulary import classes

if TYPE_CHECKING:
    from graph.store import Store

_OWN = "urn:partnergraph:"
_IN_URLS = "!#$%&'()*+,/:;=?@[]~"  # what stays as it is; IRIs can't hold the rest of ASCII's signs
CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "pg": f"{_OWN}words:",
    "id": "@id",
    "type": "@type",
    "pg:source": {"@type": "@id"},
    "pg:target": {"@type": "@id"},
    "pg:confidence": {"@type": "xsd:decimal"},  # JSON's numbers become triples in several ways
    "prov:wasDerivedFrom": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "url": {"@type": "@id"},
}


def write_jsonld(store: Store, entities: Iterable[Row], ties: Iterable[Row], file: TextIO) -> None:
    """Entities, ties with the sentences that they stand on, and documents, a node a line."""
    file.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [')
    for number, node in enumerate(_nodes(store, entities, ties)):
        line = json.dumps(node, ensure_ascii=False)
        file.write((",\n" if number else "\n") + _encodable(line))
    file.write("\n]}\n")


def write_turtle(store: Store, entities: Iterable[Row], ties: Iterable[Row], file: TextIO) -> None:
    """The triples of ``write_jsonld``, a block a node."""
    for line in write_blocks(_nodes(store, entities, ties), CONTEXT):
        file.write(_encodable(line))


def shapes() -> str:
    """What holds of every such graph, as SHACL in Turtle: a tie has a status and a sentence, all
    classes are known, …"""
    return files("graph.export").joinpath("shapes.ttl").read_text(encoding="utf-8")


def _nodes(store: Store, entities: Iterable[Row], ties: Iterable[Row]) -> Iterator[Row]:
    yield from map(_entity, entities)
    for row, claims in with_claims(store, ties):
        yield _tie(row, claims)
    yield from map(_document, stream_documents(store))


def _entity(row: Row) -> Row:
    return _known(
        {
            "id": _OWN + row["id"],
            "type": classes().get(row.get("kind", ""), "Thing"),
            "name": row.get("name"),
            "alternateName": row["other_names"],
            "pg:country": row.get("country"),
        }
    )


def _tie(row: Row, claims: Iterable[Row]) -> Row:
    return _known(
        {
            "id": _OWN + row["id"],
            "type": ["pg:Tie", "prov:Entity"],
            "pg:relation": row["type"],
            "name": row["label"],
            "pg:source": _OWN + row["source"],
            "pg:target": _OWN + row["target"],
            "pg:status": row.get("status"),
            "pg:confidence": _decimal(row.get("confidence")),
            "pg:amount": row.get("amount_text"),
            "startDate": row.get("since"),
            "endDate": row.get("until"),
            "prov:wasDerivedFrom": [_claim(claim) for claim in claims],
        }
    )


def _claim(row: Row) -> Row:
    return _known(
        {
            "id": _OWN + row["id"],
            "type": ["Claim", "prov:Entity"],
            "text": row["text"],
            "pg:status": row["status"],
            "pg:confidence": _decimal(row["confidence"]),
            "isPartOf": _OWN + row["document"],
        }
    )


def _document(row: Row) -> Row:
    return _known(
        {
            "id": _OWN + row["id"],
            "type": ["Article", "prov:Entity"],
            "headline": row["title"],
            "datePublished": row["date"],
            "publisher": row["publisher"],
            "url": web_address(row["url"]),
        }
    )


def web_address(told: object) -> str | None:
    """An address that can be opened, as an IRI; None for anything else."""
    text = str(told or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        return None
    return "".join(c if c.isalnum() else quote(c, safe=_IN_URLS, errors="replace") for c in text)


def _decimal(value: float | None) -> str | None:
    return None if value is None else format(Decimal(repr(float(value))), "f")


def _known(node: Row) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _encodable(text: str) -> str:
    """A lone surrogate is no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
