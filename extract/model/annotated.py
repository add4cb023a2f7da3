"""Annotated passages in their text format (extract/model/corpus/README.md), read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.ontology import ontology

CORPUS = Path(__file__).with_name("corpus")
BLOCK = 5  # neighbouring passages stay together: some are variants of each other
FOLDS = 10
_STEP = 7919  # a prime, so that a fold takes blocks of every kind of text

_TAG = re.compile(r"\{(e\d+):([^{}]+)\}")
_ENTITY = re.compile(r"(e\d+) (ORG|PER|LOC|PRODUCT)(?:/(\w+))?")
_TIE = re.compile(r"(no )?(e\d+) ([A-Z_]+) (e\d+)(?: *\| *(.*))?")


@dataclass(slots=True)
class _Passage:
    """One passage while it is being read; ``wrong`` gathers what its checker has to say."""

    id: str
    text: str = ""
    mentions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    ties: list[dict[str, Any]] = field(default_factory=list)
    traps: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read_corpus(folder: Path = CORPUS) -> Iterator[dict[str, Any]]:
    """The passages of every .txt file as records in the exchange schema, in the files' order.

    Raises InputError, with file, passage and reason, where one is not as the format has it.
    """
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"(?m)^@ ", path.read_text(encoding="utf-8"))[1:]:
            passage = _read(block)
            if passage.wrong:
                raise InputError(
                    f"{path.name}: passage {passage.id}: {passage.wrong[0]}; mend the annotation"
                )
            yield _record(passage)


def is_held_out(position: int, fold: int) -> bool:
    """Whether the passage at this position of the corpus belongs to the fold (of ``FOLDS``) that
    is kept out of training."""
    return (position // BLOCK * _STEP) % 97 % FOLDS == fold


def held_out(fold: int) -> list[tuple[int, dict[str, Any]]]:
    """The passages of a fold, each with the number of its block, to make folds of them in turn."""
    return [
        (position // BLOCK, record)
        for position, record in enumerate(read_corpus())
        if is_held_out(position, fold)
    ]


def paragraphs(text: str) -> list[tuple[str, int]]:
    """The lines of a passage that hold anything, each with the code point where it begins."""
    return [(match[0], match.start()) for match in re.finditer(r"[^\n]+", text)]


def _read(block: str) -> _Passage:
    head, _, rest = block.partition("\n")
    passage = _Passage(head.split("|")[0].strip())
    body, divider, annotation = rest.partition("\n--\n")
    if not divider:
        passage.wrong.append("no line -- between text and annotation")
    _read_text(passage, body.strip())
    for line in filter(None, map(str.strip, annotation.splitlines())):
        _read_line(passage, line)
    _check(passage)
    return passage


def _read_text(passage: _Passage, body: str) -> None:
    position = 0
    for tag in _TAG.finditer(body):
        passage.text += body[position : tag.start()]
        start = len(passage.text)
        passage.text += tag[2]
        mention = {"start": start, "end": len(passage.text), "text": tag[2], "kind": "name"}
        passage.mentions.setdefault(tag[1], []).append(mention)
        position = tag.end()
        if tag[2] != tag[2].strip():
            passage.wrong.append(f"blanks at the edge of the mention {tag[2]!r}")
    passage.text += body[position:]
    if "{" in passage.text or "}" in passage.text:
        passage.wrong.append("a brace that is no tag")


def _read_line(passage: _Passage, line: str) -> None:
    if entity := _ENTITY.fullmatch(line):
        id_, type_, subtype = entity.groups()
        known = {kind.subtype for kind in ontology().kinds.values() if kind.type == type_}
        if type_ in ("ORG", "LOC") and subtype not in known:
            passage.wrong.append(f"{line!r} has an unknown subtype")
        passage.entities[id_] = {"id": id_, "type": type_, "subtype": subtype}
    elif tie := _TIE.fullmatch(line):
        no, head, type_, tail, attributes = tie.groups()
        pairs = (part.partition("=") for part in (attributes or "").split(";") if "=" in part)
        attrs = {key.strip(): value.strip() for key, _, value in pairs}
        relation = ontology().relations.get(type_)
        row = {"type": type_, "head": head, "tail": tail, "attrs": attrs}
        row["symmetric"] = relation is not None and relation.symmetric
        (passage.traps if no else passage.ties).append(row)
    else:
        passage.wrong.append(f"can't read {line!r}")


def _check(passage: _Passage) -> None:
    entities = passage.entities
    for id_ in entities.keys() ^ passage.mentions.keys():
        passage.wrong.append(f"{id_} is tagged but not declared, or declared but not tagged")
    for tie in (*passage.ties, *passage.traps):
        named = f"{tie['head']} {tie['type']} {tie['tail']}"
        if tie["type"] not in ontology().relations:
            passage.wrong.append(f"{named}: unknown type")
        elif tie["head"] not in entities or tie["tail"] not in entities:
            passage.wrong.append(f"{named}: unknown entity")
    if not passage.traps:
        passage.wrong.append('no "no" line')


def _record(passage: _Passage) -> dict[str, Any]:
    for id_, entity in passage.entities.items():
        entity["mentions"] = sorted(passage.mentions[id_], key=lambda mention: mention["start"])
        entity["name"] = max((m["text"] for m in entity["mentions"]), key=len)
    return {
        "id": passage.id,
        "doc_id": passage.id,
        "completeness": "exhaustive",
        "text": passage.text,
        "entities": list(passage.entities.values()),
        "relations": passage.ties,
        "negative_relations": passage.traps,
    }
