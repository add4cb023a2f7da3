"""Hostile input: no bytes make reading raise, no text keeps what could trick a reader."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import Document, Failure, document_id
from extract.sources import read_sources
from extract.sources.characters import clean_line, clean_text
from extract.sources.reader import format_readers

EXTENSIONS = (*format_readers(), ".jsonl", ".txt.gz", "")
BEGINNINGS = (
    b"", b"%PDF-1.4\n1 0 obj\n", b"PK\x03\x04", b"<html><body><p>", b'{"text": "', b"---\ntitle: ",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"| a | b |\n|---|---|\n", b"> - 1. " * 30,
)  # fmt: skip
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

HOSTILE = (
    "Halden \u202eMarine\u202c <script>alert('x')</script> and \"Ostmark\" build it.\x00\x1b[2J\n"
    "'}) DETACH DELETE n // MATCH (n) RETURN n; \u2066isolated\u2069 \u200fto\u200e left.\u2028"
    "The firms <b>agreed</b> on [this](javascript:alert(1)) & \ufeffmore of it in Lund.\x07\r\n"
)


def assert_clean(text: str) -> None:
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in text)
    assert not BIDI.search(text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(EXTENSIONS), st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_no_bytes_make_reading_raise(extension: str, beginning: bytes, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{extension}"
        path.write_bytes(beginning + data)
        found = list(read_sources([str(path)]))
    assert found
    for item in found:
        if isinstance(item, Failure):
            assert item.reason
            assert "\n" not in item.reason
            assert_clean(item.reason)
        else:
            assert_clean(item.text + item.title + item.url + item.publisher)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_is_done_once_for_all(text: str) -> None:
    cleaned = clean_text(text)
    assert_clean(cleaned)
    assert clean_text(cleaned) == cleaned
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize("extension", [".txt", ".md", ".html", ".jsonl"])
def test_a_hostile_article_is_a_clean_document(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a{extension}"
    record = {"text": HOSTILE + "\ud800", "title": "A\u202etitle\nof \ud800 two lines"}
    is_json = extension == ".jsonl"
    path.write_text(json.dumps(record) if is_json else HOSTILE, encoding="utf-8", newline="")
    (document,) = read_sources([str(path)])
    assert isinstance(document, Document), document
    assert_clean(document.text)
    assert "DETACH DELETE" in document.text
    assert document.id == document_id(document.text)
    assert "\n" not in document.title
    assert_clean(document.title)


def test_scripts_of_a_page_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{HOSTILE}</p></body></html>", encoding="utf-8")
    (document,) = read_sources([str(path)])
    assert isinstance(document, Document)
    assert "alert('x')" not in document.text


def test_names_of_files_are_cleaned_too(tmp_path: Path) -> None:
    path = tmp_path / "a\u202e\x07.txt"
    path.write_text("Halden Marine builds a plant in Lund.", encoding="utf-8")
    (document,) = read_sources([str(path)])
    assert document.source == f"{tmp_path}/a.txt"
