"""A generated corpus with the degrees of a real one: few names everywhere, ever more new ones.

Each document names six and states five ties. A name is new with a fixed probability, else
drawn from all names so far, as often as it was named (Simon 1955): the degrees follow a power
law, and the number of names grows with the corpus. Relation types, domains and ranges come
from the ontology; every twentieth tie is denied, rumoured or planned; one document in fifty is
a near-copy of an earlier one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.names import invent_name
from extract.ontology import ontology
from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id

NAMES, TIES = 6, 5  # a document
_NEW = 0.25  # probability that a name is new
_COPY = 0.02
_TYPES = {"ORG": ("firm", 0.62), "LOC": ("city", 0.2), "PER": ("person", 0.12)}
_REST = ("PRODUCT", "product")
_STATUS = (("denied", "in_effect"), ("affirmed", "rumoured"), ("affirmed", "planned"))
_WORDS = "officials plant market quarter agreement battery engineers supply growth output city"
_MOST_KEPT = 200_000  # mentions from which names are drawn again


def readings(number: int, seed: int = 7) -> Iterator[Reading]:
    """So many readings, the same ones for the same seed."""
    draw = random.Random(seed)
    named: list[tuple[str, str, str]] = []  # (name, type, subtype), once a mention
    last: Reading | None = None
    for position in range(number):
        if last is not None and draw.random() < _COPY:
            yield _copy(last, position)
            continue
        chosen: dict[str, tuple[str, str, str]] = {}
        while len(chosen) < NAMES:
            one = _new(draw) if not named or draw.random() < _NEW else draw.choice(named)
            chosen.setdefault(one[0], one)
        for one in chosen.values():
            if len(named) < _MOST_KEPT:
                named.append(one)
            else:
                named[draw.randrange(_MOST_KEPT)] = one
        last = _reading(position, list(chosen.values()), draw)
        yield last


def _new(draw: random.Random) -> tuple[str, str, str]:
    rest = draw.random()
    for type_, (subtype, share) in _TYPES.items():
        if (rest := rest - share) < 0:
            return invent_name(draw, type_), type_, subtype
    return invent_name(draw, "PRODUCT"), *_REST


def _reading(position: int, names: list[tuple[str, str, str]], draw: random.Random) -> Reading:
    pairs = [(a, b) for a in range(NAMES) for b in range(NAMES) if a != b]
    draw.shuffle(pairs)
    date = f"{2015 + position // 12_000}-{1 + position // 1000 % 12:02}-{1 + position % 28:02}"
    told: list[tuple[str, int, int, str]] = []
    for head, tail in pairs:
        fitting = _fitting(names[head][1], names[tail][1])
        if fitting and len(told) < TIES:
            filler = " ".join(draw.choices(_WORDS.split(), k=14))
            sentence = f"{names[head][0]} spoke of {names[tail][0]} as {filler}."
            told.append((draw.choice(fitting), head, tail, sentence))
    text = f"Report {position}. " + " ".join(sentence for *_, sentence in told)
    text += " Also named: " + ", ".join(name for name, *_ in names) + "."
    entities = tuple(
        Entity(f"e{i}", type_, subtype, name, mentions=_mentions(text, name))
        for i, (name, type_, subtype) in enumerate(names)
    )
    statements = tuple(_statement(text, *one, draw) for one in told)
    document = Document(
        document_id(text), text, f"Report {position}", date, f"report-{position}.txt"
    )
    return Reading(document, entities, statements)


def _statement(
    text: str, type_: str, head: int, tail: int, sentence: str, draw: random.Random
) -> Statement:
    start = text.index(sentence)
    polarity, modality = "affirmed", "in_effect"
    if draw.random() < 0.05:
        polarity, modality = draw.choice(_STATUS)
    return Statement(
        type_,
        f"e{head}",
        f"e{tail}",
        evidence=(Span(start, start + len(sentence), sentence),),
        confidence=round(draw.uniform(0.5, 0.95), 3),
        polarity=polarity,
        modality=modality,
        rule="benchmark",
    )


def _copy(reading: Reading, position: int) -> Reading:
    """The same text from another agency, which adds a line of its own at the end."""
    text = f"{reading.document.text} Copy {position} of an agency."
    document = Document(
        document_id(text), text, f"Copy {position}", reading.document.date, f"copy-{position}.txt"
    )
    return Reading(document, reading.entities, reading.statements)


def _fitting(head: str, tail: str) -> list[str]:
    return [
        name
        for name, relation in ontology().relations.items()
        if head in relation.head and tail in relation.tail
    ]


def _mentions(text: str, name: str) -> tuple[Mention, ...]:
    start = text.index(name)
    return (Mention(start, start + len(name), name),)
