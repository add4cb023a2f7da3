"""What the commands share: the options of the graph, and how to talk on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph.store import Store
    from partnergraph.intake import BuildReport, OnOutcome, Outcome

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


def open_store(db: str | None, *, must_exist: bool = False) -> Store:
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
        must_exist=must_exist,
    )


def model_name() -> str | None:
    """The spaCy model that PARTNERGRAPH_MODEL names; None is the one that comes along."""
    from partnergraph.settings import Settings

    return Settings().model


def say(text: str) -> None:
    """A line for the person, never mixed with the result."""
    typer.echo(text, err=True)


def write_result(text: str, output: Path | None) -> None:
    """The result to a file or, whole and alone, to standard output."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    from extract.errors import InputError

    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(
            f"{output}: can't be written ({error.strerror}); name another file"
        ) from error


@contextmanager
def progress(what: str) -> Iterator[OnOutcome]:
    """A line that counts documents on a terminal; in a pipe only what was left out is said."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.completed} documents"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=None)

        def tell(outcome: Outcome) -> None:
            bar.advance(task)
            if outcome.status in ("skipped", "failed"):
                console.print(
                    f"{outcome.status}: {outcome.source}: {outcome.reason}",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )

        yield tell


def say_counts(report: BuildReport) -> None:
    """One line of how many documents had which outcome."""
    counts = ", ".join(f"{number} {status}" for status, number in sorted(report.counts.items()))
    say(f"documents: {counts or 'none'}")
