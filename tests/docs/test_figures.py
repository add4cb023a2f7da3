"""What docs/reading.md says of how well texts are read is what `make evaluate` prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/reading.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| ([\w ,]+) \| (\d+) \| (0\.\d+) \| (0\.\d+) \| (0\.\d+) \|$", re.MULTILINE)
_PLACES = {
    "entities, exact spans": ("mentions_strict", "all"),
    "entities, overlapping spans": ("mentions_partial", "all"),
    "ties": ("relations", "all"),
}


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    printed = subprocess.run(
        [sys.executable, "scripts/evaluate_passages.py", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, Any] = json.loads(printed)
    return found


@pytest.mark.slow
def test_the_table_is_what_is_measured(measured: dict[str, Any]) -> None:
    rows = _ROW.findall(TEXT)
    assert len(rows) >= 9
    for title, gold, *shares in rows:
        part, name = _PLACES.get(title, ("relations", title))
        row = next(row for row in measured[part] if row["name"] == name)
        assert row["gold"] == int(gold), title
        wanted = [float(share) for share in shares]
        # the last digit may differ from one processor to the next
        assert [row[key] for key in ("precision", "recall", "f1")] == pytest.approx(
            wanted, abs=0.012
        ), title


@pytest.mark.slow
def test_the_rest_is_what_is_measured(measured: dict[str, Any]) -> None:
    (shown,) = re.findall(r"Three of ([\d,]+) ties shown", TEXT)
    unreal = measured["traps"]["unconfirmed"]
    assert unreal["predicted"] == pytest.approx(int(shown.replace(",", "")), rel=0.01)
    assert abs(unreal["fallen"] - 3) <= 1
    (right,) = re.findall(r"status is right for (0\.\d+) of the ties", " ".join(TEXT.split()))
    assert measured["status"]["accuracy"] == pytest.approx(float(right), abs=0.012)
