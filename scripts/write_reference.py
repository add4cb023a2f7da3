"""Write docs/command-line.md and docs/catalogue.md from the program: they can't go stale."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer.main

if TYPE_CHECKING:
    from queries.questions import Question

DOCS = Path(__file__).parents[1] / "docs"
HEAD = """# The command line

Written by `make reference` from the program; a test checks that it is current.
Results go to standard output, all talk to standard error. Exit status: 0; 1 where a document
failed (the others are loaded); 2 for wrong use or a graph that can't be reached.
"""


CATALOGUE_HEAD = """# The catalogue of questions

Written by `make reference` from queries/catalogue; a test checks that it is current. Each question
is one `.cypher` file, plain Cypher under a header: `partnergraph queries NAME` shows it, with the
`:param` lines that [Neo4j Browser](how-to/neo4j-browser.md) wants. All of them only read.

## Questions of your own

A folder of files like those in queries/catalogue, say `mine/firms-named.cypher`:

```cypher title="mine/firms-named.cypher"
/*
title: Firms named {name}
answers: Which firms are called {name}.
topic: own
parameters:
  - {name: name, type: entity, example: Scania, help: a firm}
columns: {firm: the firm}
picture: the firm
*/
MATCH (firm:Firm {name: $name}) RETURN firm
```

    partnergraph queries --catalogue mine/ --check
    partnergraph query firms-named --catalogue mine/ -p name=Scania

`--check` reads each file and runs it on an empty graph, and names the file and the line of what is
wrong; `PARTNERGRAPH_CATALOGUE` names the folder for good. A question of yours takes the place of
one of ours of the same name. Types of parameters: entity (a name that is looked up in the graph),
country (by any of its names, or its code), text (of which `choices` may list those allowed),
integer, number, date (2024, 2024-05 or 2024-05-31) and boolean; one with a `default` may be left
out. What the shell proposes for a parameter comes from the graph; a parameter may say it better by
`suggestions`, Cypher that returns as `value` what begins with `$start`, `$most` values at most.
`partnergraph queries NAME --db GRAPH` shows what may be given there. The names, years and money
below are examples.
"""

MEASURES_HEAD = """## Measures of the network

`partnergraph analyse MEASURE` measures who works with whom: all confirmed ties but seats, sites,
rivalry and products, and none that is only planned or has ended; several ties of two count as one.
`--year 2025` (or a month) counts only ties that a document of that time speaks of, so that years
can be compared. Answers are tables, CSV, JSON or pages like those of questions; in a page names are
as large as what was measured of them, and members of a community have one colour. In Python,
`analyse(store, "brokers", year="2025")`.

`--write` keeps what was measured of each entity as a property of it (the degree as `partners`, the
brokers' as `constraint`), with a `Measure` node that says how and when, so that Neo4j Browser and
Bloom can size and colour by it. The next change of the graph takes both away: they would be of
another graph.
"""


def write_catalogue() -> str:
    """Every question, by topic, as Markdown."""
    from queries.analysis import measures
    from queries.questions import questions

    parts = [CATALOGUE_HEAD]
    ordered = sorted(questions().values(), key=lambda question: (question.topic, question.name))
    for topic, group in groupby(ordered, key=lambda question: question.topic):
        parts.append(f"## {topic.capitalize()}\n")
        parts += [describe_question(question) for question in group]
    parts.append(MEASURES_HEAD)
    parts += [describe_measure(measure) for measure in measures().values()]
    return "\n".join(parts)


def describe_measure(measure: Question) -> str:
    """One measure of the network: what it says, how it is asked, what comes back."""
    columns = ", ".join(f"*{name}* ({meaning})" for name, meaning in measure.columns.items())
    return (
        f"### {measure.name}\n\n{measure.answers}\n\n"
        f"    partnergraph analyse {measure.name}\n\nColumns: {columns}.\n"
    )


def describe_question(question: Question) -> str:
    """One question: what it answers, how it is asked, what comes back."""
    needed = "".join(f" -p {p.name}='{p.example}'" for p in question.parameters if p.required)
    lines = [f"### {question.name}", "", question.answers, ""]
    lines += [f"    partnergraph query {question.name}{needed}", ""]
    if question.parameters:
        lines += ["| parameter | type | if left out | |", "| --- | --- | --- | --- |"]
        for p in question.parameters:
            default = "it is needed" if p.required else _word(p.default)
            lines.append(f"| `{p.name}` | {p.type} | {default} | {p.help} |")
        lines.append("")
    columns = ", ".join(f"*{name}* ({meaning})" for name, meaning in question.columns.items())
    lines += [f"Columns: {columns}. Picture: {question.picture}.", ""]
    return "\n".join(lines)


def _word(default: object) -> str:
    return {None: "any", True: "yes", False: "no"}.get(default, str(default))  # type: ignore[call-overload]


def write_reference() -> str:
    """The whole reference of commands as Markdown."""
    from partnergraph.cli import app

    group = typer.main.get_command(app)
    parts = [HEAD]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for full_name, one in with_subcommands(name, command):
            parts.append(describe_command(full_name, one))
    return "\n".join(parts)


def with_subcommands(
    name: str, command: typer.core.TyperCommand
) -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """The command, or those of a group, by their full names."""
    subcommands = getattr(command, "commands", None)
    if subcommands is None:
        yield name, command
        return
    for inner, one in subcommands.items():
        yield f"{name} {inner}", one


def describe_command(name: str, command: typer.core.TyperCommand) -> str:
    """One command: what it does, how it is called, its arguments and options."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(
        [
            "partnergraph",
            name,
            *(["[OPTIONS]"] if options else []),
            *(a.metavar or a.name.upper() for a in arguments),
        ]
    )
    lines = [f"## {name}", "", inspect.cleandoc(command.help or ""), "", f"    {usage}", ""]
    rows = [(a.metavar or a.name, a.help or "") for a in arguments]
    rows += [(", ".join([*o.opts, *o.secondary_opts]), o.help or "") for o in options]
    if rows:
        lines += ["| | |", "| --- | --- |"]
        lines += [f"| `{left}` | {right} |" for left, right in rows]
        lines.append("")
    return "\n".join(lines)


DOCUMENTS = {"command-line.md": write_reference, "catalogue.md": write_catalogue}

if __name__ == "__main__":
    for name, write in DOCUMENTS.items():
        (DOCS / name).write_text(write(), encoding="utf-8")
        sys.stdout.write(f"{DOCS / name}\n")
