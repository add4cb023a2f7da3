"""What the commands share: the options of the graph, and how to talk on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extract.spark.reading import JobReport
    from graph.spark.write import Server
    from graph.store import Store
    from partnergraph.intake import BuildReport, OnOutcome, Outcome

_WIDE = 200  # characters a line where no terminal says how many

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URI",
        help="The graph: a folder, or bolt://, neo4j://, neo4j+s://… "
        "(default: PARTNERGRAPH_DB, NEO4J_URI, or ./partnergraph.db).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here instead of standard output."),
]


Share = Annotated[
    bool,
    typer.Option("--share", help="Load into a database that holds other data, beside it."),
]


def open_store(
    db: str | None, *, must_exist: bool = False, share: bool = False, restoring: bool = False
) -> Store:
    """The store that the option, or else the environment, names."""
    from graph.store import Store
    from partnergraph.settings import Settings

    settings = Settings()
    password = settings.password.get_secret_value() if settings.password else None
    return Store.open(
        db or settings.db,
        user=settings.user,
        password=password,
        database=settings.database,
        create=not must_exist,
        share=share,
        restoring=restoring,
    )


def server_of(db: str | None) -> Server:
    """The server that the option, or else the environment, names; it is not opened."""
    from graph.spark.write import Server
    from partnergraph.settings import Settings

    settings = Settings()
    password = settings.password.get_secret_value() if settings.password else None
    return Server(db or str(settings.db), settings.user, password, settings.database)


def model_name() -> str | None:
    """The spaCy model that PARTNERGRAPH_MODEL names; None is the one that comes along."""
    from partnergraph.settings import Settings

    return Settings().model


def say(text: str) -> None:
    """A line for the person, never mixed with the result; what it quotes can't steer a terminal."""
    from queries.formats import printable

    typer.echo(printable(text), err=True)


def write_result(text: str, output: Path | None) -> None:
    """The result to a file or, whole and alone, to standard output.

    Raises InputError where it can't be written, BrokenPipeError where nobody reads it any more.
    """
    from extract.writing import result_file

    with result_file(output) as file:
        file.write(text if output or text.endswith("\n") else text + "\n")


def write_json(value: object) -> None:
    """``value`` as JSON, for a program to read, to standard output."""
    from queries.formats import json_text

    write_result(json_text(value), None)


def show(*parts: RenderableType, output: Path | None = None) -> None:
    """Tables and text as a person reads them; in a pipe or a file as wide as they need."""
    from io import StringIO

    from rich.console import Console

    if output is None and sys.stdout and sys.stdout.isatty():
        Console().print(*parts, sep="\n")
        return
    buffer = StringIO()
    Console(file=buffer, width=_WIDE).print(*parts, sep="\n")
    write_result(buffer.getvalue(), output)


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[OnOutcome]:
    """A line that counts documents on a terminal, none in a pipe.

    What was left out is said at once, unless ``quiet``: then the command says it itself.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from queries.formats import printable

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.completed} documents"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # It would turn a result that goes to a file or a pipe to standard error.
        redirect_stdout=bool(sys.stdout and sys.stdout.isatty()),
    ) as bar:
        task = bar.add_task(what, total=None)

        def tell(outcome: Outcome) -> None:
            bar.advance(task)
            if outcome.status in ("skipped", "failed") and not quiet:
                console.print(
                    printable(f"{outcome.status}: {outcome.source}: {outcome.reason}"),
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )

        yield tell


def say_counts(report: BuildReport, more: str = "") -> None:
    """One line of how many documents had which outcome, and what else there is to say; one more
    of what reading took, where it says so."""
    counts = ", ".join(f"{number} {status}" for status, number in sorted(report.counts.items()))
    say(f"documents: {counts or 'none'}{more}")
    if report.usage:
        say(report.usage)


def say_job(report: JobReport, output: Path | None) -> None:
    """What a job on Spark left out and read, and where it lies."""
    for failure in report.left_out:
        say(f"{failure.status}: {failure.source}: {failure.reason}")
    others = sum(n for status, n in report.counts.items() if status != "read")
    if others > len(report.left_out):
        say(f"and {others - len(report.left_out):,} more: status and reason in {output}/readings")
    counts = ", ".join(f"{number} {status}" for status, number in report.counts.items())
    say(f"documents: {counts or 'none'}")
    if report.parts and report.found == report.parts:
        say(f"nothing to do: {output} was whole")
    elif report.found:
        say(f"{report.found:,} of {report.parts:,} parts were whole from before")
