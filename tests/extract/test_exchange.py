"""The exchange format: what is written is read again, and what is no record is said."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.exchange import read_readings, write_reading
from extract.ontology import ontology
from extract.records import (
    Document,
    Entity,
    Failure,
    Mention,
    Reading,
    Span,
    Statement,
    document_id,
)
from extract.sources.characters import clean_line

TEXT = "Halden Marine and Ostmark agreed.\nThe deal holds."
MODALITIES = ("in_effect", "announced", "planned", "rumoured", "ended", "possible")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TITLES = WORDS.map(clean_line)
DATES = st.sampled_from(["", "2025", "2025-11", "2025-11-03"])


def record(**fields: Any) -> str:
    return json.dumps(
        {
            "text": TEXT,
            "entities": [
                {"id": "a", "type": "ORG", "mentions": [{"start": 0, "end": 13}]},
                {"id": "b", "type": "ORG", "subtype": "company", "name": "Ostmark"},
                {"id": "p", "type": "LOC", "name": "Lund", "subtype": "city"},
            ],
            **fields,
        }
    )


def relation(**fields: Any) -> dict[str, Any]:
    return {"type": "PARTNERS_WITH", "head": "a", "tail": "b", **fields}


def read(*lines: str) -> list[Reading | Failure]:
    return list(read_readings(lines, "file.jsonl"))


def read_one(line: str) -> Reading:
    (reading,) = read(line)
    assert isinstance(reading, Reading), reading
    return reading


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int, str]:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return start, end, text[start:end]


@st.composite
def entities(draw: st.DrawFn, text: str, number: int) -> Entity:
    kind = draw(st.sampled_from([*ontology().kinds.values()]))
    kinds = st.sampled_from(["name", "nominal", "pronoun"])
    return Entity(
        id=f"e{number}",
        type=kind.type,
        subtype=kind.subtype,
        name=draw(WORDS.filter(bool)),
        aliases=tuple(draw(st.lists(WORDS, max_size=2))),
        mentions=tuple(
            Mention(*span, draw(kinds)) for span in draw(st.lists(spans(text), max_size=2))
        ),
        count=draw(st.none() | st.integers(1, 99)),
    )


@st.composite
def statements(draw: st.DrawFn, text: str, known: list[Entity]) -> Statement | None:
    head, tail = draw(st.sampled_from(known)), draw(st.sampled_from(known))
    types = [t for t in ontology().relations if ontology().allows(t, head.type, tail.type)]
    if not types:
        return None
    attrs = draw(st.dictionaries(st.sampled_from(["role", "amount", "deal"]), WORDS, max_size=2))
    if date := draw(DATES):
        attrs["date"] = date
    return Statement(
        type=draw(st.sampled_from(types)),
        head=head.id,
        tail=tail.id,
        symmetric=draw(st.booleans()),
        attrs=MappingProxyType(attrs),
        evidence=tuple(Span(*span) for span in draw(st.lists(spans(text), max_size=2))),
        confidence=draw(st.floats(0, 1)),
        polarity=draw(st.sampled_from(["affirmed", "denied"])),
        modality=draw(st.sampled_from(MODALITIES)),
        rule=draw(WORDS),
        votes=draw(st.dictionaries(WORDS, st.floats(0, 1), max_size=2)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=40)) + "x"
    document = Document(
        id=document_id(text),
        text=text,
        title=draw(TITLES),
        date=draw(DATES),
        source=draw(TITLES),
        url=draw(st.sampled_from(["", "https://coast.example/a?b=c"])),
        publisher=draw(TITLES),
    )
    known = [draw(entities(text, number)) for number in range(draw(st.integers(0, 3)))]
    made = [draw(statements(text, known)) for _ in range(draw(st.integers(0, 3))) if known]
    return Reading(document, tuple(known), tuple(s for s in made if s is not None))


@settings(max_examples=150, deadline=None)
@given(readings())
def test_what_is_written_is_read_again(reading: Reading) -> None:
    line = write_reading(reading)
    assert len(line.splitlines()) == 1
    assert read_one(line) == reading
    assert write_reading(read_one(line)) == line


def test_lone_surrogates_can_not_be_written() -> None:
    text = "Halden \ud800 Marine"
    line = write_reading(Reading(Document(document_id(text), text)))
    assert read_one(line).document.text == "Halden \ufffd Marine"
    line.encode("utf-8")


def test_lone_surrogates_that_json_spells_are_replaced() -> None:
    reading = read_one('{"text": "a \\ud800 b \\ud83d\\ude00", "title": "\\udc00t"}')
    assert (reading.document.text, reading.document.title) == ("a \ufffd b \U0001f600", "\ufffdt")


def test_what_a_bare_record_leaves_out_is_filled_in() -> None:
    reading = read_one(record(relations=[relation()]))
    first, second, _ = reading.entities
    assert (first.name, first.subtype, second.subtype) == ("Halden Marine", "other", "firm")
    assert first.mentions == (Mention(0, 13, "Halden Marine", "name"),)
    assert reading.statements == (Statement("PARTNERS_WITH", "a", "b", symmetric=True),)
    assert reading.document.source == "file.jsonl:1"


@pytest.mark.parametrize(
    ("attrs", "status"),
    [
        ({"status": "planned"}, "planned"),
        ({"status": "past"}, "ended"),
        ({"when": "past"}, "ended"),
        ({"status": "denied"}, "denied"),
        ({"status": "announced", "role": "x"}, "announced"),
        ({"status": "unsure"}, "possible"),
        ({}, "in_effect"),
    ],
)
def test_status_is_read_from_attrs(attrs: dict[str, str], status: str) -> None:
    (statement,) = read_one(record(relations=[relation(attrs=attrs)])).statements
    assert statement.status == status
    assert set(statement.attrs) <= {"role"}


def test_modality_and_polarity_go_before_attrs() -> None:
    row = relation(attrs={"status": "planned"}, modality="ended", polarity="denied")
    (statement,) = read_one(record(relations=[row])).statements
    assert (statement.modality, statement.polarity) == ("ended", "denied")


def test_votes_are_written_where_there_are_any_and_read_back() -> None:
    voted = relation(modality="possible", votes={"rule: object of verb": 0.72, "network": 0.91})
    reading = read_one(record(relations=[voted, relation()]))
    assert reading.statements[0].votes == {"network": 0.91, "rule: object of verb": 0.72}
    assert reading.statements[1].votes == {}
    first, second = json.loads(write_reading(reading))["relations"]
    assert (first["modality"], list(first["votes"])) == ("possible", sorted(voted["votes"]))
    assert "votes" not in second


def test_attrs_become_text() -> None:
    attrs = {"since": 2018, "count": ">=38", "date": "October", "kind": "R&D centre", "none": None}
    line = record(relations=[relation(attrs=attrs)], date="2025-11")
    (statement,) = read_one(line).statements
    assert statement.attrs == {
        "since": "2018",
        "count": "38",
        "date": "2025-10",
        "kind": "rnd_centre",
    }


def test_an_implicit_tie_is_less_sure() -> None:
    implicit, said = relation(implicit=True), relation(implicit=True, confidence=0.9)
    confidences = [s.confidence for s in read_one(record(relations=[implicit, said])).statements]
    assert confidences == [0.6, 0.9]


def test_an_unnamed_group_is_counted_by_its_ties() -> None:
    group = {"id": "b", "type": "ORG", "name": "Chinese suppliers", "unnamed": True}
    firm = {"id": "a", "type": "ORG", "name": "Halden"}
    line = record(entities=[firm, group], relations=[relation(attrs={"count": ">=38"})])
    found = read_one(line).entities[1]
    assert (found.subtype, found.count) == ("group", 38)


def test_what_the_ontology_does_not_know_is_left_out_and_said() -> None:
    line = record(
        entities=[
            {"id": "a", "type": "ORG", "name": "Halden"},
            {"id": "b", "type": "ORG", "name": "Ostmark"},
            {"id": "t", "type": "TIME", "name": "2018"},
        ],
        relations=[
            relation(),
            relation(type="LISTED_ON"),
            relation(tail="t"),
            relation(type="EMPLOYED_BY"),
            relation(attrs={"site": "t"}),
        ],
    )
    reading, failure = read(line)
    assert isinstance(reading, Reading)
    assert [s.type for s in reading.statements] == ["PARTNERS_WITH"] * 2
    assert not any(s.attrs for s in reading.statements)
    assert failure == Failure(
        "file.jsonl:1",
        "read without 1 EMPLOYED_BY (ORG to ORG), 1 LISTED_ON (relation type), "
        "1 PARTNERS_WITH (ORG to entity left out), 1 TIME (entity type), "
        "1 site (no known entity): the ontology does not have these",
        "skipped",
    )


BAD = [
    ("{", "not JSON"),
    ("[]", "not a JSON object"),
    ('{"entities": []}', 'no "text"'),
    ('{"text": " "}', "empty"),
    ('{"text": "x", "entities": 5}', '"entities" is not'),
    (record(entities=[{"id": "a", "type": "ORG"}]), "neither name nor mention"),
    (record(entities=[{"id": "a", "type": "ORG", "name": "x"}] * 2), "same id"),
    (record(relations=[relation(tail="z")]), "names the entity 'z'"),
    (record(relations=[relation(polarity="perhaps")]), '"relations.0.polarity" is not'),
    (record(relations=[relation(confidence=2)]), '"relations.0.confidence" is not'),
    (record(relations=[relation(votes={"network": 2})]), '"relations.0.votes.network" is not'),
    (
        record(relations=[relation(evidence=[{"start": 0, "end": 6, "text": "halden"}])]),
        "the text from 0 to 6 is not 'halden'",
    ),
    (
        record(entities=[{"id": "a", "type": "ORG", "mentions": [{"start": 40, "end": 99}]}]),
        "the text from 40 to 99",
    ),
]


@pytest.mark.parametrize(("line", "words"), BAD, ids=[words for _, words in BAD])
def test_a_line_that_is_no_record_is_named_and_the_next_is_read(line: str, words: str) -> None:
    failure, reading = read(line, "", record())[0:2]
    assert isinstance(failure, Failure)
    assert failure.source == "file.jsonl:1"
    assert words in failure.reason
    assert "\n" not in failure.reason
    assert isinstance(reading, Reading)
    assert reading.document.source == "file.jsonl:3"


@pytest.mark.parametrize(
    ("name", "records"),
    [("dev_articles", 4), ("dev_passages", 13), ("dev_article_innovation_race", 1)],
)
def test_gold_is_read_whole(shared_data: Path, name: str, records: int) -> None:
    lines = (shared_data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = list(read_readings(lines, name))
    assert Counter(type(item) for item in found)[Reading] == records
    assert all(item.status == "skipped" for item in found if isinstance(item, Failure))
    for item in found:
        if isinstance(item, Reading):
            assert read_one(write_reading(item)) == item


def test_the_words_for_other_words_are_the_ontologys() -> None:
    import yaml

    from extract import exchange

    text = Path(exchange.__file__).with_name("exchange.yaml").read_text(encoding="utf-8")
    words = yaml.safe_load(text)
    known = ontology()
    assert set(words["subtypes"].values()) <= {kind.subtype for kind in known.kinds.values()}
    assert set(words["statuses"].values()) <= set(known.statuses)
    assert set(words["kinds"].values()) <= {*known.partnership_kinds, *known.facility_kinds}
