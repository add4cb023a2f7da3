"""Write docs/command-line.md from the program itself, so that the reference can't go stale."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main

REFERENCE = Path(__file__).parents[1] / "docs" / "command-line.md"
HEAD = """# The command line

Written by `make reference` from the program; a test checks that it is current.
Results go to standard output, all talk to standard error. Exit status: 0; 1 where a document
failed (the others are loaded); 2 for wrong use or a graph that can't be reached.
"""


def write_reference() -> str:
    """The whole reference as Markdown."""
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


if __name__ == "__main__":
    REFERENCE.write_text(write_reference(), encoding="utf-8")
    sys.stdout.write(f"{REFERENCE}\n")
