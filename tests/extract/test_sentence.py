"""Sentences as people read them."""

from __future__ import annotations

from extract.records import Entity, Mention, Span
from extract.sentence import readable


def entity(text: str, name: str) -> Entity:
    start = text.index(name)
    return Entity("e0", "ORG", "firm", name, mentions=(Mention(start, start + len(name), name),))


def test_markup_and_line_breaks_are_gone_and_the_names_are_still_marked() -> None:
    source = "Orbis signed a [joint statement](#here)   with  **Vega Labs**\non Monday."
    shown, names = readable(
        [Span(0, len(source), source)], (entity(source, "Orbis"), entity(source, "Vega Labs"))
    )
    assert shown == "Orbis signed a joint statement with Vega Labs on Monday."
    marked = [shown[start:end] for start, end in zip(names[::2], names[1::2], strict=True)]
    assert marked == ["Orbis", "Vega Labs"]


def test_several_sentences_are_joined_with_an_ellipsis() -> None:
    text = "Orbis grew. It bought Vega."
    spans = [Span(0, 11, text[:11]), Span(12, 27, text[12:])]
    shown, names = readable(spans, (entity(text, "Orbis"), entity(text, "Vega")))
    assert shown == "Orbis grew. … It bought Vega."
    assert [shown[a:b] for a, b in zip(names[::2], names[1::2], strict=True)] == ["Orbis", "Vega"]


def test_what_runs_on_for_thousands_of_characters_is_cut_off() -> None:
    text = "Orbis " + "and so on " * 900 + "Vega"
    span = Span(0, len(text), text)
    shown, names = readable([span] * 50, (entity(text, "Orbis"), entity(text, "Vega")))
    assert len(shown) < 2 * 2_100
    assert names[:2] == [0, 5]
    assert {shown[a:b] for a, b in zip(names[::2], names[1::2], strict=True)} == {"Orbis"}


def test_sentences_stand_in_the_order_of_the_document() -> None:
    text = "Orbis grew. It bought Vega."
    spans = [Span(12, 27, text[12:]), Span(0, 11, text[:11])]
    shown, names = readable(spans, (entity(text, "Orbis"), entity(text, "Vega")))
    assert shown == "Orbis grew. … It bought Vega."
    assert names == [0, 5, 24, 28]
