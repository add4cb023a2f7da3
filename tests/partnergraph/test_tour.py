"""Every cell of docs/tour.ipynb runs, in order, as a notebook would run it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tour.ipynb"


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, which a notebook would show."""
    tree = ast.parse(source)
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "cell", "exec"), names)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


@pytest.fixture(scope="module")
def shown() -> list[Any]:
    """What each cell shows."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    return [run_cell("".join(c["source"]), names) for c in cells if c["cell_type"] == "code"]


def test_every_cell_shows_what_the_text_says(shown: list[Any]) -> None:
    counts, partners, rows, picture, changes, brokers, likely, measured, cypher, _ = shown
    assert counts["new"] > 10
    assert "<td>" in partners._repr_html_()
    assert rows
    assert "<iframe" in picture._repr_html_()
    assert {change for change, *_ in changes} <= {"new", "ended", "status changed"}
    assert len(brokers) == 5
    assert all(common for *_, common in likely)
    assert measured[1] > 50
    assert {"firm", "place", "country", "status"} == set(cypher[0])


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [c for c in cells if c.get("outputs") or c.get("execution_count")]
