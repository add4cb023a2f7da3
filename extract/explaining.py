"""Why a reading says what it says: each tie with its sentences, what voted for it, its details.

Lines are structured, so that whoever prints them says how a name stands out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from extract.ontology import ontology
from extract.records import Document, Entity, Reading, Span, Statement
from extract.sentence import readable

POSSIBLE = "possible"
_BETWEEN = " · "
# What is shown of a tie's attributes, in this order; "deal" is a key for the graph, no detail.
_DETAILS = (
    "kind",
    "role",
    "site",
    "amount",
    "stake",
    "date",
    "since",
    "until",
    "count",
    "people",
)


class LineKind(StrEnum):
    """What a line says: whose document, a heading, a tie, or one thing about that tie."""

    document = "document"
    heading = "heading"
    tie = "tie"
    sentence = "sentence"
    votes = "votes"
    details = "details"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``marked`` where it names one of the two sides."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation."""

    kind: LineKind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line without marks."""
        return "".join(piece.text for piece in self.pieces)


def explain(reading: Reading) -> Iterator[Line]:
    """The document, its ties in their order in the reading, then the possible ones."""
    real = [s for s in reading.statements if s.modality != POSSIBLE]
    possible = [s for s in reading.statements if s.modality == POSSIBLE]
    names = {entity.id: entity for entity in reading.entities}
    yield _line(LineKind.document, _title(reading.document))
    if not real:
        yield _line(LineKind.heading, "No tie found")
    for statement in real:
        yield from _explain_tie(statement, names)
    if possible:
        yield _line(LineKind.heading, "Possible, too unsure to be called ties")
    for statement in possible:
        yield from _explain_tie(statement, names)


def _explain_tie(statement: Statement, entities: Mapping[str, Entity]) -> Iterator[Line]:
    head, tail = (_entity(end, entities) for end in (statement.head, statement.tail))
    sure = f"{_status(statement)}, confidence {statement.confidence:.2f}"
    yield _line(LineKind.tie, f"{head.name} —{statement.type}→ {tail.name}  [{sure}]")
    for span in sorted(statement.evidence, key=lambda each: (each.start, each.end)):
        yield Line(LineKind.sentence, _sentence(span, (head, tail)))
    if votes := _votes(statement):
        yield _line(LineKind.votes, votes)
    if details := _BETWEEN.join(_details(statement, entities)):
        yield _line(LineKind.details, details)


def _line(kind: LineKind, text: str) -> Line:
    return Line(kind, (Piece(text),))


def _title(document: Document) -> str:
    name = document.title or document.source or document.id
    return f"{name} ({document.date})" if document.date else name


def _entity(id_: str, entities: Mapping[str, Entity]) -> Entity:
    """The entity of this id; one that the reading lacks goes by its id."""
    return entities.get(id_) or Entity(id_, "", "", id_)


def _status(statement: Statement) -> str:
    """In the ontology's words; a denial that is only possible is both."""
    said = [statement.status, *([POSSIBLE] if statement.modality == POSSIBLE else [])]
    known = ontology().statuses
    words = (known[name].title.lower() if name in known else name for name in said)
    return ", ".join(dict.fromkeys(words))


def _sentence(span: Span, sides: tuple[Entity, Entity]) -> tuple[Piece, ...]:
    """The sentence cut where the two sides are named."""
    text, edges = readable([span], sides)
    return tuple(_cut(text, zip(edges[::2], edges[1::2], strict=True)))


def _cut(text: str, names: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """``text`` in pieces; where one name lies in another, the first and longer one is marked."""
    at = 0
    for start, end in sorted(names, key=lambda name: (name[0], -name[1])):
        if start < at or end == start:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _votes(statement: Statement) -> str:
    """ "network 0.91 · rule: object of verb 0.72", the strongest first."""
    ordered = sorted(statement.votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if ordered:
        return _BETWEEN.join(f"{name} {strength:.2f}" for name, strength in ordered)
    return f"rule: {statement.rule}" if statement.rule else ""


def _details(statement: Statement, entities: Mapping[str, Entity]) -> Iterator[str]:
    for name in _DETAILS:
        if value := statement.attrs.get(name):
            yield f"{name} {_in_words(name, value, statement.type, entities)}"


def _in_words(name: str, value: str, type_: str, entities: Mapping[str, Entity]) -> str:
    if name == "site":
        return _entity(value, entities).name
    if name == "kind":
        relation = ontology().relations.get(type_)
        place = relation is not None and relation.site
        kinds = ontology().facility_kinds if place else ontology().partnership_kinds
        return kinds.get(value, value)
    return value
