"""FollowTheMoney: entities as JSON lines, for OpenAleph, OpenSanctions' tools and `ftm`.

Its programs draw every interval that links two things, whatever its status. So only a tie that is
in effect, or has ended on a known day, gets the schema of its type; one that is announced becomes a
link whose role says so, and one that is planned, rumoured, disputed or denied a Note.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TextIO

from extract.ontology import ontology
from graph.export.evidence import stream_documents, with_claims
from graph.export.linked import web_address
from graph.export.network import Row
from graph.export.vocabulary import vocabulary
from graph.names.gazetteer import country_code

if TYPE_CHECKING:
    from graph.store import Store

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 1000  # characters of a title
_PLAIN = "in_effect"  # what needs no saying


def write_entities(
    store: Store, entities: Iterable[Row], ties: Iterable[Row], file: TextIO
) -> Counter[str]:
    """Names, documents, and ties with the sentences that they stand on, an entity a line.

    Returns how many ties of which status became notes, as they are none that exist.
    """
    notes: Counter[str] = Counter()
    for row in entities:
        _write(file, _entity(row))
    for row in stream_documents(store):
        _write(file, _document(row))
    for row, claims in with_claims(store, ties):
        if _words()["statuses"][row["status"]] == "note":
            notes[row["status"]] += 1
            _write(file, _note(row, claims))
        else:
            _write(file, _tie(row, claims))
    return notes


def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = vocabulary()["followthemoney"]
    return found


def _write(file: TextIO, entity: Row) -> None:
    """The known properties, each a list of texts; the id first, as ``ftm`` sorts lines by it."""
    properties: dict[str, list[str]] = {}
    for name, value in entity["properties"].items():
        texts = [_clean(one) for one in (value if isinstance(value, list) else [value]) if one]
        if known := list(dict.fromkeys(text for text in texts if text)):
            properties[name] = known
    line = json.dumps({**entity, "properties": properties}, ensure_ascii=False)
    file.write(line + "\n")


def _clean(value: object) -> str:
    return " ".join(_NO_TEXT.sub("", str(value)).split())


def _entity(row: Row) -> Row:
    words = _words()["kinds"][row["kind"]]
    properties = {
        "name": row["name"],
        **dict.fromkeys(words.get("names", ()), row["name"]),
        "alias": row["other_names"],
        "country": country(row.get("country", "")),
        "keywords": ontology().kinds[row["kind"]].title,
    }
    return {"id": row["id"], "schema": words["schema"], "properties": properties}


def country(name: str) -> str:
    """The model's code of a country by its English name; "" for any other name."""
    code = country_code(name)
    return str(_words()["countries"].get(code, code))


def _document(row: Row) -> Row:
    title = str(row["title"] or "")[:_LONGEST]
    properties = {
        "title": title,
        "fileName": PurePath(str(row["source"] or "")).name[:_LONGEST] or title or row["id"],
        "publishedAt": row["date"],
        "publisher": row["publisher"],
        "sourceUrl": web_address(row["url"]),
    }
    return {"id": row["id"], "schema": _words()["document"], "properties": properties}


def _tie(row: Row, claims: Iterable[Row]) -> Row:
    shape = _shape(row)
    is_link = shape is _words()["link"]
    title = ontology().statuses[row["status"]].title
    told = ontology().relations[row["type"]].inverse if "inverse" in shape else row["label"]
    if is_link and row["status"] != _PLAIN:
        told = f"{told} ({title.lower()})"
    properties = {
        shape["head"]: row["source"],
        shape["tail"]: row["target"],
        "role": told if is_link else row.get("role", told),
        "status": title,
        "startDate": row.get("since"),
        "endDate": row.get("until"),
        "percentage": _percentage(row.get("stake", "")) if "owner" in shape.values() else None,
        **_evidence(claims),
    }
    said = {properties["role"], row.get("stake") if properties["percentage"] else None}
    properties["summary"] = "; ".join(one for one in _details(row) if one not in said)
    return {"id": row["id"], "schema": shape["schema"], "properties": properties}


def _note(row: Row, claims: Iterable[Row]) -> Row:
    title = ontology().statuses[row["status"]].title
    properties = {
        "name": f"{title}: {row['source_name']} {row['label']} {row['target_name']}",
        "entity": [row["source"], row["target"]],
        "summary": "; ".join([title, *_details(row)]),
        **_evidence(claims),
    }
    return {"id": row["id"], "schema": _words()["note"], "properties": properties}


def _shape(row: Row) -> Mapping[str, Any]:
    """The schema of a tie and what its ends are called in it."""
    words = _words()
    link: Mapping[str, Any] = words["link"]
    how = words["statuses"][row["status"]]
    if how == "link" or (how == "dated" and "until" not in row):
        return link
    for shape in words["ties"].get(row["type"], ()):
        if _fits(shape, row):
            found: Mapping[str, Any] = shape
            return found
    return link


def _fits(shape: Mapping[str, Any], row: Row) -> bool:
    words = _words()
    ends = {shape["head"]: row["source_kind"], shape["tail"]: row["target_kind"]}
    return (
        all(words["kinds"][kind]["schema"] in words["fits"][end] for end, kind in ends.items())
        and all(name in row for name in shape.get("needs", ()))
        and ("directing" not in shape or row.get("role", "").lower() in words["directing"])
    )


def _details(row: Row) -> list[str]:
    """What kind of a deal or site it is, as what, how much of it, for how much."""
    relation = ontology().relations.get(row["type"])
    kinds = (
        ontology().facility_kinds if relation and relation.site else ontology().partnership_kinds
    )
    known = [
        kinds.get(row.get("kind", "")),
        *(row.get(n) for n in ("role", "stake", "amount_text")),
    ]
    return [one for one in known if one]


def _percentage(stake: str) -> str:
    """The number alone, which is what its tools read; "majority" stays as it is."""
    number = _NUMBER.match(stake)
    return number[0] if number else stake


def _evidence(claims: Iterable[Row]) -> Row:
    """The sentences, of which those that deny or only rumour are marked, and their documents."""
    said = list(claims)
    return {
        "description": [_marked(claim) for claim in said],
        "proof": sorted({claim["document"] for claim in said}),
    }


def _marked(claim: Row) -> str:
    status = ontology().statuses[claim["status"]]
    return str(claim["text"] if status.confirmed else f"{status.title}: {claim['text']}")
