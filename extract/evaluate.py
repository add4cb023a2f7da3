"""Precision, recall and F1 of a reader against gold records in the exchange schema.

Ties are scored leniently: types that an annotator may well take for each other form a group
(``scoring.yaml``), and ownership is turned to owner → owned. Direction counts unless the group
is symmetric. A predicted entity stands for the gold entity whose mentions it overlaps most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from extract.exchange import MentionRecord
from extract.gold import (
    GoldEntity,
    GoldRecord,
    GoldRelation,
    gold_record,
    merge_records,
    read_gold,
)
from extract.ontology import ontology
from extract.records import Document, Entity, Failure, Mention, Reading, Statement, document_id
from extract.scoring import Key, scoring

Read = Callable[[Iterable[Document]], Iterator["Reading | Failure"]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result. ``correct`` of ``predicted`` and ``found`` of ``gold``."""

    name: str
    gold: int = 0
    found: int = 0
    predicted: int = 0
    correct: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that are right; 0 where there are none."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Counts and rates as plain values."""
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return asdict(self) | {key: round(value, 4) for key, value in rates.items()}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a reader got right. The last row of each table is "all", over every type.

    ``explicit`` are the ties without those that the gold calls implicit; ``traps`` are ties
    that the texts tempt to and do not confirm, ``fallen`` those of them that were predicted;
    ``status_right`` of ``status_known`` ties found have the gold's status.
    """

    documents: int
    failures: tuple[Failure, ...]
    mentions_strict: tuple[Row, ...]
    mentions_partial: tuple[Row, ...]
    relations: tuple[Row, ...]
    explicit: tuple[Row, ...]
    traps: int
    fallen: int
    status_known: int
    status_right: int

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its table, in the order in which people read them."""
        for table in ("mentions_strict", "mentions_partial", "relations", "explicit"):
            for row in getattr(self, table):
                yield table, row

    def to_dict(self) -> dict[str, Any]:
        """The whole result as plain values, for JSON."""
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for table, row in self.rows():
            tables[table].append(row.to_dict())
        return {
            "documents": self.documents,
            "failures": [asdict(failure) for failure in self.failures],
            **tables,
            "traps": {"total": self.traps, "fallen": self.fallen},
            "status": {"known": self.status_known, "right": self.status_right},
        }


def evaluate(gold_records: Iterable[Mapping[str, Any]], read: Read) -> Evaluation:
    """Reads the text of every gold record and compares.

    Args:
        gold_records: records in the exchange schema, plus the gold's own fields.
        read: the reader. Each text is read once, however many records are about it; those
            that annotate it alike are taken together.

    Raises:
        InputError: a record lacks what the schema asks for.
    """
    gold: dict[str, list[GoldRecord]] = defaultdict(list)
    for number, raw in enumerate(gold_records, start=1):
        record = gold_record(raw, f"gold record {number}")
        gold[document_id(record.text)].append(record)
    gold = {key: merge_records(records) for key, records in gold.items()}
    score = _Score()
    seen: set[str] = set()
    for result in read(_documents(gold)):
        if isinstance(result, Failure):
            score.failures.append(result)
            continue
        seen.add(result.document.id)
        for record in gold.get(result.document.id, ()):
            score.add(record, result)
    for key in gold.keys() - seen:  # what couldn't be read has found nothing
        for record in gold[key]:
            score.add(record, Reading(Document(id=key, text=record.text)))
    return score.result(len(gold))


def evaluate_files(paths: Iterable[str | Path], read: Read) -> Evaluation:
    """Like ``evaluate``, of the records of JSONL files, all together.

    Raises:
        InputError: a file is missing or a line is no record; the message names file and line.
    """
    return evaluate((record for path in paths for record in read_gold(Path(path))), read)


def covers(record: Mapping[str, Any], statement: Statement) -> bool:
    """Whether a gold tie of the same scoring group covers a statement in the gold's own ids."""
    gold = gold_record(record, "gold record")
    key = scoring().key(statement.type, statement.head, statement.tail)
    return any(key in _keys(relation) for relation in gold.ties)


def _documents(gold: Mapping[str, list[GoldRecord]]) -> Iterator[Document]:
    for key, records in gold.items():
        first = records[0]
        yield Document(
            id=key,
            text=first.text,
            title=first.title or "",
            date=first.date or "",
            source=first.id or "",
        )


@dataclass(slots=True)
class _Tally:
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    correct: Counter[str] = field(default_factory=Counter)

    def rows(self) -> tuple[Row, ...]:
        counters = (self.gold, self.found, self.predicted, self.correct)
        names = sorted(set(self.gold) | set(self.predicted))
        rows = [Row(name, *(counter[name] for counter in counters)) for name in names]
        return (*rows, Row("all", *(counter.total() for counter in counters)))


