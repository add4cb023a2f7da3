"""How kinds and ties are called elsewhere: vocabulary.yaml, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def vocabulary() -> dict[str, Any]:
    """All of vocabulary.yaml."""
    text = files("graph.export").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def classes() -> dict[str, str]:
    """The kind of an entity → its class in schema.org."""
    found: dict[str, str] = vocabulary()["kinds"]
    return found
