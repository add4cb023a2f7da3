"""Every format that is read, and what a document keeps of it."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from docx import Document as WordDocument

from extract.records import Document, Failure, document_id
from extract.sources import read_sources

SENTENCE = "Halden Marine and the University of Ederstål will build a laboratory together."
PAGE = """<!doctype html><html><head><title>A laboratory | Coast News</title>
<meta property="og:site_name" content="Coast News"><meta property="og:title" content="A laboratory">
<meta property="article:published_time" content="2024-05-06T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/trade">Trade</a></nav><article><h1>A laboratory</h1>
{body}</article><aside>Related: <a href="/x">Ostmark buys Nobody</a></aside>
<footer>Copyright 2019 Coast News</footer><script>alert("x")</script></body></html>"""


def read(*sources: str | Path) -> list[Document | Failure]:
    return list(read_sources([str(source) for source in sources]))


def read_one(source: str | Path) -> Document:
    (document,) = read(source)
    assert isinstance(document, Document), document
    return document


def test_plain_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    text = f"\n\n  A title\r\n\r\n{SENTENCE}\tEnd. \n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    document = read_one(path)
    assert document == Document(
        id=document_id(text), text=text.replace("\r\n", "\n"), source=path.as_posix()
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252"]
)
def test_encodings_of_english(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCE.encode(encoding))
    assert read_one(path).text == SENTENCE


def test_windows_quotes_and_stray_bytes_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCE.encode() + " “We are ready – now.”".encode("cp1252"))
    assert read_one(path).text == SENTENCE + " “We are ready – now.”"


def test_markdown_is_read_as_prose(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Halden: a laboratory\ndate: 2024-05-06\npublisher: 'Coast News'\n"
        "url: https://coast.example/a\n---\n# A *laboratory*\n\nOne [link](http://x.example) and\n"
        "**bold** &amp; <b>more</b> ![a picture](p.png).\n\n![only](p.png)\n\n- first\n- second\n\n"
        "| a | b |\n|---|---|\n| Halden | 12 |\n\n    indented prose\n\n<div>in a box</div>\n",
        encoding="utf-8",
    )
    document = read_one(path)
    assert (document.title, document.date) == ("Halden: a laboratory", "2024-05-06")
    assert (document.publisher, document.url) == ("Coast News", "https://coast.example/a")
    assert document.text.split("\n\n") == [
        "A laboratory",
        "One link and bold & more .",
        "first",
        "second",
        "a\tb",
        "Halden\t12",
        "indented prose",
        "in a box",
    ]


def test_markdown_without_front_matter_is_called_by_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# The *first* heading\n\n{SENTENCE}\n", encoding="utf-8")
    assert read_one(path).title == "The first heading"


@pytest.mark.parametrize("repeats", [1, 5], ids=["short", "long"])
def test_html_gives_the_article_and_nothing_of_the_page(tmp_path: Path, repeats: int) -> None:
    paragraph = " ".join([SENTENCE] * repeats)
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(body=f"<p>{paragraph}</p><p>Second<br>one.</p>"), encoding="utf-8")
    document = read_one(path)
    assert (document.title, document.date) == ("A laboratory", "2024-05-06")
    assert document.publisher == "Coast News"
    assert document.text.split("\n\n") == ["A laboratory", paragraph, "Second one."]


def test_html_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    page = PAGE.format(body=f"<p>{SENTENCE} “Soon.”</p>").replace(
        "<head>", '<head><meta charset="iso-8859-1">'
    )
    path.write_bytes(page.encode("cp1252"))
    assert f"{SENTENCE} “Soon.”" in read_one(path).text


def test_a_year_in_the_text_is_not_the_date_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f"<html><body><p>{SENTENCE} Founded in 1998.</p><footer>© 2019</footer></body></html>"
    path.write_text(page, encoding="utf-8")
    assert read_one(path).date == ""


def test_word_document_with_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word = WordDocument()
    word.add_paragraph("A laboratory", style="Title")
    word.add_paragraph(SENTENCE)
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Site", "People", "Lund", "12"], strict=True):
        cell.text = text
    word.add_paragraph("After the table.")
    word.save(str(path))
    document = read_one(path)
    assert (document.title, document.date) == ("A laboratory", "")
    assert document.text == (
        f"A laboratory\n\n{SENTENCE}\n\nSite\tPeople\n\nLund\t12\n\nAfter the table."
    )


def test_jsonl_is_an_article_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"text": SENTENCE, "title": "T", "date": "3 November 2025", "source": "Coast", "id": 7},
        {"text": SENTENCE, "publisher": "Coast", "source": "old.txt", "date": 2025, "url": None},
    ]
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    first, second = read(path)
    assert first == Document(
        id=document_id(SENTENCE),
        text=SENTENCE,
        title="T",
        date="2025-11-03",
        source=f"{path.as_posix()}:1",
        publisher="Coast",
    )
    assert isinstance(second, Document)
    assert (second.source, second.publisher, second.date) == (f"{path}:3", "Coast", "2025")


def test_jsonl_is_read_a_line_at_a_time() -> None:
    lines = io.BytesIO((json.dumps({"text": SENTENCE}) + "\n").encode() * 1000)
    documents = read_sources(["-"], stdin=lines)
    next(documents)
    assert lines.tell() < 10 * len(SENTENCE)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_packed_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = json.dumps({"text": SENTENCE}) if "jsonl" in name else SENTENCE
    path.write_bytes(gzip.compress(text.encode()))
    assert read_one(path).text == SENTENCE


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (SENTENCE, "-"),
        (json.dumps({"text": SENTENCE}), "-:1"),
        ("\n" + json.dumps({"text": SENTENCE}), "-:2"),
        ("\ufeff" + json.dumps({"text": SENTENCE}), "-:1"),
        (f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>", "-"),
    ],
    ids=["text", "jsonl", "jsonl after a blank line", "jsonl with a mark", "html"],
)
def test_standard_input_is_told_by_its_beginning(data: str, source: str) -> None:
    for stdin in (io.BytesIO(data.encode()), io.StringIO(data)):
        (document,) = read_sources(["-"], stdin=stdin)
        assert isinstance(document, Document), document
        assert (document.text, document.source) == (SENTENCE, source)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "c.TXT", "b/one.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SENTENCE, encoding="utf-8")
    names = [Path(item.source).name for item in read(tmp_path)]
    assert names == ["a.txt", "one.md", "two.txt", "c.TXT"]


def test_a_folder_says_what_it_passes_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "sheet.xlsx", ".git/config.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SENTENCE, encoding="utf-8")
    failures = {Path(item.source).name: item for item in read(tmp_path)}
    assert sorted(failures) == [".git", ".hidden.txt", "sheet.xlsx"]
    assert all(isinstance(item, Failure) and item.status == "skipped" for item in failures.values())


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "text.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    document, loop = read(tmp_path)
    assert isinstance(document, Document)
    assert loop == Failure(f"{tmp_path}/a/up", "a link to a folder that is read already", "skipped")


def test_the_same_text_twice_is_yielded_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    first, second = read(path, path)
    assert first == second
