"""Loading by Spark: what can't work is one line, and at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

LOCAL = ("--spark", "local[1]")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("readings", *LOCAL, "--db", "bolt://127.0.0.1:1"), "127.0.0.1:1"),
        (("readings", *LOCAL, "--db", "graph.db"), "graph.db is a folder, which only one process"),
        (("one", "two", *LOCAL, "--db", "bolt://127.0.0.1:1"), "on Spark one folder is loaded"),
        (("readings", "--judgements", "j.jsonl"), "--judgements goes with --spark"),
    ],
)
def test_what_can_not_work_is_one_line(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("load", *words)

    assert (result.status, result.err.count("\n")) == (2, 1)
    assert said in result.err
    assert list(tmp_path.iterdir()) == []
