"""What `from partnergraph import …` offers."""

from __future__ import annotations

import subprocess
import sys

import partnergraph


def test_every_public_name_is_there() -> None:
    for name in partnergraph.__all__:
        assert getattr(partnergraph, name) is not None


def test_what_is_imported_late_is_listed_and_nothing_else() -> None:
    assert set(partnergraph._HOMES) < set(partnergraph.__all__)


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, partnergraph.cli; print(*sorted(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(result.stdout.split())
    assert not loaded & {"spacy", "neo4j", "arcadedb", "pyvis", "networkx", "pydantic", "numpy"}
