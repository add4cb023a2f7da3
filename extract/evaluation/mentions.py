"""Names: which were found, exactly or in part, and whether their kind is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.evaluation.matching import align_entities
from extract.evaluation.rows import KindTally, Tally
from extract.exchange import MentionRecord
from extract.gold import GoldRecord
from extract.ontology import ontology
from extract.records import Mention, Reading
from extract.scoring import scoring

Span = tuple[int, int, str]  # start, end, type


@dataclass(slots=True)
class MentionScore:
    """The running counts of names.

    Kinds are counted of names found exactly and of entities that stand for one of the gold,
    where the types are the same and the gold tells a kind that the ontology knows.
    """

    strict: Tally = field(default_factory=Tally)
    partial: Tally = field(default_factory=Tally)
    mention_kinds: KindTally = field(default_factory=KindTally)
    entity_kinds: KindTally = field(default_factory=KindTally)

    def add(self, record: GoldRecord, reading: Reading) -> None:
        """Count one record's names."""
        types = {kind.type for kind in ontology().kinds.values()}
        gold = _named(((e.type, e.subtype, e.spans) for e in record.known), types)
        predicted = _named(((e.type, e.subtype, e.mentions) for e in reading.entities), types)
        both = gold.keys() & predicted.keys()
        _count(self.strict, gold, predicted, both)
        _count(self.partial, gold, predicted, _overlapping(sorted(gold), sorted(predicted)))
        for span in both:
            _count_kind(self.mention_kinds, span[2], gold[span], predicted[span])
        self._count_entities(record, reading)

    def _count_entities(self, record: GoldRecord, reading: Reading) -> None:
        known = {entity.id: entity for entity in record.known}
        names = align_entities(record.known, reading.entities)
        for entity in reading.entities:
            match = known.get(names.get(entity.id, ""))
            if match is not None and match.type == entity.type:
                _count_kind(self.entity_kinds, entity.type, match.subtype, entity.subtype)


def _named(
    entities: Iterable[tuple[str, str | None, Iterable[MentionRecord | Mention]]], types: set[str]
) -> dict[Span, str | None]:
    """The names of known types, each with its kind."""
    return {
        (mention.start, mention.end, type_): subtype
        for type_, subtype, mentions in entities
        if type_ in types
        for mention in mentions
        if mention.kind == "name"
    }


def _count(
    tally: Tally, gold: Iterable[Span], predicted: Iterable[Span], matches: Iterable[Span]
) -> None:
    tally.gold.update(type_ for _, _, type_ in gold)
    tally.predicted.update(type_ for _, _, type_ in predicted)
    matched = [type_ for _, _, type_ in matches]
    tally.found.update(matched)
    tally.correct.update(matched)


def _overlapping(gold: list[Span], predicted: list[Span]) -> set[Span]:
    """The gold spans that share a character with a prediction of their type, one to one."""
    matched = set()
    free = list(predicted)
    for start, end, type_ in gold:
        for span in free:
            if span[2] == type_ and span[0] < end and start < span[1]:
                matched.add((start, end, type_))
                free.remove(span)
                break
    return matched


def _count_kind(tally: KindTally, type_: str, gold: str | None, predicted: str | None) -> None:
    told, read = (scoring().subtypes.get(word or "", word) for word in (gold, predicted))
    if any((kind.type, kind.subtype) == (type_, told) for kind in ontology().kinds.values()):
        tally.add(type_, right=read == told)
