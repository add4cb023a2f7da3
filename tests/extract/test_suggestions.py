"""What is told of a tie that no rule has read: the nearest names, their sentences, the word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from extract.passages import Name, Passage
from extract.records import Document, Entity, Mention, Statement
from extract.relations.discourse import Discourse
from extract.relations.lexicon import lexicon
from extract.relations.scene import Scene
from extract.relations.suggestions import Suggestions

Suggest = Callable[..., Statement | None]

TYPES = {"Ann Lee": "PER", "Lund": "LOC", "Gdansk": "LOC"}


@pytest.fixture(scope="module")
def suggest(nlp: Any) -> Suggest:
    """``suggest("Norvik met Telsa.", "ACQUIRED", "Norvik", "Telsa")``: capitalised words and
    "Ann Lee" are names, and the entities' ids are the names."""

    def call(text: str, relation: str, head: str, tail: str) -> Statement | None:
        names = re.findall(r"Ann Lee|(?:Norvik|Telsa|Vega|Lund|Gdansk)\b", text)
        entities = {
            name: Entity(name, TYPES.get(name, "ORG"), "firm", name, (), _mentions(text, name))
            for name in dict.fromkeys(names)
        }
        discourse = Discourse(dict(entities), lexicon())
        scenes = [
            Scene(_passage(nlp, match, entities), discourse, text)
            for match in re.finditer(r"[^\n]+", text)
        ]
        return Suggestions(scenes, Document("doc", text)).make(relation, head, tail)

    return call


def _mentions(text: str, name: str) -> tuple[Mention, ...]:
    return tuple(Mention(m.start(), m.end(), m[0]) for m in re.finditer(name, text))


def _passage(nlp: Any, match: re.Match[str], entities: dict[str, Entity]) -> Passage:
    doc, offset = nlp(match[0]), match.start()
    spans = [
        (doc.char_span(m.start - offset, m.end - offset), entity.id)
        for entity in entities.values()
        for m in entity.mentions
        if match.start() <= m.start < match.end()
    ]
    names = [Name(key, span.start, span.end) for span, key in spans]
    return Passage(doc, offset, tuple(sorted(names, key=lambda name: name.start)))


def _told(found: Statement | None) -> list[str]:
    assert found is not None
    return [span.text for span in found.evidence]


def test_a_suggestion_is_the_network_s(suggest: Suggest) -> None:
    found = suggest("Norvik has met Telsa.", "ACQUIRED", "Telsa", "Norvik")
    assert found is not None
    assert (found.type, found.head, found.tail, found.rule) == (
        "ACQUIRED",
        "Telsa",
        "Norvik",
        "network",
    )


@pytest.mark.parametrize(("relation", "symmetric"), [("PARTNERS_WITH", True), ("SUPPLIES", False)])
def test_it_is_as_symmetric_as_its_type(suggest: Suggest, relation: str, symmetric: bool) -> None:
    found = suggest("Norvik has met Telsa.", relation, "Norvik", "Telsa")
    assert found is not None
    assert found.symmetric is symmetric


def test_the_sentence_of_both_names_is_the_evidence(suggest: Suggest) -> None:
    text = "Norvik grows. It rained. Norvik has met Telsa today. Telsa grows."
    assert _told(suggest(text, "ACQUIRED", "Norvik", "Telsa")) == ["Norvik has met Telsa today."]


def test_evidence_is_the_text_at_its_offsets(suggest: Suggest) -> None:
    text = "Vega grows.\n\nNorvik came first. Then it met Telsa."
    found = suggest(text, "ACQUIRED", "Telsa", "Norvik")
    assert found is not None
    assert all(text[span.start : span.end] == span.text for span in found.evidence)


@pytest.mark.parametrize("ends", [("Norvik", "Telsa"), ("Telsa", "Norvik")])
def test_names_in_two_sentences_have_both_as_evidence(
    suggest: Suggest, ends: tuple[str, str]
) -> None:
    """The later one first: that is where the tie is told."""
    text = "Norvik came first. It rained. Then they met Telsa."
    assert _told(suggest(text, "ACQUIRED", *ends)) == ["Then they met Telsa.", "Norvik came first."]


def test_names_in_two_paragraphs_have_both_sentences(suggest: Suggest) -> None:
    text = "Norvik came first. It rained.\n\nThen they met Telsa. It rained."
    found = _told(suggest(text, "ACQUIRED", "Norvik", "Telsa"))
    assert found == ["Then they met Telsa.", "Norvik came first."]


def test_the_nearest_pair_is_taken(suggest: Suggest) -> None:
    text = "Norvik fell. It rained. It rained. Telsa came. Norvik rose. It rained."
    found = _told(suggest(text, "ACQUIRED", "Norvik", "Telsa"))
    assert found == ["Norvik rose.", "Telsa came."]


def test_a_pair_in_one_sentence_is_nearer_than_one_beside_each_other(suggest: Suggest) -> None:
    text = "They met Norvik. Telsa said on a long and rainy day that it likes Norvik."
    found = _told(suggest(text, "ACQUIRED", "Norvik", "Telsa"))
    assert found == ["Telsa said on a long and rainy day that it likes Norvik."]


def test_a_side_without_a_name_has_no_suggestion(suggest: Suggest) -> None:
    assert suggest("Norvik grows.", "ACQUIRED", "Norvik", "Telsa") is None
    assert suggest("Norvik grows.", "ACQUIRED", "Telsa", "Norvik") is None


def test_details_are_those_of_the_sentence_of_both_names(suggest: Suggest) -> None:
    text = "Vega got EUR 7m in 2011.\n\nNorvik bought Telsa for EUR 40m in 2019."
    found = suggest(text, "ACQUIRED", "Norvik", "Telsa")
    assert found is not None
    assert (found.attrs["amount"], found.attrs["date"]) == ("EUR 40m", "2019")


def test_a_denial_above_both_names_is_read(suggest: Suggest) -> None:
    found = suggest("Norvik did not buy Telsa.", "ACQUIRED", "Norvik", "Telsa")
    assert found is not None
    assert found.status == "denied"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norvik will soon say more of its plant, which is in Gdansk.", "plant"),
        ("Norvik is glad of the laboratory over there in Lund.", "rnd_centre"),
    ],
)
def test_a_site_has_the_kind_of_the_noun_in_its_sentence(
    suggest: Suggest, text: str, kind: str
) -> None:
    place = "Gdansk" if "Gdansk" in text else "Lund"
    found = suggest(text, "FACILITY_IN", "Norvik", place)
    assert found is not None
    assert found.attrs["kind"] == kind


def test_a_site_without_a_noun_has_no_kind(suggest: Suggest) -> None:
    found = suggest("Norvik came to Lund.", "FACILITY_IN", "Norvik", "Lund")
    assert found is not None
    assert "kind" not in found.attrs


def test_a_job_has_the_role_beside_the_name(suggest: Suggest) -> None:
    found = suggest(
        "Ann Lee, chief executive, will leave Norvik.", "EMPLOYED_BY", "Ann Lee", "Norvik"
    )
    assert found is not None
    assert found.attrs["role"] == "chief executive"
