"""The messages of a request, from ``prompt.yaml`` and the ontology."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from extract.llm.parts import Part
from extract.ontology import Ontology, ontology
from extract.sources.characters import clean_line
from extract.wordfiles import parse_yaml

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is told, and what its answer may use; ``unnamed`` kinds it may not."""

    system: str
    statuses: frozenset[str]
    attributes: frozenset[str]
    unnamed: frozenset[str]


@cache
def prompt() -> Prompt:
    """The prompt, read from the package's own file on first use."""
    raw: dict[str, Any] = parse_yaml(
        files("extract.llm").joinpath("prompt.yaml").read_text(encoding="utf-8")
    )
    known = ontology()
    words = {
        "partnership_kinds": ", ".join(known.partnership_kinds),
        "facility_kinds": ", ".join(known.facility_kinds),
    }
    attributes = {
        name: Template(text).substitute(words) for name, text in raw["attributes"].items()
    }
    system = Template(raw["system"]).substitute(
        kinds="\n".join(_kinds(known, raw["unnamed_kinds"])),
        ties="\n".join(_ties(known, raw["hints"])),
        statuses="\n".join(_listed(raw["statuses"])),
        attributes="\n".join(_listed(attributes)),
    )
    return Prompt(
        system,
        statuses=frozenset(raw["statuses"]),
        attributes=frozenset(attributes),
        unnamed=frozenset(raw["unnamed_kinds"]),
    )


def messages(parts: Sequence[Part]) -> list[Message]:
    """The system's and the user's message for ``parts``, which are called as in ``part_name``.

    The texts go as JSON strings, so that no text can end its own place and speak for another.
    """
    documents = [
        {
            "document": part_name(number),
            "title": clean_line(part.document.title),
            "date": clean_line(part.document.date),
            "paragraphs": list(part.paragraphs),
        }
        for number, part in enumerate(parts)
    ]
    content = json.dumps({"documents": documents}, ensure_ascii=False)
    return [
        {"role": "system", "content": prompt().system},
        {"role": "user", "content": content},
    ]


def part_name(number: int) -> str:
    """What the part at this place of a request is called in it: "D1", "D2"."""
    return f"D{number + 1}"


def _kinds(known: Ontology, left_out: Sequence[str]) -> Iterator[str]:
    for kind in known.kinds.values():
        if kind.name not in left_out:
            yield f'- type "{kind.type}", subtype "{kind.subtype}": {kind.title}'


def _ties(known: Ontology, hints: Mapping[str, str]) -> Iterator[str]:
    for tie in known.relations.values():
        ends = f"{' or '.join(tie.head)} {tie.label} {' or '.join(tie.tail)}"
        both = ", either way round" if tie.symmetric else ""
        hint = f"; {hints[tie.name]}" if tie.name in hints else ""
        yield f'- "{tie.name}": {ends}{both}{hint}'


def _listed(words: Mapping[str, str]) -> Iterator[str]:
    return (f'- "{name}": {text}' for name, text in words.items())
