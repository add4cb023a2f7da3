"""What may be given for a parameter: values that the graph at hand has an answer for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from queries.questions import Parameter

if TYPE_CHECKING:
    from graph.store import Store

_FIXED = {"boolean": ("yes", "no")}


def suggest(store: Store, parameter: Parameter, start: str = "", most: int = 40) -> list[str]:
    """Values that begin with ``start``, whatever their case; none where anything may be given.

    Raises QueryError where a parameter's own statement can't be run.
    """
    wanted = start.lower()
    if fixed := fixed_values(parameter):
        return [value for value in fixed if value.lower().startswith(wanted)]
    statement = parameter.suggestions or _by_type().get(parameter.type, "")
    if not statement:
        return []
    rows = store.read(statement, {"start": wanted, "most": most})
    return [str(row["value"]) for row in rows]


def fixed_values(parameter: Parameter) -> tuple[str, ...]:
    """The only values that a parameter takes, whatever the graph; none where there are others."""
    return parameter.choices or _FIXED.get(parameter.type, ())


@cache
def _by_type() -> dict[str, str]:
    text = files("queries").joinpath("suggestions.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded
