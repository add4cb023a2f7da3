"""Commands that ask: queries, query, cypher, analyse, entity.

None changes what the graph says; `analyse --write` keeps beside it what was measured.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import QueryError
from partnergraph.cli.completion import (
    complete_measure,
    complete_name,
    complete_parameter,
    complete_question,
)
from partnergraph.cli.pages import Open, open_in_browser
from partnergraph.cli.terminal import Db, Json, Out, open_store, say, show, write_json, write_result

if TYPE_CHECKING:
    from graph.store import Store
    from queries.picture import Picture
    from queries.questions import Question
    from queries.runner import Answer


_FEW = 12  # examples of a parameter


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


class Portrait(StrEnum):
    """How an entity is shown."""

    table = "table"
    json = "json"
    html = "html"


Parameters = Annotated[
    list[str],
    typer.Option(
        "-p",
        "--param",
        metavar="KEY=VALUE",
        help="A parameter; give it once each.",
        autocompletion=complete_parameter,
    ),
]
Catalogue = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        envvar="PARTNERGRAPH_CATALOGUE",
        help="A folder with questions of your own, .cypher files like those that come along.",
        show_default=False,
    ),
]
AsFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the answer (default: as the ending of --output says, or table).",
        show_default=False,
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", min=0.001, help="Give up a query that takes longer.", show_default=False
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(metavar="ROWS", min=1, help="Take so many rows at most.", show_default=False),
]


def queries(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Show this one in full.", autocompletion=complete_question
        ),
    ] = None,
    as_json: Json = False,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="PATH|URI",
            help="A graph whose names are shown as examples.",
            show_default=False,
        ),
    ] = None,
    catalogue: Catalogue = None,
    check: Annotated[
        bool, typer.Option("--check", help="Check the questions of --catalogue.")
    ] = False,
) -> None:
    """List the questions of the catalogue, or show one with its parameters and its Cypher.

    Example: `partnergraph queries partners-of`
    """
    from partnergraph.cli.tables import question_as_row, question_in_full, questions_table
    from queries.runner import all_questions, find_question

    if check:
        _check_catalogue(catalogue)
        return
    chosen = [find_question(name, catalogue)] if name else list(all_questions(catalogue).values())
    if as_json:
        rows = [question_as_row(question) for question in chosen]
        write_json(rows)
    elif name:
        show(*question_in_full(chosen[0], _values_in(db, chosen[0]) if db else {}))
    else:
        show(questions_table(chosen))


def _values_in(db: str, question: Question) -> dict[str, list[str]]:
    """What the parameters may be in the graph at ``db``, those that can be told."""
    from queries.suggestions import suggest

    with open_store(db, must_exist=True) as store:
        found = {p.name: suggest(store, p, most=_FEW) for p in question.parameters}
    fixed = {p.name for p in question.parameters if p.type in ("integer", "number", "boolean")}
    return {name: some for name, some in found.items() if name not in fixed}


def _check_catalogue(catalogue: Path | None) -> None:
    """Say what is wrong with each question; status 1 where anything is."""
    from queries.checking import check_catalogue

    if catalogue is None:
        raise QueryError("--check looks at questions of your own: name their folder by --catalogue")
    faults = 0
    for finding in check_catalogue(catalogue):
        faults += bool(finding.fault)
        say(finding.fault or f"{finding.file}: fine")
    if faults:
        raise typer.Exit(1)


def query(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A question of `queries`.", autocompletion=complete_question
        ),
    ],
    param: Parameters = [],  # noqa: B006
    db: Db = None,
    output_format: AsFormat = None,
    output: Out = None,
    timeout: Timeout = None,
    limit: Limit = None,
    open_page: Open = False,
    catalogue: Catalogue = None,
) -> None:
    """Ask a question of the catalogue.

    Example: `partnergraph query partners-of -p name=Volkswagen --format html -o vw.html`
    """
    from queries.parameters import check_parameters
    from queries.runner import ask, find_question

    parameters = read_parameters(param)
    check_parameters(find_question(name, catalogue), parameters)  # before the graph is opened
    with open_store(db, must_exist=True) as store:
        answer = ask(store, name, parameters, timeout=timeout, limit=limit, catalogue=catalogue)
        _write_answer(store, answer, output_format, output, name, open_page)


def cypher(
    statement: Annotated[str, typer.Argument(metavar="CYPHER", help="A query, or - to read it.")],
    param: Parameters = [],  # noqa: B006
    db: Db = None,
    output_format: AsFormat = None,
    output: Out = None,
    timeout: Timeout = None,
    limit: Limit = None,
    open_page: Open = False,
) -> None:
    """Ask in Cypher; the engine refuses every write.

    Example: `partnergraph cypher 'MATCH (f:Firm) RETURN f.name ORDER BY f.name LIMIT 5'`
    """
    from queries.runner import run_cypher

    text = statement
    if statement == "-":
        text = sys.stdin.read() if sys.stdin else ""
    with open_store(db, must_exist=True) as store:
        given = read_parameters(param)
        answer = run_cypher(store, text, given, timeout=timeout, limit=limit)
        _write_answer(store, answer, output_format, output, "cypher", open_page)


def analyse(
    measure: Annotated[
        str | None,
        typer.Argument(
            metavar="[MEASURE]",
            help="What to measure; without it, the measures are listed.",
            autocompletion=complete_measure,
        ),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR",
            help="Only ties that a document of that year (or month, 2024-05) speaks of.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="ROWS", min=1, help="So many rows at most.")] = 30,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help="Keep what was measured as a property, until the graph changes."
        ),
    ] = False,
    db: Db = None,
    output_format: AsFormat = None,
    output: Out = None,
    open_page: Open = False,
) -> None:
    """Measure the network: who is central, who brokers, which groups there are, who comes next.

    Example: `partnergraph analyse brokers --year 2025`
    """
    from partnergraph.cli.tables import measures_table
    from queries import analysis

    if measure is None:
        show(measures_table(analysis.measures().values()), output=output)
        return
    with open_store(db, must_exist=True) as store:
        answer = analysis.analyse(store, measure, year=year, limit=limit, write=write)
        _write_answer(store, answer, output_format, output, measure, open_page)


def entity(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Any name the entity goes by.", autocompletion=complete_name
        ),
    ],
    db: Db = None,
    as_json: Json = False,
    output_format: Annotated[
        Portrait | None,
        typer.Option(
            "--format", "-f", help="How to show it (html: as a page).", show_default=False
        ),
    ] = None,
    output: Out = None,
    open_page: Open = False,
) -> None:
    """Show what the graph knows of one entity: names, ties by type, documents.

    Example: `partnergraph entity Volkswagen --open`
    """
    from queries import formats
    from queries.profile import describe, draw_named, profiles

    output_format = output_format or _portrait_of(output, as_json, open_page)
    if open_page:
        _check_page(output_format)
    with open_store(db, must_exist=True) as store:
        if output_format is Portrait.html:
            _write_page(draw_named(store, name), output, "entity", open_page)
            return
        known = profiles(store, name)
    if output_format is Portrait.json:
        write_result(formats.json_text([profile.to_dict() for profile in known]), output)
    else:
        show(*(part for profile in known for part in describe(profile)), output=output)
    if output:
        say(f"written to {output}")


def _portrait_of(output: Path | None, as_json: bool, open_page: bool) -> Portrait:
    asked = Format.html if open_page else _format_of(output)
    if asked is Format.csv and not as_json:
        raise QueryError(
            f"an entity is no table: write {output} as .html, .json or .txt, or ask "
            "`partnergraph query partners-of` for its ties as CSV"
        )
    if as_json or asked is Format.json:
        return Portrait.json
    return Portrait.html if asked is Format.html else Portrait.table


def read_parameters(pairs: list[str]) -> dict[str, str]:
    """``["name=Scania"]`` as ``{"name": "Scania"}``."""
    parameters = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise QueryError(f"parameter {pair!r} has no value; write -p name=VALUE")
        if key.strip() in parameters:
            raise QueryError(f"parameter {key.strip()!r} is given twice: give it once")
        parameters[key.strip()] = value
    return parameters


def _format_of(output: Path | None) -> Format:
    """The format that the ending of a file asks for."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    ending = "html" if ending == "htm" else ending
    return Format(ending) if ending in ("html", "csv", "json") else Format.table


