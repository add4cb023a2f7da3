"""Bad documents and records through the command line: one line each, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from partnergraph import Store, dump
from partnergraph.demo import CORPUS

ESCAPE = "\x1b[31mRed\x1b]0;title\x07"
HOSTILE = (
    ESCAPE,
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "' OR 1=1 \"`}) DETACH DELETE n //",
    "$name {{7*7}} \\u0027",
    "[bold red]Rich[/bold red] [link=file:///x]",
    "\u202eevil\u202c \u2066turn\u2069 \u200fmark",
    "\x9b31mRed\x7f",
    "nul\x00l tab\tnew\nline\rname\x85next",
    "half \ud800 a character",
    "=cmd|' /C calc'!A0",
    "\u200b",
    "N" * 10_000,
    "Ü" * 10_000,
)


def record(name: str = "Halvorsen Marine", **changes: Any) -> dict[str, Any]:
    """An exchange record: ``name`` has a plant in Gdansk."""
    text = f"{name} opened a plant in Gdansk."
    place = text.rindex("Gdansk")
    firm = {"id": "e1", "type": "ORG", "subtype": "company", "name": name}
    city = {"id": "e2", "type": "LOC", "subtype": "city", "name": "Gdansk"}
    firm["mentions"] = [{"start": 0, "end": len(name)}]  # type: ignore[assignment]
    city["mentions"] = [{"start": place, "end": place + 6}]  # type: ignore[assignment]
    tie = {
        "type": "FACILITY_IN",
        "head": "e1",
        "tail": "e2",
        "attrs": {"kind": "plant"},
        "evidence": [{"start": 0, "end": len(text)}],
    }
    made = {"text": text, "title": name, "source": name, "entities": [firm, city]}
    return {**made, "relations": [tie], **changes}


def with_firm(**fields: Any) -> str:
    made = record()
    made["entities"][0] |= fields
    return json.dumps(made)


def with_tie(**fields: Any) -> str:
    made = record()
    made["relations"][0] |= fields
    return json.dumps(made)


BAD_RECORDS = {
    "{no json": "not JSON",
    "null": "not a JSON object",
    "{}": 'no "text"',
    "[" * 100_000: "not JSON",
    json.dumps(record())[:-1] + ', "x":' + "[" * 50_000 + "]" * 50_000 + "}": "not JSON",
    json.dumps(record()).replace('"start": 0', '"start": ' + "9" * 5000, 1): "not JSON",
    with_firm(mentions=[{"start": 5, "end": 9, "text": "Oslo"}]): "offsets in code points",
    with_firm(mentions=[{"start": -5, "end": 9}]): "offsets in code points",
    with_firm(mentions=[{"start": 0, "end": 10**30}]): "offsets in code points",
    with_firm(mentions=[{"start": 0.5, "end": 9}]): "mentions.0.start",
    with_firm(count=10**30): "entities.0.count",
    with_firm(id="e2"): "same id",
    with_firm(id=["e1"]): "entities.0.id",
    with_tie(tail="e9"): "'e9'",
    with_tie(tail=None): "relations.0.tail",
    with_tie(confidence=float("nan")): "relations.0.confidence",
    with_tie(confidence=1e400): "relations.0.confidence",
    with_tie(attrs=["x"]): "relations.0.attrs",
    with_tie(modality=ESCAPE): "relations.0.modality",
    json.dumps(record(entities="x")): '"entities"',
    json.dumps(record(title={"a": 1})): '"title"',
}


def lines_of(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return list(dump(store))


def hostile_records(folder: Path) -> Path:
    """A file of records that are well formed and mean harm."""
    path = folder / "hostile.jsonl"
    records = [record(name) for name in HOSTILE]
    odd: dict[str, Any] = {"amount": "EUR 9" + "9" * 400 + "bn", "count": "9" * 500, "`k`": "v"}
    odd |= {"since": ESCAPE, "stake": "1e999%", "kind": float("nan"), "x": {"a": [1, {"b": 2}]}}
    records.append(record("Odd Values", date=10**400, url="javascript:alert(1)", language=ESCAPE))
    records[-1]["relations"][0] |= {"attrs": odd, "rule": ESCAPE}
    records[-1]["entities"][0]["aliases"] = ["y" * 20_000, ESCAPE, ""]
    path.write_text("".join(json.dumps(item) + "\n" for item in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of hostile records; questions only."""
    from partnergraph import load, read_exchange

    folder = tmp_path_factory.mktemp("harmed")
    with Store.open(folder / "graph") as store:
        report = load(read_exchange([str(hostile_records(folder))]), store)
    assert report.counts == {"new": len(HOSTILE) + 1}
    return folder / "graph"


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def without_rights() -> Iterator[None]:
    """Root, whom nothing is forbidden, is nobody for the while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def locked_pdf() -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def test_every_bad_file_is_one_line_and_the_good_one_is_loaded(
    run: Any, note: Path, tmp_path: Path
) -> None:
    german = "Das Unternehmen und die Universität bauen gemeinsam ein neues Forschungszentrum auf."
    bad = {
        "empty.txt": (b"", "skipped", "empty"),
        "binary.txt": (bytes(range(256)) * 9, "failed", "binary data"),
        "broken.pdf": (b"%PDF-1.4\nno", "failed", "the PDF is broken"),
        "locked.pdf": (locked_pdf(), "failed", "password"),
        "utf16.txt": (b"\xff\xfe\x00\xd8\x00", "failed", "UTF-16"),
        "german.txt": (german.encode(), "skipped", "only English is read"),
        "lines.jsonl": (b"{no json\n", "failed", "not JSON"),
        "esc\x1b[31m\x07\n\u202e.txt": (b"", "skipped", "empty"),
    }
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, (data, _, _) in bad.items():
        (folder / name).write_bytes(data)
    result = run("build", folder, tmp_path / "absent.txt", note, "--db", tmp_path / "graph")
    assert (result.status, result.out) == (1, "")
    *told, counts = result.err.splitlines()
    assert counts.startswith(
        "documents: 6 failed, 1 new, 3 skipped; in the graph now: 1 document, "
    )
    assert len(told) == len(bad) + 1
    for name, (_, status, words) in bad.items():
        if name.isprintable():
            (line,) = (line for line in told if name in line)
            assert line.startswith(f"{status}: ")
            assert words in line


def test_bad_files_leave_a_graph_as_it_was(run: Any, built: Path, tmp_path: Path) -> None:
    before = lines_of(built)
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)))
    (tmp_path / "bad.jsonl").write_text(with_tie(tail="e9"))
    assert run("build", tmp_path / "bad.txt", "--db", built).status == 1
    assert run("load", tmp_path / "bad.jsonl", tmp_path / "no.jsonl", "--db", built).status == 1
    assert lines_of(built) == before


def test_five_megabytes_without_a_line_end_are_one_clear_line(
    run: Any, note: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Firms met in Oslo. " * 263_000)
    result = run("extract", tmp_path / "a.txt", note, "-o", tmp_path / "a.jsonl")
    assert result.status == 1
    assert "1 failed, 1 read" in result.err
    assert "split it" in result.err


def test_another_encoding_is_told(run: Any, tmp_path: Path) -> None:
    text = "Ångström Motors opened a plant in Luleå, and the mayor of Luleå was there."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    assert json.loads(run("extract", tmp_path / "a.txt").out)["text"] == text


def test_a_hostile_article_gives_a_clean_reading(run: Any, tmp_path: Path) -> None:
    article = "\n\n".join(f"{name} AS opened a plant in Gdansk." for name in HOSTILE)
    names = ", ".join(f"Firm{i} Marine AS" for i in range(500))
    path = tmp_path / "a.txt"
    path.write_text(f"{article}\n\nThe partners are {names}.\n", "utf-8", errors="surrogatepass")
    result = run("build", path, "--db", tmp_path / "graph")
    assert result.status == 0
    assert result.err.startswith("documents: 1 new; in the graph now: 1 document, ")
    assert len(result.err.splitlines()) == 1


def test_a_file_that_may_not_be_read_is_one_line(run: Any, note: Path, public: Path) -> None:
    run("extract", note)  # what is imported late is there before the rights go
    (public / "a.txt").write_text("Dear")
    (public / "a.txt").chmod(0)
    with without_rights():
        result = run("extract", public / "a.txt")
    assert result.status == 1
    assert "can't be opened (Permission denied); check the path and its permissions" in result.err


def test_a_folder_that_may_not_be_written_is_one_line(run: Any, note: Path, public: Path) -> None:
    with without_rights():
        result = run("build", note, "--db", public / "graph")
    assert result.status == 2
    (line,) = result.err.splitlines()
    assert "(permission denied): choose another folder with --db" in line
    assert list(public.iterdir()) == []


def test_what_is_no_file_is_one_line(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        result = run("extract", path)
    assert result.status == 1
    assert "check the path and its permissions" in result.err


def test_every_bad_record_is_one_line_and_the_good_one_is_loaded(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join((*BAD_RECORDS, json.dumps(record()))), encoding="utf-8")
    result = run("load", path, "--db", tmp_path / "graph")
    assert (result.status, result.out) == (1, "")
    *told, counts = result.err.splitlines()
    assert counts == f"documents: {len(BAD_RECORDS)} failed, 1 new"
    for number, (line, words) in enumerate(zip(told, BAD_RECORDS.values(), strict=True), start=1):
        assert line.startswith(f"failed: {path.as_posix()}:{number}: ")
        assert words in line
        assert "; " in line  # what to do
        assert len(line) < 400


def test_bad_records_leave_nothing_of_themselves(run: Any, tmp_path: Path) -> None:
    good = json.dumps(record())
    for name, lines in (("a", (*BAD_RECORDS, good)), ("b", (good,))):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        run("load", tmp_path / f"{name}.jsonl", "--db", tmp_path / name)
    assert lines_of(tmp_path / "a") == lines_of(tmp_path / "b")


def test_a_sentence_of_thousands_of_ties_is_loaded(run: Any, tmp_path: Path) -> None:
    names = [f"Firm{i:04}" for i in range(1000)]
    text = " and ".join(names) + " work together."
    entities = [
        {"id": n, "type": "ORG", "mentions": [{"start": text.index(n), "end": text.index(n) + 8}]}
        for n in names
    ]
    evidence = [{"start": 0, "end": len(text)}]
    ties = [
        {"type": "PARTNERS_WITH", "head": names[0], "tail": name, "evidence": evidence}
        for name in names[1:]
    ]
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": text, "entities": entities, "relations": ties}))
    assert run("load", path, "--db", tmp_path / "graph").err == "documents: 1 new\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear", "line 1: no JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b'{"id": "a"}', "text"),
        (b'{"id": "a", "text": "x", "entities": 5}', "entities"),
        (None, "check the path"),
    ],
    ids=["text", "binary", "deep", "no text", "wrong type", "missing"],
)
def test_a_gold_file_that_is_none(run: Any, tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "gold\x1b[31m.jsonl"
    if data is not None:
        path.write_bytes(data)
    result = run("evaluate", path)
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert words in line


ASK = "MATCH (s:Statement)-[:SUBJECT]->(n:Entity) RETURN n, n.name AS name, s.text AS text, s"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_hostile_graph_is_told_harmlessly(run: Any, harmed: Path, form: str) -> None:
    result = run("cypher", ASK, "--db", harmed, "--format", form)
    assert (result.status, result.err) == (0, "")
    assert "<script>alert(1)</script>" in result.out
    if form == "table":
        assert "\u202e" not in result.out  # nor turned round
    if form == "json":
        assert len(json.loads(result.out)) == len(HOSTILE) + 1


@pytest.mark.parametrize("command", [("documents",), ("documents", "--json"), ("doctor",)])
def test_hostile_documents_are_listed_harmlessly(
    run: Any, harmed: Path, command: tuple[str, ...]
) -> None:
    assert run(*command, "--db", harmed).status == 0


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_only_a_name(run: Any, harmed: Path, name: str) -> None:
    parameter = f"name={name}".replace("\x00", "")  # the one that no argument can hold
    result = run("query", "partners-of", "-p", parameter, "--db", harmed, "--format", "json")
    assert result.status in (0, 2)
    assert run("entity", name, "--db", harmed).status in (0, 2)


def test_a_hostile_graph_is_drawn_harmlessly(run: Any, harmed: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert run("cypher", ASK, "--db", harmed, "--format", "html", "-o", page).status == 0
    text = page.read_text(encoding="utf-8")
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "\x1b" not in text


@pytest.mark.neo4j
def test_hostile_records_are_the_same_graph_on_neo4j(
    run: Any, harmed: Path, neo4j_store: Store, neo4j_uri: str, tmp_path: Path
) -> None:
    result = run("load", hostile_records(tmp_path), "--db", neo4j_uri)
    assert (result.status, result.err) == (0, f"documents: {len(HOSTILE) + 1} new\n")
    assert list(dump(neo4j_store)) == lines_of(harmed)


def test_what_extract_wrote_of_the_demo_loads_as_build_does(run: Any, tmp_path: Path) -> None:
    readings = tmp_path / "a.jsonl"
    assert run("extract", CORPUS, "-o", readings).status == 0
    assert run("load", readings, "--db", tmp_path / "loaded").status == 0
    assert run("build", CORPUS, "--db", tmp_path / "built").status == 0
    assert lines_of(tmp_path / "loaded") == lines_of(tmp_path / "built")
