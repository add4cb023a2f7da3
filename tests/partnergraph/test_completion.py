"""What the shell proposes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def propose(line: str, **env: str) -> list[str]:
    """The proposals for the last word of a line, as bash asks for them."""
    words = line.split(" ")
    done = subprocess.run(
        [Path(sys.executable).with_name("partnergraph")],
        env={
            **os.environ,
            "_PARTNERGRAPH_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            **env,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


def test_questions_are_proposed() -> None:
    assert propose("partnergraph query partner") == ["partners-of", "partnerships-between"]
    assert "joint-ventures" in propose("partnergraph queries joint")


def test_parameters_of_the_question_are_proposed() -> None:
    found = propose("partnergraph query partnerships-between -p a=x -p ")
    assert found == ["a=", "b=", "unconfirmed="]
    assert propose("partnergraph query partners-of -p un") == ["unconfirmed="]
    assert propose("partnergraph query no-such -p ") == []


def test_names_of_the_graph_are_proposed(built: Path) -> None:
    assert propose(f"partnergraph entity --db {built} Halv") == ["Halvorsen Marine AS"]
    assert propose("partnergraph entity Halv", PARTNERGRAPH_DB=str(built)) == [
        "Halvorsen Marine AS"
    ]
    found = propose(f"partnergraph query partners-of --db {built} -p name=Halv")
    assert found == ["name=Halvorsen Marine AS"]


@pytest.mark.parametrize(
    "start", ["partnergraph entity x", "partnergraph query partners-of -p name=x"]
)
def test_without_a_graph_nothing_is_proposed(start: str, tmp_path: Path) -> None:
    assert propose(f"partnergraph {start}", PARTNERGRAPH_DB=str(tmp_path / "none")) == []
    assert not (tmp_path / "none").exists()


def test_values_of_every_type_are_proposed(built: Path) -> None:
    at = f"--db {built}"
    assert propose(f"partnergraph query ties-of-place {at} -p place=G") == ["place=Gdansk"]
    assert propose(f"partnergraph query ties-in-country {at} -p country=") == ["country=Poland"]
    assert propose(f"partnergraph query newcomers {at} -p since=2") == ["since=2025-03"]
    assert propose("partnergraph query ties-of-kind -p kind=pla") == ["kind=plant"]
    assert propose("partnergraph query overview -p unconfirmed=y") == ["unconfirmed=yes"]
