"""JSON-LD: entities in the words of schema.org, ties with what they derive from in those of PROV.

Every JSON-LD file is RDF: rdflib, triple stores and reasoners read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TextIO

import yaml

from graph.export.network import Row

if TYPE_CHECKING:
    from graph.store import Store

_OWN = "urn:partnergraph:"
CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "pg": f"{_OWN}words:",
    "id": "@id",
    "type": "@type",
    "pg:source": {"@type": "@id"},
    "pg:target": {"@type": "@id"},
    "prov:wasDerivedFrom": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "url": {"@type": "@id"},
}
_STATEMENTS = """
MATCH (s:Statement)-[:STATED_IN]->(d:Document)
WHERE s.status <> 'possible' AND s.tie IS NOT NULL
RETURN s.id AS id, s.tie AS tie, s.text AS text, s.status AS status, s.confidence AS confidence,
       d.id AS document ORDER BY tie, id
"""
_DOCUMENTS = """
MATCH (d:Document)
RETURN d.id AS id, d.title AS title, d.date AS date, d.publisher AS publisher, d.url AS url
ORDER BY id
"""


def write_jsonld(store: Store, entities: Iterable[Row], ties: Iterable[Row], file: TextIO) -> None:
    """Entities, ties, the sentences that they stand on, and documents, a node a line."""
    file.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [')
    told: set[str] = set()  # ids of the ties that are written

    def nodes() -> Iterator[dict[str, Any]]:
        yield from map(_entity, entities)
        for row in ties:
            told.add(row["id"])
            yield _tie(row)
        for said in store.stream(_STATEMENTS):
            if said["tie"] in told:
                yield _statement(said)
        yield from map(_document, store.stream(_DOCUMENTS))

    for number, node in enumerate(nodes()):
        known = {key: value for key, value in node.items() if value not in (None, "", [])}
        line = json.dumps(known, ensure_ascii=False)
        # A lone surrogate is no UTF-8.
        line = line.encode("utf-8", "replace").decode("utf-8")
        file.write((",\n" if number else "\n") + line)
    file.write("\n]}\n")


def _entity(row: Row) -> dict[str, Any]:
    return {
        "id": _OWN + row["id"],
        "type": kinds().get(row.get("kind", ""), "Thing"),
        "name": row.get("name"),
        "alternateName": [name for name in row.get("aliases", "").split("; ") if name],
        "pg:country": row.get("country"),
    }


def _tie(row: Row) -> dict[str, Any]:
    return {
        "id": _OWN + row["id"],
        "type": ["pg:Tie", "prov:Entity"],
        "pg:relation": row["type"],
        "name": row["label"],
        "pg:source": _OWN + row["source"],
        "pg:target": _OWN + row["target"],
        "pg:status": row.get("status"),
        "pg:confidence": row.get("confidence"),
        "pg:amount": row.get("amount_text"),
        "startDate": row.get("since"),
        "endDate": row.get("until"),
    }


def _statement(row: Any) -> dict[str, Any]:
    """A sentence's claim; the tie is told once more, with what it derives from."""
    return {
        "id": _OWN + row["tie"],
        "prov:wasDerivedFrom": {
            "id": _OWN + row["id"],
            "type": ["Claim", "prov:Entity"],
            "text": row["text"],
            "pg:status": row["status"],
            "pg:confidence": row["confidence"],
            "isPartOf": _OWN + row["document"],
        },
    }


def _document(row: Any) -> dict[str, Any]:
    url = str(row["url"] or "")
    return {
        "id": _OWN + row["id"],
        "type": ["Article", "prov:Entity"],
        "headline": row["title"],
        "datePublished": row["date"],
        "publisher": row["publisher"],
        "url": url if url.startswith(("http://", "https://")) and " " not in url else None,
    }


@cache
def kinds() -> dict[str, str]:
    """The kind of an entity → its class in schema.org."""
    text = files("graph.export").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)["kinds"]
    return loaded
