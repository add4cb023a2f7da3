"""Killed, cut off, stopped, full: whole documents or none, and the next load goes on.

Corpora come from the benchmarks' generator; a load of its own process is killed at random
moments, which a fixed seed draws.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.corpus import readings
from extract.errors import StoreError
from extract.records import Reading
from graph.doctor import PROBLEM, inspect
from graph.dump import dump
from graph.engines import server
from graph.load import load
from graph.store import Store

ROOT = Path(__file__).parents[2]
KILLS = 20
DOCUMENTS = 400
BATCH = 4
_CHILD = """
import sys
from benchmarks.corpus import readings
from graph.load import load
from graph.store import Store
uri, user, password, documents, batch = sys.argv[1:]
with Store.open(uri, user=user or None, password=password or None) as store:
    print("open", flush=True)
    load(
        store,
        readings(int(documents)),
        batch_size=int(batch),
        on_document=lambda _, status: status == "new" and print(status, flush=True),
    )
"""


@pytest.fixture(scope="module")
def corpus() -> list[Reading]:
    return list(readings(DOCUMENTS))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, corpus: list[Reading]) -> list[str]:
    """The dump of a load that nothing happened to."""
    with Store.open(tmp_path_factory.mktemp("undisturbed") / "graph") as store:
        load(store, corpus)
        return list(dump(store))


def _child(uri: str, user: str, password: str) -> subprocess.Popen[bytes]:
    arguments = (uri, user, password, str(DOCUMENTS), str(BATCH))
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _kill_often(uri: str, user: str = "", password: str = "") -> int:
    """Start a load again and again and kill it; returns how often it was killed at work."""
    draw, killed = random.Random(3), 0
    while killed < KILLS:
        with _child(uri, user, password) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"
            if draw.random() < 0.7:  # else while it prepares, or begins
                process.stdout.readline()
            time.sleep(draw.uniform(0, 0.4))
            if process.poll() is not None:  # all is loaded
                return killed
            process.kill()
            killed += 1
    return killed


def _is_whole(store: Store) -> int:
    """The number of documents in a graph that has nothing half there."""
    assert not [finding for finding in inspect(store) if finding.level == PROBLEM]
    number: int = store.read("MATCH (d:Document) RETURN count(d) AS number")[0]["number"]
    return number


@pytest.mark.slow
def test_killed_twenty_times_on_the_embedded_engine(
    tmp_path: Path, corpus: list[Reading], undisturbed: list[str]
) -> None:
    folder = tmp_path / "graph"
    assert _kill_often(str(folder)) == KILLS
    with Store.open(folder) as store:
        there = _is_whole(store)
        assert 0 < there < DOCUMENTS
        report = load(store, corpus)
        assert (report.new, report.replaced) == (DOCUMENTS - there, 0)
        assert list(dump(store)) == undisturbed


@pytest.mark.slow
@pytest.mark.neo4j
def test_killed_twenty_times_on_neo4j(
    neo4j_store: Store, neo4j_server: Any, corpus: list[Reading], undisturbed: list[str]
) -> None:
    login = (neo4j_server.user, neo4j_server.password)
    assert _kill_often(neo4j_server.uri, *login) == KILLS
    there = _is_whole(neo4j_store)
    assert 0 < there < DOCUMENTS
    report = load(neo4j_store, corpus)
    assert (report.new, report.replaced) == (DOCUMENTS - there, 0)
    assert list(dump(neo4j_store)) == undisturbed


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver soon gives up trying again."""
    monkeypatch.setattr(server, "_RETRY_SECONDS", 2.0)


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.usefixtures("impatient")
def test_a_server_that_stops_in_the_midst_and_comes_back(
    tmp_path: Path, neo4j_script: ModuleType, corpus: list[Reading], undisturbed: list[str]
) -> None:
    with neo4j_script.running(tmp_path) as there:
        store = Store.open(there.uri, user=there.user, password=there.password)
        load(store, corpus[:40])
        started = threading.Event()
        found: list[BaseException] = []
        thread = threading.Thread(target=_try_to_load, args=(store, corpus, started, found))
        thread.start()
        started.wait(60)
    thread.join(120)  # the server is dead now
    assert [type(error) for error in found] == [StoreError]
    assert "\n" not in str(found[0])
    with neo4j_script.running(tmp_path, there):
        assert 40 <= _is_whole(store) < DOCUMENTS
        load(store, corpus)
        assert list(dump(store)) == undisturbed
        store.close()


def _try_to_load(
    store: Store, corpus: list[Reading], started: threading.Event, found: list[BaseException]
) -> None:
    try:
        load(store, corpus, batch_size=BATCH, on_document=lambda *_: started.set())
    except BaseException as error:
        found.append(error)


@pytest.mark.neo4j
@pytest.mark.usefixtures("impatient")
def test_a_connection_that_is_cut_again_and_again(
    neo4j_store: Store, neo4j_server: Any, corpus: list[Reading], undisturbed: list[str]
) -> None:
    port = int(neo4j_server.uri.rpartition(":")[2])
    with (
        _relay(port) as relay,
        Store.open(
            f"bolt://127.0.0.1:{relay.port}",
            user=neo4j_server.user,
            password=neo4j_server.password,
        ) as store,
    ):
        threading.Thread(target=relay.cut, args=(3,), daemon=True).start()
        for _ in range(9):  # the driver tries again by itself, and says what it gives up
            with suppress(StoreError):
                load(store, corpus, batch_size=100)
                break
        assert relay.cuts > 1
    assert list(dump(neo4j_store)) == undisturbed


class _Relay:
    """Passes bytes between a client and a server, and cuts the line when told."""

    def __init__(self, listening: socket.socket, target: int) -> None:
        self.port = int(listening.getsockname()[1])
        self.cuts = 0
        self._listening = listening
        self._target = target
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, times: int) -> None:
        draw = random.Random(5)
        for _ in range(times):
            time.sleep(draw.uniform(0.5, 1.5))
            self.cuts += bool(self._open)
            while self._open:
                with closing(self._open.pop()) as line:
                    _shut(line)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open += [client, server]
            for ends in ((client, server), (server, client)):
                threading.Thread(target=_pass, args=ends, daemon=True).start()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _shut(source)
    _shut(target)


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _relay(target: int) -> Iterator[_Relay]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield _Relay(listening, target)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are Unix's")
def test_a_disk_that_is_full(tmp_path: Path, corpus: list[Reading], undisturbed: list[str]) -> None:
    # No file may grow beyond this size: for the engine that is what a full disk is.
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));" + _CHILD
    )
    folder = tmp_path / "graph"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(folder), "", "", str(DOCUMENTS), "20"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"StoreError" in done.stderr
    with Store.open(folder) as store:
        assert _is_whole(store) < DOCUMENTS
        load(store, corpus)
        assert list(dump(store)) == undisturbed
