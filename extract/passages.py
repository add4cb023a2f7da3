"""What entity reading hands to relation reading: parsed paragraphs with their names marked."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention inside a passage, in tokens: ``doc[start:end]`` names ``entity``."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph parsed by spaCy; ``offset`` is where it begins in the document's text."""

    doc: Doc
    offset: int
    names: tuple[Name, ...] = ()
