"""Cleaning: furniture goes, sentences stay, offsets survive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.clean import clean
from extract.records import Document

PROSE = "Halden Motors said on Monday that it would open a plant in Riga next year."
PAGE = f"""
Markets

Halden Motors looks east for its batteries

Jane Roe and John Doe in Riga

Published 3 November 2025

{PROSE}

Output by region

☐ North ☐ South

2021
2022

Source: Statistics Office

Workers at the Halden plant in Riga © Getty Images

The firm has [signed an agreement](#) worth \\$2bn with Baltic Cells.

Additional reporting by Ann Poe

Copyright The Riga Courier Limited 2025. All rights reserved.

Related articles

Baltic Cells in talks with Korvel
"""


def read(text: str, **known: str):
    return clean(Document("doc", text, **known))


def kept(text: str) -> list[str]:
    cleaned = read(text)
    return [cleaned.text[start:end] for start, end in cleaned.paragraphs]


@given(st.text(max_size=400))
def test_the_clean_text_is_as_long_as_the_raw_one(text):
    cleaned = read(text)
    assert len(cleaned.text) == len(text)
    assert all(c == raw or c == " " for c, raw in zip(cleaned.text, text, strict=True))


@given(st.text(alphabet="Ab .\n*[](#)\\$|☐©:1", max_size=300))
def test_paragraphs_are_in_order_and_within_the_text(text):
    cleaned = read(text)
    edges = [edge for pair in cleaned.paragraphs for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_only_the_sentences_and_the_headline_of_a_page_are_kept():
    assert [" ".join(p.split()) for p in kept(PAGE)] == [
        "Halden Motors looks east for its batteries",
        PROSE,
        "The firm has signed an agreement worth $2bn with Baltic Cells.",
    ]


def test_the_words_of_a_link_keep_their_place():
    text = f"{PROSE}\n\nIt signed [an agreement](#) with Baltic Cells last week."
    assert read(text).text.index("an agreement") == text.index("an agreement")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Halden Motors looks east for its batteries"),
        ("byline", "Jane Roe and John Doe"),
        ("date", "2025-11-03"),
        ("publisher", "Riga Courier Limited"),
    ],
)
def test_furniture_tells_about_the_document(name, value):
    assert getattr(read(PAGE), name) == value


def test_what_the_document_knows_of_itself_wins():
    assert read(PAGE, title="Own title", date="2024").title == "Own title"
    assert read(PAGE, title="Own title", date="2024").date == "2024"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "BOWLING GREEN, Ky., Oct. 14 - Halden Motors will add 200 jobs at its plant here.",
        "Halden, Korvel scrap plan for cathode venture\nHalden will expand alone in Ulsan.",
        "Halden Motors and Baltic Cells form joint venture",
        "Published in 2019, the report by Baltic Cells named Halden as its largest customer.",
    ],
)
def test_short_texts_are_kept_whole(text):
    assert read(text).text == text


def test_hard_wrapped_lines_are_one_paragraph():
    words = (
        "Halden Motors said on Monday that it would open another plant near Riga. " * 4
    ).split()
    lines = [" ".join(words[i : i + 12]) for i in range(0, len(words), 12)]
    assert len(kept("\n".join(lines))) == 1


def test_the_article_loses_its_furniture_and_no_sentence(shared_data):
    text = (shared_data / "article_innovation_race.txt").read_text(encoding="utf-8")
    paragraphs = kept(text)
    assert not any(
        word in p for p in paragraphs for word in ("☐", "Source:", "Copyright", "contributions")
    )
    whole = [line for line in text.split("\n") if len(line) > 150]
    assert len(paragraphs) >= len(whole)


@pytest.mark.parametrize(
    ("start", "date"),
    [
        ("HALDEN, Norway, March 4, 2025 - ", "2025-03-04"),
        ("HALDEN, March 4, 2025 /Wire/ -- ", "2025-03-04"),
        ("MOSS POINT, Miss., Oct. 14, 2024 (Wire) — ", "2024-10-14"),
        ("Riga, Latvia, 4 March 2025 – ", "2025-03-04"),
        ("In Riga, March 4, 2025, was cold. ", ""),
        ("", ""),
    ],
)
def test_a_dateline_dates_the_document(start, date):
    cleaned = read(start + PROSE)
    assert cleaned.date == date
    assert cleaned.text == start + PROSE


def test_a_date_of_its_own_outranks_the_dateline():
    assert read(f"HALDEN, Norway, March 4, 2025 - {PROSE}", date="2024").date == "2024"
