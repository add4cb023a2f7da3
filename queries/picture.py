"""What the HTML page draws: nodes, links, the sentences behind them and their documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_TOLD = 10  # ties that a picture in words lists


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its name and, where known, its kind in the ontology: City, Country, Region."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A circle of the picture. ``kind`` is a label of the ontology, or "Partnership" for a deal;
    ``home`` is where an organisation is based, as far as the picture doesn't tell otherwise;
    ``weight`` is what makes it large, from 0 on: without any, its ties; ``group`` what lends it
    its colour: without any, its kind."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    documents: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    home: Place | None = None
    weight: float | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the picture; ``statements`` are the ids of the sentences that it stands on.

    ``type`` is the relation type of the ontology also where the tie is denied or rumoured;
    PARTY_TO and SITED_IN lead to a deal's own node. A ``folded`` tie says between two parties
    what the node of their deal says: it is drawn where the reader folds deals to plain ties.
    """

    id: str
    source: str
    target: str
    type: str
    label: str
    status: str
    confidence: float
    directed: bool = True
    properties: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence. ``names`` are the stretches of ``text`` that name the two sides, for marking."""

    id: str
    text: str
    names: tuple[tuple[int, int], ...]
    document: str
    type: str
    status: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a sentence stands in."""

    id: str
    title: str
    date: str = ""
    publisher: str = ""
    url: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One answer as a picture: sorted, so that the same answer gives the same page."""

    title: str
    question: str
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[Source, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def _repr_html_(self) -> str:
        """The page, for a notebook: in a frame of its own that can reach nothing outside."""
        from queries.page import frame

        return frame(self)

    def __str__(self) -> str:
        """The picture in a few lines, for those who see no frame."""
        names = {node.id: node.name for node in self.nodes}
        drawn = [link for link in self.links if not link.folded]
        lines = [
            f"{names.get(link.source)} {link.label} {names.get(link.target)} ({link.status})"
            for link in drawn[:_TOLD]
        ]
        more = len(drawn) - len(lines)
        head = f"{self.title}: {len(self.nodes):,} names, {len(drawn):,} ties"
        return "\n".join([head, *lines, *([f"and {more:,} more"] if more else [])])
