"""What the shell proposes while a command is typed; nothing where it can't be known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from extract.errors import PartnergraphError

_MOST = 40
_NAMES = """
MATCH (n:Name) WHERE n.key STARTS WITH $start
MATCH (n)<-[:NAMED]-(e:Entity)
RETURN DISTINCT e.name AS name ORDER BY name LIMIT $most
"""


def complete_question(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of questions, each with what it answers."""
    from queries.runner import all_questions

    try:
        known = all_questions(_catalogue(context))
    except PartnergraphError:
        return []
    return [(name, q.title) for name, q in known.items() if name.startswith(incomplete)]


def complete_parameter(context: typer.Context, incomplete: str) -> list[str]:
    """``name=`` for the parameters of the question, then names in the graph for their values."""
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
    types = {p.name: p.type for p in question.parameters}
    if types.get(key) == "boolean":
        return [f"{key}={word}" for word in ("yes", "no") if word.startswith(value)]
    if types.get(key) != "entity":
        return []
    return [f"{key}={name}" for name in _names(context, value)]


def complete_measure(incomplete: str) -> list[tuple[str, str]]:
    """Measures of the network, each with its title."""
    from queries.analysis import measures

    return [(name, m.title) for name, m in measures().items() if name.startswith(incomplete)]


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Names in the graph."""
    return list(_names(context, incomplete))


def _catalogue(context: typer.Context) -> Path | None:
    given = context.params.get("catalogue")
    return Path(given) if given else None


def _names(context: typer.Context, start: str) -> Iterator[str]:
    """Names of the graph that --db or the environment names; one that is in use gives none."""
    from partnergraph.cli.terminal import open_store

    try:
        with open_store(context.params.get("db"), must_exist=True) as store:
            rows = list(store.read(_NAMES, {"start": start.lower(), "most": _MOST}))
    except PartnergraphError:
        return
    yield from (str(row["name"]) for row in rows)
