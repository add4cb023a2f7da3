"""The words for reasons, from reasons.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extract.wordfiles import parse_yaml


def reason(name: str, /, **values: str) -> str:
    """The reason of this name, with its values put in."""
    return _templates()[name].format(**values)


@cache
def _templates() -> dict[str, str]:
    text = files("graph.resolution").joinpath("reasons.yaml").read_text(encoding="utf-8")
    return dict(parse_yaml(text))
