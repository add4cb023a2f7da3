"""A real cluster loads into a real Neo4j what one machine would, also when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import StoreError
from graph.dump import dump
from graph.load import load
from graph.store import Store
from partnergraph import read_exchange

CORPUS = Path(__file__).parents[3] / "partnergraph" / "demo" / "corpus"
PROGRAM = Path(sys.executable).with_name("partnergraph")

pytestmark = [pytest.mark.neo4j, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def type_(spark_cluster: str, neo4j_uri: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Types a command; the cluster and the server are there."""
    assert spark_cluster.startswith("spark://")
    assert neo4j_uri.startswith("bolt://")

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, timeout=250
        )

    return run


@pytest.fixture(scope="module")
def folder(
    type_: Callable[..., Any], spark_cluster: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Where the cluster wrote its readings of the demo corpus."""
    made = tmp_path_factory.mktemp("job") / "readings"
    done = type_("extract", CORPUS, "--spark", spark_cluster, "-o", made)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def expected(embedded_store: Store, folder: Path) -> list[str]:
    """The graph that one machine makes of the same readings."""
    load(embedded_store, (item for item in read_exchange([str(folder)])))  # type: ignore[misc]
    return list(dump(embedded_store))


def test_the_graph_is_that_of_one_machine_also_after_a_kill(
    type_: Callable[..., Any],
    folder: Path,
    expected: list[str],
    neo4j_store: Store,
    neo4j_uri: str,
    spark_cluster: str,
) -> None:
    neo4j_store.write("MATCH (n) DETACH DELETE n")
    command = ("load", folder, "--spark", spark_cluster, "--db", neo4j_uri)
    kill_at("round 2 of", *command)

    with pytest.raises(StoreError, match=r"was broken off: run `partnergraph load .* --spark"):
        Store.open(neo4j_uri, user=neo4j_user(), password=os.environ["NEO4J_PASSWORD"])
    again = type_(*command)
    assert again.returncode == 0, again.stderr
    assert "making joins" not in again.stderr  # what was whole is not made again
    assert "sources left out: 2" in again.stderr
    assert "in the graph now: 17 documents, 81 entities" in again.stderr
    assert list(dump(neo4j_store)) == expected

    third = type_(*command)
    assert third.returncode == 0
    assert "nothing to do" in third.stderr
    assert list(dump(neo4j_store)) == expected


def test_a_graph_that_is_there_is_left_alone(
    type_: Callable[..., Any],
    folder: Path,
    neo4j_store: Store,
    neo4j_uri: str,
    spark_cluster: str,
    corpus: Any,
) -> None:
    load(neo4j_store, corpus[:1])
    before = list(dump(neo4j_store))
    done = type_("load", folder, "--spark", spark_cluster, "--db", neo4j_uri)

    assert done.returncode == 2
    assert "only an empty one is filled" in done.stderr
    assert list(dump(neo4j_store)) == before


def kill_at(sign: str, *command: object) -> None:
    """Type a command and kill it when it says so."""
    process = subprocess.Popen(
        [PROGRAM, *map(str, command)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if sign in line:
            os.killpg(process.pid, signal.SIGKILL)
            break
    process.wait()
    assert process.returncode == -signal.SIGKILL, "".join(said)


def neo4j_user() -> str:
    return os.environ["NEO4J_USERNAME"]
