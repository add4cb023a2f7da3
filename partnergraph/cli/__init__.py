"""The command line: each command parses, calls one library function and prints."""

from __future__ import annotations

import sys

import typer

from extract.errors import PartnergraphError
from partnergraph.cli import ask, documents, graphs, showcase

app = typer.Typer(
    name="partnergraph",
    help="Turn articles and reports into a graph of who works with whom, and ask it questions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for group in (graphs, ask, documents, showcase):
    for command in group.COMMANDS:
        app.command()(command)


@app.callback(invoke_without_command=True)
def version(
    show: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True),
) -> None:
    """Print the version, where asked."""
    if show:
        from partnergraph import __version__

        typer.echo(f"partnergraph {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; what partnergraph can explain is one line and exit status 2."""
    try:
        app()
    except PartnergraphError as error:
        typer.echo(f"partnergraph: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, not even at exit.
        sys.stdout = None
        sys.exit(0)
