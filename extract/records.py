"""The words of the domain: what a document says, before any graph exists.

Offsets are Python code points into ``Document.text``, and ``text[start:end]`` always equals
the span's own ``text``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_SPACE = re.compile(r"\s+")


def content_id(prefix: str, *parts: str) -> str:
    """A short id made of what the thing is, so that the same input gives the same graph."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"{prefix}-{digest[:16]}"


def document_id(text: str) -> str:
    """The id of a text: equal for texts that differ in white space or Unicode form only."""
    return content_id("doc", _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip())


@dataclass(frozen=True, slots=True)
class Document:
    """One article or report. ``date`` is ISO 8601, as precise as known ("2025", "2025-11-03")."""

    id: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    publisher: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no document. ``status`` is "failed" (exit status 1) or "skipped"."""

    source: str
    reason: str
    status: str = "failed"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something. ``kind`` is "name", "nominal" or "pronoun"."""

    start: int
    end: int
    text: str
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that one document speaks of; ``id`` holds within the document only.

    ``type`` is ORG, PER, LOC or PRODUCT; ``subtype`` is the finer kind of ontology.yaml
    (firm, university, city, …; "group" for a counted, unnamed group, with ``count`` members
    at least). ``aliases`` are the other names used of it in the text.
    """

    id: str
    type: str
    subtype: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage claims of two entities of one document.

    ``polarity`` is "affirmed" or "denied"; ``modality`` is "in_effect", "announced",
    "planned", "rumoured", "ended", or "possible" for what the reader is too unsure of to call a
    tie. ``votes`` are what spoke for it ("network", "rule: …") and how strongly, 0 to 1.
    ``attrs`` keys: kind, role, site (an entity id), amount
    (as written, "EUR 2bn"), stake, date / since / until (ISO), count, people, and ``deal``:
    statements of one type that share it are claims about one deal of several parties.
    """

    type: str
    head: str
    tail: str
    symmetric: bool = False
    attrs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Span, ...] = ()
    confidence: float = 1.0
    polarity: str = "affirmed"
    modality: str = "in_effect"
    rule: str = ""
    votes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def status(self) -> str:
        """The one word shown to people: "denied", or the modality."""
        return "denied" if self.polarity == "denied" else self.modality


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what was found in it: what ``extract`` hands to ``graph``."""

    document: Document
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
