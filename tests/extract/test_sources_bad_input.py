"""What can't be read is one line that says what, where and what to do; the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from extract.records import Document, Failure
from extract.sources import draft, read_sources, reader
from extract.sources.language import language_names

SENTENCE = "Halden Marine and the University of Ederstål will build a laboratory together."
GERMAN = "Das Unternehmen und die Universität bauen gemeinsam ein neues Forschungszentrum auf."


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def scanned_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


BAD: list[tuple[str, bytes, str, str]] = [
    ("empty.txt", b"", "skipped", "empty"),
    ("empty.pdf", b"", "skipped", "empty"),
    ("empty.jsonl", b"", "skipped", "empty"),
    ("space.txt", b" \n\t\r\n ", "skipped", "empty"),
    ("marks.md", "\ufeff\u200e\x07\n".encode(), "skipped", "empty"),
    ("binary.txt", bytes(range(256)) * 9, "failed", "binary data"),
    ("image.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(900), "failed", "binary data"),
    ("mark.txt", b"\xff\xfe\x00\xd8\x00", "failed", "UTF-16"),
    ("broken.pdf", b"%PDF-1.4\nnot one at all", "failed", "the PDF is broken"),
    ("locked.pdf", locked_pdf(), "failed", "qpdf --decrypt"),
    ("scanned.pdf", scanned_pdf(), "failed", "OCR"),
    ("broken.docx", b"PK\x03\x04 not one", "failed", ".docx is broken"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "failed", "without a password"),
    ("menu.html", b"<html><body><nav><a>Home</a></nav></body></html>", "failed", "no article"),
    ("german.txt", GERMAN.encode(), "skipped", "written in German"),
    ("broken.txt.gz", gzip.compress(SENTENCE.encode())[:-9], "failed", ".gz is broken"),
    ("none.txt.gz", SENTENCE.encode(), "failed", ".gz is broken"),
    ("sheet.xlsx", b"PK", "failed", "files of type .xlsx are not read"),
]


@pytest.mark.parametrize(("name", "data", "status", "words"), BAD, ids=[bad[0] for bad in BAD])
def test_a_bad_file_is_one_failure_and_the_next_is_read(
    tmp_path: Path, name: str, data: bytes, status: str, words: str
) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(SENTENCE, encoding="utf-8")
    failure, document = read_sources([str(bad), str(good)])
    assert isinstance(failure, Failure)
    assert (failure.source, failure.status) == (bad.as_posix(), status)
    assert words in failure.reason
    assert "\n" not in failure.reason
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("no/such/file.txt", "no such file"),
        ("nul\0l.txt", "can't be opened|no such file"),
        ("https://news.example/a", "save the page"),
        ("x" * 5000, "can't be opened|no such file"),
    ],
    ids=["missing", "null character", "web address", "name too long"],
)
def test_a_path_that_leads_nowhere(source: str, words: str) -> None:
    (failure,) = read_sources([source])
    assert isinstance(failure, Failure)
    assert failure.status == "failed"
    assert any(part in failure.reason for part in words.split("|")), failure


def test_a_link_to_nothing(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "gone.txt")
    (failure,) = read_sources([str(tmp_path)])
    assert failure == Failure(
        link.as_posix(), "a link to nothing; mend the link or name the file itself"
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert list(read_sources([str(folder)])) == [
        Failure(folder.as_posix(), "the folder is empty", "skipped")
    ]


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
    opened: Callable[..., Any] = Path.open

    def refuse(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    failure, document = read_sources([str(tmp_path)])
    assert isinstance(failure, Failure)
    assert failure.reason == (
        "can't be opened (Permission denied); check the path and its permissions"
    )
    assert isinstance(document, Document)


def test_bad_lines_of_jsonl_are_named_by_number(tmp_path: Path) -> None:
    good = json.dumps({"text": SENTENCE}).encode()
    lines = [
        good,
        b"{no json",
        b"[1, 2]",
        b'{"title": "no text"}',
        b'{"text": null}',
        b'{"text": 5}',
        b'{"text": "  "}',
        b'{"text": "\xe5\xff"}',
        b"[" * 100_000,
        b'{"text": "x", "title": ["a"]}',
        json.dumps({"text": GERMAN}).encode(),
        good,
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    first, *failures, last = read_sources([str(path)])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert [item.source for item in failures] == [f"{path}:{n}" for n in range(2, 12)]
    reasons = [item.reason for item in failures if isinstance(item, Failure)]
    told = [
        *("not JSON", "not a JSON object", 'no "text"', 'no "text"', '"text" is not', "empty"),
        *("not UTF-8", "not JSON", '"title" is not', "written in German"),
    ]
    for reason, words in zip(reasons, told, strict=True):
        assert words in reason


def test_jsonl_in_utf16_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((json.dumps({"text": SENTENCE}) + "\n").encode("utf-16") * 2)
    (failure,) = read_sources([str(path)])
    assert isinstance(failure, Failure)
    assert "UTF-16" in failure.reason


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.txt.gz", "a"])
def test_what_is_too_large_is_to_be_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for module in (draft, reader):
        monkeypatch.setattr(module, "MAX_BYTES", 1000)
    monkeypatch.setattr("extract.sources.jsonl.MAX_BYTES", 1000)
    text = SENTENCE * 20
    data = (json.dumps({"text": text}) if "json" in name else text).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (failure,) = read_sources([str(path)])
    assert isinstance(failure, Failure)
    assert "split it" in failure.reason


def test_five_megabytes_on_one_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = f"{SENTENCE} " * (5_000_000 // len(SENTENCE))
    path.write_text(text, encoding="utf-8")
    (document,) = read_sources([str(path)])
    assert isinstance(document, Document)
    assert document.text == text


@pytest.mark.timeout(20)
def test_a_flood_of_marks_is_no_trap(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("*[" * 1_000_000 + f"\n\n{SENTENCE}\n", encoding="utf-8")
    (document,) = read_sources([str(path)])
    assert isinstance(document, Document)
    assert document.text.endswith(SENTENCE)


@pytest.mark.parametrize(
    "text", ["Scania abre fábrica", "1234 5678 91011 2345 345 345 345 345 34", "x" * 500]
)
def test_a_language_that_can_not_be_told_is_accepted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = read_sources([str(path)])
    assert isinstance(document, Document)


def test_every_language_that_may_be_found_has_a_name() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    assert set(identifier.labels) - {"zxx"} == set(language_names())
    assert all(name.strip() for name in language_names().values())
