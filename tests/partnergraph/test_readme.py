"""What the README says can be typed, is typed here."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from extract.ontology import ontology
from partnergraph.demo import demo_sources

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    partnergraph (.+)$", README, re.MULTILINE)
TEXT = """Volkswagen and Scania form alliance

3 June 2025

Volkswagen and Scania have formed a technology partnership in Wolfsburg.
"""
OTHER = """Traton hires

4 June 2025

Traton has opened an office in Munich. Volkswagen Trucks has a plant in Hanover.
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the README's commands name: articles, a report, a gold file."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "withdrawn.txt").write_text(TEXT, encoding="utf-8")
    (articles / "trucks.txt").write_text(OTHER, encoding="utf-8")
    report = next(path for path in demo_sources() if path.suffix == ".pdf")
    shutil.copy(report, tmp_path / "report.pdf")
    mention = {"start": 0, "end": 10, "text": "Volkswagen", "kind": "name"}
    gold = {
        "id": "g1",
        "doc_id": "g1",
        "text": TEXT,
        "completeness": "exhaustive",
        "entities": [{"id": "e0", "type": "ORG", "name": "Volkswagen", "mentions": [mention]}],
        "relations": [],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_runs(run: Any, desk: Path) -> None:
    assert len(COMMANDS) >= 9
    ordered = sorted(COMMANDS, key=lambda command: command.startswith("forget"))
    for command in ordered:
        result = run(*shlex.split(command))
        assert result.status == 0, (command, result.err)
    assert (desk / "path.html").exists()


def test_the_python_of_the_readme_runs(desk: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    assert (desk / "volkswagen.html").stat().st_size > 10_000


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_targets_of_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z0-9]+)\b", README + guide):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_graph_model_names_every_label() -> None:
    model = (ROOT / "docs/graph-model.md").read_text(encoding="utf-8")
    for kind in ontology().kinds.values():
        assert kind.label in model
