"""The single mistakes: gold ties that were missed, and ties that are false, with their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from extract.evaluation.matching import Claims
from extract.evaluation.sentences import Excerpt, Range, cut_excerpt
from extract.evaluation.ties import Answers, Required, find_traps
from extract.exchange import MentionRecord, SpanRecord
from extract.gold import GoldEntity
from extract.ontology import ontology
from extract.records import Entity, Mention, Reading, Span, Statement

MISSED, FALSE = "missed", "false"
TRAP = "trap"  # of a false tie that the gold has for none, without saying why


@dataclass(frozen=True, slots=True)
class Mistake:
    """One tie that is ``missed``, or ``false``; ``side`` says which.

    ``document`` is the id of the text, ``record`` the gold's own. ``status`` is the gold's of a
    missed tie, the reader's of a false one. A missed tie that the reader saw and did not
    predict has the status that it got in ``read_as``, and its confidence and votes; ``trap``
    says of a false tie why the gold has it for no tie ("denied"), or "trap".
    """

    side: str
    document: str
    record: str
    type: str
    head: str
    tail: str
    status: str = ""
    read_as: str = ""
    trap: str = ""
    confidence: float | None = None
    votes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    excerpt: Excerpt = field(default_factory=Excerpt)

    @property
    def identity(self) -> tuple[str, ...]:
        """What a mistake has in common with the same one in another run."""
        return self.side, self.document, self.type, self.head, self.tail

    def notes(self) -> Iterator[str]:
        """What there is to say beside the words: status, trap, confidence, votes."""
        if self.status:
            yield status_words(self.status)
        if self.read_as:
            yield f"read as {status_words(self.read_as)}"
        if self.trap:
            why = "" if self.trap == TRAP else f" ({status_words(self.trap)})"
            yield f"a trap{why}"
        if self.confidence is not None:
            yield f"confidence {self.confidence:.2f}"
        if self.votes:
            yield "votes: " + ", ".join(f"{name} {vote:.2f}" for name, vote in self.votes.items())

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        words = ("document", "record", "type", "head", "tail", "status", "read_as", "trap")
        sure = None if self.confidence is None else round(self.confidence, 4)
        votes = {name: round(vote, 4) for name, vote in self.votes.items()}
        return {
            **{word: getattr(self, word) for word in words},
            "confidence": sure,
            "votes": votes,
            **self.excerpt.to_dict(),
        }


def tie_words(type_: str) -> str:
    """How a tie of this type reads between its two names."""
    known = ontology().relations.get(type_)
    return known.label if known else type_.lower().replace("_", " ")


def status_words(status: str) -> str:
    """A status as people read it."""
    known = ontology().statuses.get(status)
    return (known.title if known else status.replace("_", " ")).lower()


def find_mistakes(answers: Answers, claims: Claims, reading: Reading) -> Iterator[Mistake]:
    """The mistakes of one record: what was missed in the gold's order, then what is false."""
    known = {entity.id: entity for entity in answers.record.known}
    for required in answers.required:
        if required.keys.isdisjoint(claims.confirmed):
            yield _missed(answers, required, claims, reading, known)
    entities = {entity.id: entity for entity in reading.entities}
    traps = find_traps(answers.record)
    for key, statements in claims.confirmed.items():
        if key in traps or answers.judge(key, statements[0].type) is False:
            why = traps[key] or TRAP if key in traps else ""
            yield _false(answers, statements[0], reading, entities, why)


def _missed(
    answers: Answers,
    required: Required,
    claims: Claims,
    reading: Reading,
    known: Mapping[str, GoldEntity],
) -> Mistake:
    record, relation = answers.record, required.relation
    seen = [each for key in sorted(required.keys) for each in claims.unpredicted(key)]
    surest = max(seen, key=lambda each: each.confidence, default=None)
    head, tail = known[relation.head], known[relation.tail]
    evidence = _ranges(relation.evidence or ())
    return Mistake(
        MISSED,
        document=reading.document.id,
        record=record.id or "",
        type=relation.type,
        head=_gold_name(head),
        tail=_gold_name(tail),
        status=relation.status,
        read_as=surest.status if surest else "",
        confidence=surest.confidence if surest else None,
        votes=surest.votes if surest else MappingProxyType({}),
        excerpt=cut_excerpt(record.text, evidence, _ranges(head.spans), _ranges(tail.spans)),
    )


def _false(
    answers: Answers,
    statement: Statement,
    reading: Reading,
    entities: Mapping[str, Entity],
    why: str,
) -> Mistake:
    head, tail = (
        entities.get(end) or Entity(end, "", "", end) for end in (statement.head, statement.tail)
    )
    text = reading.document.text
    evidence = _ranges(statement.evidence)
    return Mistake(
        FALSE,
        document=reading.document.id,
        record=answers.record.id or "",
        type=statement.type,
        head=head.name,
        tail=tail.name,
        status=statement.status,
        trap=why,
        confidence=statement.confidence,
        votes=statement.votes,
        excerpt=cut_excerpt(text, evidence, _ranges(head.mentions), _ranges(tail.mentions)),
    )


def _gold_name(entity: GoldEntity) -> str:
    return entity.name or next((span.text for span in entity.spans if span.text), entity.id)


def _ranges(spans: Iterable[SpanRecord | MentionRecord | Span | Mention]) -> Sequence[Range]:
    return [(span.start, span.end) for span in spans]