@dataclass(slots=True)
class _Score:
    """The running counts; one ``add`` a record."""

    strict: _Tally = field(default_factory=_Tally)
    partial: _Tally = field(default_factory=_Tally)
    relations: _Tally = field(default_factory=_Tally)
    explicit: _Tally = field(default_factory=_Tally)
    failures: list[Failure] = field(default_factory=list)
    traps: int = 0
    fallen: int = 0
    status_known: int = 0
    status_right: int = 0

    def add(self, record: GoldRecord, reading: Reading) -> None:
        if record.completeness in ("exhaustive", "entities_only"):
            _count_mentions(record, reading, self.strict, self.partial)
        if record.completeness == "entities_only":
            return
        predicted = _predictions(record, reading)
        _count_relations(record, predicted, self.relations, with_implicit=True)
        _count_relations(record, predicted, self.explicit, with_implicit=False)
        self._count_traps(record, predicted)
        self._count_status(record, predicted)

    def _count_traps(self, record: GoldRecord, predicted: Mapping[Key, list[Statement]]) -> None:
        stated = {key for relation in record.ties for key in _keys(relation)}
        traps = {key for relation in record.traps for key in _keys(relation)} - stated
        self.traps += len(traps)
        self.fallen += len(traps & predicted.keys())

    def _count_status(self, record: GoldRecord, predicted: Mapping[Key, list[Statement]]) -> None:
        for relation in record.ties:
            found = next((predicted[key] for key in _keys(relation) if key in predicted), None)
            if relation.status and found:
                of_type = [each for each in found if each.type == relation.type]
                self.status_known += 1
                self.status_right += (of_type or found)[0].status == relation.status

    def result(self, documents: int) -> Evaluation:
        return Evaluation(
            documents,
            tuple(self.failures),
            self.strict.rows(),
            self.partial.rows(),
            self.relations.rows(),
            self.explicit.rows(),
            self.traps,
            self.fallen,
            self.status_known,
            self.status_right,
        )


def _count_mentions(record: GoldRecord, reading: Reading, strict: _Tally, partial: _Tally) -> None:
    known = {kind.type for kind in ontology().kinds.values()}
    gold = _named(((e.type, e.spans) for e in record.known), known)
    predicted = _named(((e.type, e.mentions) for e in reading.entities), known)
    for tally, matches in (
        (strict, gold & predicted),
        (partial, _overlapping(sorted(gold), sorted(predicted))),
    ):
        tally.gold.update(type_ for _, _, type_ in gold)
        tally.predicted.update(type_ for _, _, type_ in predicted)
        tally.found.update(type_ for _, _, type_ in matches)
        tally.correct.update(type_ for _, _, type_ in matches)


def _named(
    entities: Iterable[tuple[str, Iterable[MentionRecord | Mention]]], types: set[str]
) -> set[tuple[int, int, str]]:
    return {
        (mention.start, mention.end, type_)
        for type_, mentions in entities
        if type_ in types
        for mention in mentions
        if mention.kind == "name"
    }


def _overlapping(
    gold: list[tuple[int, int, str]], predicted: list[tuple[int, int, str]]
) -> set[tuple[int, int, str]]:
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


def _keys(relation: GoldRelation) -> list[Key]:
    heads = [relation.head, *relation.head_alternatives]
    tails = [relation.tail, *relation.tail_alternatives]
    return [scoring().key(relation.type, head, tail) for head in heads for tail in tails]


def _predictions(record: GoldRecord, reading: Reading) -> dict[Key, list[Statement]]:
    """The confirmed ties predicted, the surest of each key first, in the gold's entity ids.

    Only what the ontology calls confirmed is a prediction: a denied or rumoured tie is none. A
    tie of an unnamed entity that the gold has not is left out: gold names only what has a name.
    """
    names = _aligned(record.known, reading.entities)
    unnamed = {entity.id for entity in reading.entities if _is_unnamed(entity)} - names.keys()
    found: dict[Key, list[Statement]] = defaultdict(list)
    for statement in sorted(reading.statements, key=lambda row: -row.confidence):
        unsaid = {statement.head, statement.tail} & unnamed
        if not unsaid and ontology().statuses[statement.status].confirmed:
            head = names.get(statement.head, f"?{statement.head}")
            tail = names.get(statement.tail, f"?{statement.tail}")
            found[scoring().key(statement.type, head, tail)].append(statement)
    return dict(found)


def _is_unnamed(entity: Entity) -> bool:
    return all(mention.kind != "name" for mention in entity.mentions)


def _aligned(gold: Sequence[GoldEntity], predicted: Iterable[Entity]) -> dict[str, str]:
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


def _count_relations(
    record: GoldRecord,
    predicted: Mapping[Key, list[Statement]],
    tally: _Tally,
    *,
    with_implicit: bool,
) -> None:
    required: dict[tuple[str, Key], set[Key]] = {}
    neutral: set[Key] = set()
    for relation in record.ties:
        if relation.type == "NO_RELATION":
            continue
        keys = _keys(relation)
        if relation.optional or (relation.implicit and not with_implicit):
            neutral.update(keys)
        else:
            required[relation.type, keys[0]] = set(keys)
    covered = {key for keys in required.values() for key in keys}
    for (type_, _), accepted in required.items():
        tally.gold[type_] += 1
        tally.found[type_] += not accepted.isdisjoint(predicted)
    scored = _scored(record, predicted)
    for key, statements in predicted.items():
        if key in covered or (key not in neutral and key in scored):
            tally.predicted[statements[0].type] += 1
            tally.correct[statements[0].type] += key in covered


def _scored(record: GoldRecord, predicted: Mapping[Key, list[Statement]]) -> set[Key]:
    """The predictions that this record's annotation is complete enough to call wrong."""
    annotated = set(record.annotated_types or ())
    if record.completeness == "pair":
        pairs = [{relation.head, relation.tail} for relation in record.relations or ()]
        return {key for key in predicted if {key[1], key[2]} in pairs}
    types = {key: statements[0].type for key, statements in predicted.items()}
    if record.completeness == "exhaustive_for_types":
        return {key for key, type_ in types.items() if type_ in annotated}
    open_types = scoring().partial - annotated
    return {key for key, type_ in types.items() if type_ not in open_types}