def _write_answer(
    store: Store,
    answer: Answer,
    output_format: Format | None,
    output: Path | None,
    name: str,
    open_page: bool,
) -> None:
    from queries import formats

    output_format = output_format or (Format.html if open_page else _format_of(output))
    if open_page:
        _check_page(output_format)
    if answer.note:
        say(answer.note)
    if output_format is Format.json:
        write_result(formats.as_json(answer), output)
    elif output_format is Format.csv:
        write_result(formats.as_csv(answer), output)
    elif output_format is Format.html:
        from queries.drawing import draw

        _write_page(draw(store, answer), output, name, open_page)
        return
    elif answer.rows or output:
        show(formats.as_table(answer), output=output)
    if output:
        say(f"written to {output}")


def _check_page(output_format: Format | Portrait) -> None:
    if output_format.value != "html":
        raise QueryError("--open opens pages: leave --format out, or say --format html")


def _write_page(picture: Picture, output: Path | None, name: str, open_page: bool) -> None:
    """Write a page where told, or, for a person who said nothing, beside them under ``name``."""
    from queries.page import render, write

    if output is None and (open_page or (sys.stdout and sys.stdout.isatty())):
        output = Path(f"{name}.html")
    if output is None:
        write_result(render(picture), None)
        return
    write(picture, output)
    say(f"written to {output}")
    if open_page:
        open_in_browser(output)


COMMANDS = (queries, query, cypher, analyse, entity)
