"""What the shell proposes while a command is typed; nothing where it can't be known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extract.errors import PartnergraphError

if TYPE_CHECKING:
    from queries.questions import Parameter

_MOST = 40


def complete_question(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of questions, each with what it answers."""
    from queries.runner import all_questions

    try:
        known = all_questions(_catalogue(context))
    except PartnergraphError:
        return []
    return [(name, q.title) for name, q in known.items() if name.startswith(incomplete)]


def complete_parameter(context: typer.Context, incomplete: str) -> list[str]:
    """``name=`` for the parameters of the question, then values that the graph has for them."""
    from queries.runner import find_question

    # An option that lacks its value yet leaves the arguments unread.
    asked = context.params.get("name") or next(iter(context.args), "")
    try:
        question = find_question(str(asked), _catalogue(context))
    except PartnergraphError:
        return []
    key, equals, value = incomplete.partition("=")
    if not equals:
        return [f"{p.name}=" for p in question.parameters if p.name.startswith(key)]
    found = next((p for p in question.parameters if p.name == key), None)
    return [f"{key}={value}" for value in _suggest(context, found, value)] if found else []


def complete_measure(incomplete: str) -> list[tuple[str, str]]:
    """Measures of the network, each with its title."""
    from queries.analysis import measures

    return [(name, m.title) for name, m in measures().items() if name.startswith(incomplete)]


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Names in the graph."""
    from queries.questions import Parameter

    name = Parameter(name="name", type="entity", example="", help="a name")
    return _suggest(context, name, incomplete)


def _catalogue(context: typer.Context) -> Path | None:
    given = context.params.get("catalogue")
    return Path(given) if given else None


def _suggest(context: typer.Context, parameter: Parameter, start: str) -> list[str]:
    """Values from the graph that --db or the environment names; one that is in use gives none."""
    from partnergraph.cli.terminal import open_store
    from queries.suggestions import fixed_values, suggest

    if fixed := fixed_values(parameter):
        return [value for value in fixed if value.startswith(start)]
    try:
        with open_store(context.params.get("db"), must_exist=True) as store:
            return suggest(store, parameter, start, _MOST)
    except PartnergraphError:
        return []
