"""The command line: each command parses, calls one library function and prints."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from types import FrameType

import typer

from extract.errors import PartnergraphError
from partnergraph.cli import ask, documents, graphs, identity, pages, showcase
from partnergraph.cli.terminal import say

_PATIENCE = 2.0  # seconds from Ctrl-C to the end, whatever still runs
_pressed = threading.Event()  # Ctrl-C was
_INTERRUPTED = 130  # the exit status of a command that Ctrl-C ended

app = typer.Typer(
    name="partnergraph",
    help="Turn articles and reports into a graph of who works with whom, and ask it questions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (graphs, ask, pages, identity, documents, showcase):
    for command in module.COMMANDS:
        app.command()(command)
for group in identity.GROUPS:
    app.add_typer(group)


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
    _prepare_streams()
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else someone has it ignored, as `nohup` does
        signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except Exception as error:
        if _pressed.is_set():
            # Cut short in the middle of something, a library may stumble over what was left.
            sys.exit(_INTERRUPTED)
        _explain(error)
    finally:
        signal.signal(signal.SIGINT, before)


def _explain(error: Exception) -> None:
    """End with one line and status 2 for what partnergraph can explain; raise anything else."""
    if isinstance(error, BrokenPipeError):
        # The reader of our output has gone (`| head`): nothing more to say, not even at exit.
        sys.stdout = None
        sys.exit(0)
    if not isinstance(error, PartnergraphError):
        raise error
    say(f"partnergraph: {error}")
    sys.exit(2)


def _prepare_streams() -> None:
    """Results are UTF-8 in whatever locale; a terminal that can't show a letter shows a "?"."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Ctrl-C: end in order, but soon, even where the engine is deep in a long query.

    What is committed is safe on disk; the engines undo the rest when they are opened again.
    """
    _pressed.set()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # pressed again, it ends at once
    typer.echo("partnergraph: interrupted; what is loaded stays, run it again to go on", err=True)
    last = threading.Timer(_PATIENCE, os._exit, (_INTERRUPTED,))
    last.daemon = True
    last.start()
    raise KeyboardInterrupt
