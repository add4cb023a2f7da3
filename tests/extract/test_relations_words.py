"""The files of trigger words: every type known, every slot one that exists, no word twice."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from extract.demonyms import demonyms
from extract.ontology import ontology
from extract.relations.lexicon import Frame, lexicon

_VERB_SLOTS = {"subject", "object", "dative"}
_NOUN_SLOTS = {"self", "poss", "compound", "subject", "topic", "co", "dative", "user"}
_PREPOSITIONS = {
    "with",
    "to",
    "from",
    "in",
    "into",
    "of",
    "for",
    "at",
    "by",
    "between",
    "against",
    "behind",
    "towards",
}


def _frames() -> list[Frame]:
    words = lexicon()
    groups = (*words.verbs.values(), *words.nouns.values())
    return sorted({frame for frames in groups for frame in frames}, key=lambda frame: frame.name)


@pytest.mark.parametrize("frame", _frames(), ids=lambda frame: frame.name)
def test_frame(frame: Frame) -> None:
    slots = {*frame.head, *frame.tail, *frame.members}
    known = _VERB_SLOTS if frame.name.startswith("verb") else _NOUN_SLOTS
    assert frame.type in ontology().relations
    assert slots <= known | _PREPOSITIONS
    assert bool(frame.members) != bool(frame.head and frame.tail)
    assert not frame.members or ontology().relations[frame.type].symmetric


def test_lists_that_frames_name_exist() -> None:
    named = {name for frame in _frames() for name in (frame.through, frame.not_objects) if name}
    assert named <= set(lexicon().owners)


def test_deals_that_have_a_price_are_the_ontology_s() -> None:
    relations = ontology().relations
    assert all(relations[name].deal for name in lexicon().deal_nouns)


def test_verbs_that_continue_have_no_status() -> None:
    words = lexicon()
    continuing = words.continuing.verbs | set(words.continuing.particles)
    assert words.continuing.status not in ontology().statuses
    assert all(continuing.isdisjoint(row.verbs) for row in words.modalities)


def test_verbs_of_a_role_employ() -> None:
    words = lexicon()
    for verb in words.roles:
        assert "EMPLOYED_BY" in {frame.type for frame in words.verbs[verb]}


def test_statuses_are_the_ontology_s() -> None:
    known = {*ontology().statuses, "called_off"}
    assert {row.status for row in lexicon().modalities} <= known
    assert {status for frame in _frames() for status in (frame.status, frame.past)} <= {"", *known}


def test_kinds_are_the_ontology_s() -> None:
    words = lexicon()
    assert set(words.kinds) <= set(ontology().partnership_kinds)
    facilities = {*words.places.facilities.values(), *words.places.works.values()}
    assert facilities <= set(ontology().facility_kinds)


def test_subtypes_are_the_ontology_s() -> None:
    known = {kind.subtype for kind in ontology().kinds.values()}
    words = lexicon()
    assert {subtype for subtypes in words.subtypes.values() for subtype in subtypes} <= known
    for frame in _frames():
        assert frame.head_subtypes | frame.tail_subtypes <= known


def test_every_word_is_a_lower_case_string() -> None:
    words = lexicon()
    lists = [words.light_verbs, words.lists, words.plurals, words.employment.nouns]
    lists += [words.places.makers, words.places.inner, *words.nominals.values()]
    for word in {word for each in lists for word in each}:
        assert isinstance(word, str)
        assert word == word.lower().strip()


def test_demonyms_are_listed_once_in_order() -> None:
    text = files("extract").joinpath("demonyms.csv").read_text(encoding="utf-8")
    rows = [row["demonym"] for row in csv.DictReader(text.splitlines())]
    assert len(rows) == len(set(rows)) == len(demonyms())
    assert rows == sorted(rows)


def test_confidences_are_shares() -> None:
    from extract.relations.statements import rule_precision

    rules, default = rule_precision()
    assert all(0 < share <= 1 for share in (default, *rules.values()))
