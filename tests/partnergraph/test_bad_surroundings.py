"""Wrong databases, broken streams, odd locales, Ctrl-C: one line, and nothing half done."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from partnergraph import Store, dump, load, read_exchange

ENDLESS = (
    "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = 7 RETURN a"
)
COMMANDS = (
    *("build", "extract", "load", "forget", "documents", "doctor", "demo", "queries", "query"),
    *("cypher", "entity", "evaluate"),
)


def write_records(path: Path, number: int) -> Path:
    """So many small records of firms with letters beyond ASCII."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(number):
            firm, city = f"Firm{i} Müller", f"Łódź{i}"
            text = f"{firm} opened a plant in {city}."
            spans = (
                [{"start": 0, "end": len(firm)}],
                [{"start": text.index(city), "end": text.index(city) + len(city)}],
            )
            entities = [
                {
                    "id": "a",
                    "type": "ORG",
                    "subtype": "company",
                    "name": firm,
                    "mentions": spans[0],
                },
                {"id": "b", "type": "LOC", "name": city, "mentions": spans[1]},
            ]
            ties = [{"type": "FACILITY_IN", "head": "a", "tail": "b"}]
            row = {"text": text, "title": text, "entities": entities, "relations": ties}
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of 1,000 documents; questions only."""
    folder = tmp_path_factory.mktemp("many")
    with Store.open(folder / "graph") as store:
        load(read_exchange([str(write_records(folder / "a.jsonl", 1000))]), store)
    return folder / "graph"


def ended(process: Any) -> tuple[int, str, str]:
    """Status, output and errors of a process that ends by itself."""
    out, errors = process.communicate(timeout=60)
    assert b"Traceback" not in (errors or b"")
    return process.returncode, (out or b"").decode(), (errors or b"").decode()


def one_line(result: Any, *words: str) -> None:
    """A refusal: status 2, nothing on standard output, one line that holds the words."""
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert all(word in line for word in words), line


# Databases


@pytest.mark.parametrize(
    "address", ["bolt://[", "bolt://u:secret@[\x1b[31m", "bolt://:x", "http://x"]
)
def test_an_address_that_is_none(run: Any, note: Path, address: str) -> None:
    result = run("build", note, "--db", address)
    one_line(result)
    assert "secret" not in result.err


def test_a_folder_whose_name_steers_a_terminal(run: Any, tmp_path: Path) -> None:
    one_line(run("documents", "--db", tmp_path / "a\x1b[31m\nb"), "partnergraph build")


@pytest.mark.neo4j
def test_a_wrong_password(
    run: Any, note: Path, neo4j_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret-word")
    result = run("build", note, "--db", neo4j_server.uri)
    one_line(result, neo4j_server.uri, "NEO4J_PASSWORD")
    assert "secret-word" not in result.err


@pytest.mark.neo4j
@pytest.mark.parametrize("cypher", ["MATCH (n RETURN n", "CREATE (n) RETURN n", "RETURN 1/0"])
def test_faulty_cypher_on_a_server(run: Any, neo4j_uri: str, cypher: str) -> None:
    one_line(run("cypher", cypher, "--db", neo4j_uri))


def test_a_folder_of_other_files_is_left_alone(run: Any, note: Path, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")
    one_line(run("build", note, "--db", folder), "other files", "--db")
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_graph_that_another_process_builds(
    run: Any, start: Any, note: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "graph"
    records = write_records(tmp_path / "a.jsonl", 20_000)
    other = start("load", records, "--db", folder)
    wait_for(folder / "partnergraph.lock", other)
    one_line(run("documents", "--db", folder), "in use by process", str(other.pid))
    one_line(run("build", note, "--db", folder), "in use by process", "wait")
    other.send_signal(signal.SIGINT)
    ended(other)
    assert run("doctor", "--db", folder).status == 0


def wait_for(path: Path, process: Any) -> None:
    """Until the process has written something to the file."""
    until = time.monotonic() + 30
    while not (path.exists() and path.read_text()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


# Questions and results


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "\x1b[31mpartner"), "there is no question"),
        (("query", "partners-of", "-p", "\x1b[31m=x"), "it takes name="),
        (("query", "partners-of", "-p", "=x"), "name=VALUE"),
        (("query", "path-between", "-p", "a=x"), "needs the parameter b"),
        (("query", "partners-of", "-p", "name=a", "-p", "unconfirmed=perhaps"), "yes or no"),
        (("query", "partners-of", "-p", "name="), "is not a name"),
        (("cypher", ""), "try MATCH"),
        (("cypher", "MATCH (n) RETURN n.\x1b[31m"), "faulty"),
        (("cypher", "RETURN '\udcff'"), "half a character"),
        (("cypher", "RETURN $x"), "x"),
        (("entity", "\x1b[31mNobody"), "knows no"),
        (("forget", "\x1b[31mdoc"), "documents"),
        (("cypher", "RETURN 1 AS x", "-o", "/dev/full"), "name another file"),
        (("cypher", "RETURN 1 AS x", "-f", "json", "-o", "{file}/x"), "name another file"),
        (("cypher", "RETURN 1 AS x", "-f", "csv", "-o", "{folder}"), "name another file"),
        (("cypher", "RETURN 1 AS x", "-f", "html", "-o", "{file}/x"), "choose another place"),
    ],
)
def test_a_wrong_question(
    run: Any, graph: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "file").write_text("")
    places = {"{file}": str(tmp_path / "file"), "{folder}": str(tmp_path)}
    for name, place in places.items():
        arguments = tuple(argument.replace(name, place) for argument in arguments)
    one_line(run(*arguments, "--db", graph), words)


def test_a_reading_replaces_its_own_source(run: Any, tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 2)
    assert run("extract", path, "-o", path).status == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    assert run("extract", tmp_path / "no.txt", "-o", path / "x").status == 2


def test_a_device_stays_a_device(run: Any, graph: Path) -> None:
    for form in ("html", "json", "table"):
        run(
            "cypher",
            "MATCH (n:Firm) RETURN n LIMIT 1",
            "--db",
            graph,
            "-f",
            form,
            "-o",
            "/dev/null",
        )
        assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(run: Any, command: str) -> None:
    result = run(command, "--help")
    assert (result.status, result.err) == (0, "")
    assert f"partnergraph {command}" in result.out
    assert "Example" in result.out


def test_what_is_no_command_is_status_2(run: Any) -> None:
    assert run("no\x1b[31mne").status == 2
    assert run("query", "--no\x1b[31mne").status == 2


# Streams


def test_a_reader_that_goes_is_no_fault(start: Any, graph: Path) -> None:
    process = start("documents", "--json", "--db", graph)
    assert process.stdout.read(1) == b"["
    process.stdout.close()
    process.stdout = None
    assert ended(process) == (0, "", "")


def test_standard_output_that_takes_nothing(start: Any, graph: Path) -> None:
    with Path("/dev/full").open("w") as full:
        status, _, errors = ended(start("documents", "--db", graph, stdout=full))
    assert status == 2
    assert errors == (
        "partnergraph: standard output: can't be written (No space left on device); "
        "name another file\n"
    )


def test_standard_output_and_input_that_are_closed(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "standard input is closed" in run("extract", "-").err
    monkeypatch.setattr("sys.stdout", None)
    assert "standard output is closed" in run("queries", "--json").err
    assert "standard output is closed" in run("queries").err


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_results_are_utf_8_in_any_locale(start: Any, graph: Path, form: str) -> None:
    ascii_only = {
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TERM": "dumb",
        "COLUMNS": "40",
        "NO_COLOR": "1",
    }
    cypher = "MATCH (n:Firm) RETURN n.name AS name ORDER BY name LIMIT 1"
    process = start("cypher", cypher, "--db", graph, "-f", form, env=ascii_only)
    status, out, errors = ended(process)
    assert (status, errors) == (0, "")
    assert "Firm0 Müller" in out


# Ctrl-C


def test_ctrl_c_while_loading_leaves_whole_documents(start: Any, tmp_path: Path) -> None:
    folder, records = tmp_path / "graph", write_records(tmp_path / "a.jsonl", 20_000)
    process = start("load", records, "--db", folder)
    wait_for(folder / "partnergraph.lock", process)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    status, out, errors = ended(process)
    assert (status, out) == (130, "")
    assert errors == "partnergraph: interrupted; what is loaded stays, run it again to go on\n"
    with Store.open(folder) as store:
        ids = {row["source"] for row in store.read("MATCH (d:Document) RETURN d.source AS source")}
        found = list(dump(store))
    assert len(ids) < 20_000
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "b.jsonl").write_text("".join(lines[: len(ids)]), encoding="utf-8")
    whole = [line.replace("b.jsonl", "a.jsonl") for line in loaded(tmp_path / "b.jsonl")]
    assert without_prints(whole) == without_prints(found)


def loaded(records: Path) -> list[str]:
    """What a graph of these records holds."""
    with Store.open(records.with_suffix(".graph")) as store:
        load(read_exchange([str(records)]), store)
        return list(dump(store))


def without_prints(lines: list[str]) -> list[dict[str, Any]]:
    """The dump, sorted, without what hashes a file's name."""
    rows = [json.loads(line) for line in lines]
    for row in rows:
        row.get("properties", {}).pop("fingerprint", None)
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -15)])
def test_a_long_query_can_be_stopped(
    start: Any, built: Path, sent: signal.Signals, status: int
) -> None:
    process = start("cypher", ENDLESS, "--db", built)
    wait_for(built / "partnergraph.lock", process)
    time.sleep(1.5)
    asked = time.monotonic()
    process.send_signal(sent)
    assert ended(process)[:2] == (status, "")
    assert time.monotonic() - asked < 10
    Store.open(built).close()
