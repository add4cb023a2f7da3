"""Who is who by Spark, for documents and judgements by chance in which names are often alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from extract.errors import QueryError
from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.load import load
from graph.resolution.judgements import Judged, Judgement, check_judgements, judge
from graph.resolution.resolve import Join
from graph.store import Store

SEED = 3
DOCUMENTS, JUDGEMENTS = 220, 30
WORDS = [
    *("Calder", "Northvale", "Brisk", "Velt", "Oskar", "Tamsin", "Quill"),
    *("Harrow", "Zenk", "Ulmen", "Pryde", "Sorb", "Wick", "Yar"),
]
FORMS = [
    *("{0} Motors", "{0}", "{0} Motors Holding", "{0} Motors AG", "The {0} Motors Group"),
    *("{0} Bank", "University of {0}", "{0} University", "{1} {0} Steel Works", "{2}SW"),
    *("{1} {0} Steel Works ({2}SW)", "{0} Fund I", "{0} Fund II", "{0} Motor", "{0}motors"),
]
PEOPLE = ["Jane {0}", "J. {0}", "{0}", "Jane Ann {0}", "John {0}", "{0} Jane"]
PLACES = ["{0}, Ohio", "{0}", "City of {0}", "{0}, Kent"]
# What is written in signs alone may look like the marks of initials and acronyms.
SIGNS = [":>", ":<", ">", "<", "=", ":", "+"]
TIES = {
    ("ORG", "ORG"): ["PARTNERS_WITH", "SUBSIDIARY_OF", "SUPPLIES"],
    ("ORG", "LOC"): ["FACILITY_IN"],
    ("PER", "ORG"): ["EMPLOYED_BY"],
}
Name = tuple[str, str, str]  # type, kind, name


def families() -> list[list[Name]]:
    """Names that are alike within each."""
    found: list[list[Name]] = []
    for word in WORDS:
        other = word[::-1].title()
        letters = other[0] + word[0]
        firms = [("ORG", "firm", form.format(word, other, letters)) for form in FORMS]
        people = [("PER", "person", form.format(word)) for form in PEOPLE]
        places = [("LOC", "city", form.format(word)) for form in PLACES]
        found.append([*firms, *people, *places, ("PRODUCT", "product", word)])
    found.append([("ORG", "firm", sign) for sign in SIGNS])
    # One word with numbers: more likely names than evidence looks at every pair of.
    found.append([("ORG", "other", f"{WORDS[0]} {word} {end}") for word in WORDS for end in "SA"])
    return found


def documents(draw: random.Random) -> Iterator[Reading]:
    """Each speaks of names of one or two families; some texts are read twice."""
    known = families()
    for number in range(DOCUMENTS):
        names = [*draw.choice(known), *draw.choice(known)]
        chosen = draw.sample(names, draw.randint(1, min(6, len(names))))
        yield _reading(f"Text {draw.randrange(DOCUMENTS)}.", number, chosen, draw)


def _reading(text: str, number: int, names: Sequence[Name], draw: random.Random) -> Reading:
    entities = [_entity(at, name, text, draw) for at, name in enumerate(names)]
    if draw.random() < 0.1:
        entities.append(Entity("g", "ORG", "group", "38 firms", count=38))
    ties = []
    for one, other in zip(entities, draw.sample(entities, len(entities)), strict=True):
        fitting = TIES.get((one.type, other.type), [])
        if fitting and one is not other and draw.random() < 0.6:
            ties.append(_statement(draw.choice(fitting), one, other, text, draw))
    date = draw.choice(["", "2024", "2025-01-02"])
    document = Document(document_id(text), text, date=date, source=f"file-{number}")
    return Reading(document, tuple(entities), tuple(ties))


def _entity(at: int, name: Name, text: str, draw: random.Random) -> Entity:
    type_, kind, written = name
    mentions = tuple(Mention(0, 4, text[:4], "nominal") for _ in range(draw.randint(0, 3)))
    entity = Entity(f"e{at}", type_, kind, written, mentions=mentions)
    if type_ == "ORG" and draw.random() < 0.04:
        others = [other for family in families() for other in family if other[0] == type_]
        return replace(entity, aliases=(draw.choice(others)[2],), subtype="university")
    return entity


def _statement(type_: str, one: Entity, other: Entity, text: str, draw: random.Random) -> Statement:
    modality = draw.choice(["in_effect", "in_effect", "planned", "possible"])
    span = Span(0, len(text), text)
    return Statement(type_, one.id, other.id, evidence=(span,), modality=modality)


def judgements(draw: random.Random) -> list[Judgement]:
    """Some that do not contradict each other, a few of names that no document speaks of."""
    taken: list[Judgement] = []
    names = [name for family in families() for name in family]
    names += [("ORG", "firm", f"Unheard {word} {end}") for word in WORDS[:3] for end in ("A", "B")]
    while len(taken) < JUDGEMENTS:
        family = draw.choice(families())
        (a, _, one), (b, _, other) = draw.choice(family), draw.choice([*family, *names])
        verdict = draw.choice(["same", "different"])
        made = Judgement(verdict, Judged(a, one), Judged(b, other), action=str(len(taken)))
        try:
            taken = [*check_judgements([*taken, made])]
        except QueryError:
            continue
    return taken


def test_any_documents_and_judgements(
    embedded_store: Store, resolved: Callable[..., dict[str, Join]], joins_in: Any
) -> None:
    draw = random.Random(SEED)
    readings, judged = list(documents(draw)), judgements(draw)
    load(embedded_store, readings)
    judge(embedded_store, judged)
    expected = joins_in(embedded_store)
    found = resolved(readings, judged)

    assert found == expected
    by = [join.by for join in found.values()]
    assert min(by.count("name"), by.count("evidence"), by.count("judgement")) > 4
