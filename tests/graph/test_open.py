"""Opening a graph, and the one line that says why it can't be."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from extract.errors import StoreError
from extract.records import Reading
from graph.dump import dump
from graph.engines.embedded import EmbeddedEngine
from graph.engines.folder import LOCK, MARKER
from graph.load import load
from graph.store import Store

ROOT = Path(__file__).parents[2]


def refusal(uri: str | Path, **login: Any) -> str:
    """The message of the StoreError that opening raises."""
    with pytest.raises(StoreError) as caught:
        Store.open(uri, **login)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_folder_is_made_and_opened_again(tmp_path: Path, corpus: tuple[Reading, ...]) -> None:
    folder = tmp_path / "new" / "graph.db"
    with Store.open(folder) as store:
        load(store, corpus)
        graph = list(dump(store))
    for _ in range(3):
        with Store.open(str(folder)) as store:
            assert list(dump(store)) == graph
    assert len(list((folder / "log").glob("*.jsonl"))) <= 2


def test_two_folders_at_once(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a") as a, Store.open(tmp_path / "b") as b:
        a.write("CREATE (:Foo)")
        assert len(a.read("MATCH (n:Foo) RETURN n")) == 1
        assert len(b.read("MATCH (n:Foo) RETURN n")) == 0


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "a")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read("RETURN 1")


def test_open_already_in_this_process(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a"):
        assert "open already in this process" in refusal(tmp_path / "a")


def test_in_use_by_another_process_is_named(tmp_path: Path) -> None:
    with _holder(tmp_path / "a", "import time; print(1, flush=True); time.sleep(60)") as other:
        assert f"in use by process {other.pid}" in refusal(tmp_path / "a")
    Store.open(tmp_path / "a").close()  # the holder was killed: its lock is gone


def test_a_process_that_ends_without_closing_ends_quietly(tmp_path: Path) -> None:
    with _holder(tmp_path / "a", "print(1, flush=True)") as other:
        output, errors = other.communicate(timeout=60)
        assert (other.returncode, output, errors) == (0, "", "")


def test_a_process_that_fails_shows_only_its_own_error(tmp_path: Path) -> None:
    with _holder(tmp_path / "a", "print(1, flush=True); raise SystemExit('boom')") as other:
        _, errors = other.communicate(timeout=60)
        assert (other.returncode, errors) == (1, "boom\n")


def test_a_folder_that_is_not_there_is_not_made_for_a_question(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph"):
        Store.open(tmp_path / "typo.db", create=False)
    assert not (tmp_path / "typo.db").exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    assert "other files" in refusal(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    assert "is a file" in refusal(tmp_path / "letter.txt")
    assert "is a file" in refusal(tmp_path / "letter.txt" / "graph")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_can_not_be_made() -> None:
    assert "can't write" in refusal("/proc/graph")


def test_a_damaged_folder(tmp_path: Path) -> None:
    Store.open(tmp_path / "a").close()
    for path in (tmp_path / "a" / "databases" / "partnergraph").iterdir():
        path.write_bytes(b"\0" * 100)
    message = refusal(tmp_path / "a")
    assert "can't open" in message
    refusal(tmp_path / "a")  # the lock was given back


def test_the_folder_says_what_it_is(tmp_path: Path) -> None:
    Store.open(tmp_path / "a").close()
    assert "partnergraph" in (tmp_path / "a" / MARKER).read_text()
    assert (tmp_path / "a" / LOCK).read_text() == ""


@pytest.mark.parametrize("uri", ["http://localhost:7474", "ftp://x", "neo4jj://x", "://x"])
def test_other_schemes(uri: str) -> None:
    assert "bolt://" in refusal(uri)


@pytest.mark.parametrize("uri", ["", "  ", "a\0b"])
def test_no_place(uri: str) -> None:
    assert "--db" in refusal(uri)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_no_server(scheme: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    message = refusal(f"{scheme}://127.0.0.1:{port}", user="neo4j", password="secret-word")
    assert message.startswith(f"no Neo4j server answers at {scheme}://127.0.0.1:{port}")
    assert "secret-word" not in message


def test_no_such_host() -> None:
    assert "no Neo4j server answers" in refusal("bolt://nowhere.invalid:7687")


def test_a_password_in_the_address_is_not_shown() -> None:
    assert "secret-word" not in refusal("bolt://neo4j:secret-word@nowhere.invalid:7687")


def test_a_server_of_another_kind() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_like_the_web, args=[server], daemon=True)
        thread.start()
        message = refusal(f"bolt://127.0.0.1:{server.getsockname()[1]}")
    assert "not as a Neo4j server does" in message


def test_another_arcadedb_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would let readers write: only the embedded engine's own reader is kept from it."""
    logins: list[tuple[int, str, dict[str, str]]] = []
    connect = EmbeddedEngine._connect

    def noted(engine: EmbeddedEngine, *login: Any) -> Any:
        logins.append(login)
        return connect(engine, *login)

    monkeypatch.setattr(EmbeddedEngine, "_connect", noted)
    with Store.open(tmp_path / "a"):
        port, user, passwords = logins[0]
        message = refusal(f"bolt://127.0.0.1:{port}", user=user, password=passwords[user])
    assert "ArcadeDB" in message


@pytest.mark.neo4j
def test_a_wrong_password(neo4j_server: Any) -> None:
    message = refusal(neo4j_server.uri, user="neo4j", password="wrong-word")
    assert "refuses the user name or password" in message
    assert "wrong-word" not in message


@pytest.mark.neo4j
def test_no_password(neo4j_server: Any) -> None:
    assert "NEO4J_PASSWORD" in refusal(neo4j_server.uri)


@pytest.mark.neo4j
def test_an_unknown_database(neo4j_server: Any) -> None:
    message = refusal(
        neo4j_server.uri,
        user=neo4j_server.user,
        password=neo4j_server.password,
        database="nothere",
    )
    assert "no database 'nothere'" in message


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc"])
def test_tls_to_a_server_without_it(neo4j_server: Any, scheme: str) -> None:
    uri = neo4j_server.uri.replace("bolt", scheme)
    message = refusal(uri, user=neo4j_server.user, password=neo4j_server.password)
    assert "does not speak TLS" in message


def _answer_like_the_web(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


class _holder:  # noqa: N801
    """A process that holds a graph open and then does as told."""

    def __init__(self, folder: Path, code: str) -> None:
        program = f"from graph.store import Store\nstore = Store.open({str(folder)!r})\n{code}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> subprocess.Popen[str]:
        assert self.process.stdout is not None
        if self.process.stdout.readline() != "1\n":
            pytest.fail(self.process.communicate()[1])
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
