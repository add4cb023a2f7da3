"""docs/command-line.md and docs/catalogue.md are what the program says of itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["command-line.md", "catalogue.md"])
def test_the_reference_is_current(name: str) -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts/write_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == module.DOCUMENTS[name](), "renew it with `make reference`"
