"""Which predicted entity stands for which of the gold, and what a reading claims in gold's ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.exchange import MentionRecord
from extract.gold import POSSIBLE, GoldEntity, GoldRecord, GoldRelation
from extract.ontology import ontology
from extract.records import Entity, Mention, Reading, Statement
from extract.scoring import Key, scoring

Found = Mapping[Key, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Claims:
    """The ties of a reading in the gold's entity ids, the surest of each key first.

    Only ``confirmed`` ones are predictions. ``possible`` ones are those that the reader is too
    unsure of, ``refused`` those that it takes for denied or rumoured.
    """

    confirmed: Found
    possible: Found
    refused: Found

    def unpredicted(self, key: Key) -> Sequence[Statement]:
        """What the reader made of a tie that it does not predict."""
        return self.refused.get(key) or self.possible.get(key) or ()


def relation_keys(relation: GoldRelation) -> list[Key]:
    """The keys of the ties that are right for a gold tie, its own first."""
    heads = [relation.head, *relation.head_alternatives]
    tails = [relation.tail, *relation.tail_alternatives]
    return [scoring().key(relation.type, head, tail) for head in heads for tail in tails]


def find_claims(record: GoldRecord, reading: Reading) -> Claims:
    """The ties that a reading claims, by key.

    A tie of an unnamed entity that the gold has not is left out: gold names only what has a name.
    """
    names = translate(record.known, reading.entities)
    found: dict[str, dict[Key, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in sorted(reading.statements, key=lambda row: -row.confidence):
        head, tail = (names.get(end, f"?{end}") for end in (statement.head, statement.tail))
        if head is not None and tail is not None:
            key = scoring().key(statement.type, head, tail)
            found[_standing(statement)][key].append(statement)
    return Claims(*(dict(found[name]) for name in ("confirmed", "possible", "refused")))


def translate(gold: Sequence[GoldEntity], predicted: Sequence[Entity]) -> dict[str, str | None]:
    """Predicted entity id → what it goes by in the gold.

    An entity that the gold has not goes by an id of its own; one that has no name by None.
    """
    names = align_entities(gold, predicted)
    return {
        entity.id: names.get(entity.id, None if _is_unnamed(entity) else f"?{entity.id}")
        for entity in predicted
    }


def _standing(statement: Statement) -> str:
    if statement.status == POSSIBLE:
        return "possible"
    known = ontology().statuses.get(statement.status)
    return "confirmed" if known is not None and known.confirmed else "refused"


def _is_unnamed(entity: Entity) -> bool:
    return all(mention.kind != "name" for mention in entity.mentions)


def align_entities(gold: Sequence[GoldEntity], predicted: Iterable[Entity]) -> dict[str, str]:
    """Predicted entity id → gold entity id, by overlapping mentions, else by name."""
    spans = [(m, entity.id) for entity in gold for m in entity.spans]
    unseen = [entity for entity in gold if not entity.spans]
    found = {}
    for entity in predicted:
        votes: Counter[str] = Counter()
        for mention in entity.mentions:
            for span, key in spans:
                same = (span.start, span.end, span.kind)
                if same == (mention.start, mention.end, mention.kind):
                    votes[key] += 2
                elif _overlap(span, mention) and mention.kind == "name":
                    votes[key] += 1
        if votes:
            found[entity.id] = max(votes, key=lambda key: (votes[key], key))
        elif match := _same_name(entity, [*unseen, *gold]):
            found[entity.id] = match
    return found


def _overlap(one: MentionRecord, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _same_name(entity: Entity, gold: Iterable[GoldEntity]) -> str | None:
    """The gold entity of this name; for a counted group, the first that shares its last word."""
    names = {name.casefold() for name in (entity.name, *entity.aliases)}
    for candidate in gold:
        own = {name.casefold() for name in (candidate.name or "", *(candidate.aliases or ()))}
        if names & own:
            return candidate.id
        if entity.subtype == "group" and not candidate.spans and candidate.name:
            last = candidate.name.casefold().split()[-1].lstrip("~")
            if last in entity.name.casefold().split():
                return candidate.id
    return None
