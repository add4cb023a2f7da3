"""The engines that tests run on: the embedded one always, a real Neo4j and a real Spark cluster
where they are installed.

With PARTNERGRAPH_REQUIRE=all a missing engine fails its tests instead of skipping them.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from graph.store import Store

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("PARTNERGRAPH_SHARED_DATA") or ROOT.parent / "shared" / "data")
ENGINES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


def skip_or_fail(reason: str) -> None:
    """Skip the test for want of something; fail it where everything is required."""
    if os.environ.get("PARTNERGRAPH_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", name="skip_or_fail")
def skipper() -> Callable[[str], None]:
    """``skip_or_fail``, for fixtures of other folders."""
    return skip_or_fail


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of texts that may not be copied into this repository; its tests are skipped
    where it does not lie beside the checkout, nor where PARTNERGRAPH_SHARED_DATA says."""
    if not SHARED.is_dir():
        pytest.skip("the shared data does not lie beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as a site, as `make docs` builds it, in a folder of its own."""
    if importlib.util.find_spec("mkdocs") is None:
        skip_or_fail("MkDocs is not installed: make install-test")
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="session")
def neo4j_missing() -> str:
    """Why no Neo4j server can be started here; empty where one can."""
    return str(_script("neo4j_server").missing())


@pytest.fixture(scope="session")
def neo4j_script() -> ModuleType:
    """scripts/neo4j_server.py, where it can start a server."""
    script = _script("neo4j_server")
    if reason := script.missing():
        skip_or_fail(reason)
    return script


@pytest.fixture(scope="session")
def followthemoney() -> ModuleType:
    """scripts/followthemoney_check.py, where the real FollowTheMoney is installed."""
    script = _script("followthemoney_check")
    if reason := script.missing():
        skip_or_fail(reason)
    return script


@pytest.fixture(scope="session")
def neo4j_server(
    neo4j_script: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A Neo4j server for the whole session: .uri, .user, .password."""
    with neo4j_script.running(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_server: Any) -> str:
    """The server's address; its user and password are set in the environment of the tests."""
    os.environ["NEO4J_USERNAME"] = neo4j_server.user
    os.environ["NEO4J_PASSWORD"] = neo4j_server.password
    return str(neo4j_server.uri)


@pytest.fixture(scope="session")
def spark_script() -> ModuleType:
    """scripts/spark_cluster.py, where pyspark and Java are there."""
    script = _script("spark_cluster")
    if reason := script.missing():
        skip_or_fail(reason)
    return script


@pytest.fixture(scope="session")
def spark_cluster(
    spark_script: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a Spark master with two workers of one core, for the whole session."""
    with spark_script.running(tmp_path_factory.mktemp("spark")) as address:
        yield address


@pytest.fixture(scope="session")
def _embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("embedded") / "graph") as store:
        yield store


@pytest.fixture(scope="session")
def _neo4j(neo4j_server: Any) -> Iterator[Store]:
    with Store.open(
        neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password
    ) as store:
        yield store


def _emptied(store: Store) -> Store:
    store.write("MATCH (n) DETACH DELETE n")
    return store


@pytest.fixture
def embedded_store(_embedded: Store) -> Store:
    """An empty store on the embedded engine."""
    return _emptied(_embedded)


@pytest.fixture
def neo4j_store(_neo4j: Store) -> Store:
    """An empty store on a Neo4j server."""
    return _emptied(_neo4j)


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store, on each engine in turn."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
