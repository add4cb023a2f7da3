"""Reading, loading, asking and drawing ask no address but this machine's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_WATCH = """
import sys
def watch(event, arguments):
    if event == "socket.connect":
        place = arguments[1]
        if isinstance(place, tuple) and place[0] not in ("127.0.0.1", "::1"):
            print("connects to", place, file=sys.stderr)
    elif event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost", "::1"):
        print("looks up", arguments[0], file=sys.stderr)
    elif event == "urllib.Request":
        print("asks for", arguments[0], file=sys.stderr)
sys.addaudithook(watch)
"""


def test_nothing_is_asked_of_the_network(
    start: Callable[..., Any], note: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    here = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    graph, page = tmp_path / "graph", tmp_path / "page.html"
    asked = ("query", "partners-of", "-p", "name=Halvorsen Marine", "--db", graph, "-o", page)
    for command in (("build", note, "--db", graph), asked):
        process = start(*command, env=here)
        _, told = process.communicate()
        assert process.returncode == 0, told
        assert not [w for w in (b"connects to", b"looks up", b"asks for") if w in told], told
    assert page.exists()


def test_asking_would_be_seen(start: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    here = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    process = start("doctor", "--db", "bolt://graph.invalid:7687", env=here)
    _, told = process.communicate()
    assert process.returncode == 2
    assert b"looks up graph.invalid" in told
