"""Commands that make and change a graph: build, extract, load, forget, backup, restore, doctor."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import InputError
from partnergraph.cli.terminal import (
    Db,
    Json,
    Out,
    Share,
    model_name,
    open_store,
    progress,
    say,
    say_counts,
    say_job,
    server_of,
    write_json,
    write_result,
)
from partnergraph.readers import ReaderName

if TYPE_CHECKING:
    from graph.doctor import Finding

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCES…",
        help="Files (txt, md, html, pdf, docx, jsonl), folders, or - for standard input.",
        show_default=False,
    ),
]
AsReader = Annotated[
    ReaderName,
    typer.Option(
        "--reader",
        help="Who reads: trained, on this machine; or llm, a language model that the texts are "
        "sent to (docs/llm-reader.md).",
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Print for people, instead of JSON lines, what was found and what spoke for it; "
        "with -o the JSON lines go to the file all the same.",
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="FLOAT",
        min=0,
        max=1,
        help="How sure the reader must be (0 to 1) to call something a tie; what is less sure "
        "stays possible (default: as sure as it was measured with).",
        show_default=False,
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        metavar="NUMBER", min=1, help="Read with so many processes; each holds the whole reader."
    ),
]
Spark = Annotated[
    str | None,
    typer.Option(
        "--spark",
        metavar="MASTER",
        help="Work on Apache Spark: local[*], spark://HOST:PORT, k8s://…, yarn (docs/spark.md).",
        show_default=False,
    ),
]


def build(
    sources: Sources,
    db: Db = None,
    reader: AsReader = ReaderName.trained,
    min_confidence: MinConfidence = None,
    workers: Workers = 1,
    share: Share = False,
) -> None:
    """Read documents and load what they say into the graph.

    Example: `partnergraph build articles/ report.pdf --db partnergraph.db`
    """
    from graph.summary import summarise
    from partnergraph.intake import build as build_graph

    with open_store(db, share=share) as store, progress("reading") as tell:
        report = build_graph(
            sources,
            store,
            reader=reader,
            model=model_name(),
            min_confidence=min_confidence,
            workers=workers,
            on_outcome=tell,
        )
        summary = summarise(store)
    say_counts(report, f"; in the graph now: {summary.sentence()}")
    raise typer.Exit(1 if report.failed else 0)


def extract(
    sources: Sources,
    output: Out = None,
    reader: AsReader = ReaderName.trained,
    min_confidence: MinConfidence = None,
    explain: Explain = False,
    workers: Workers = 1,
    spark: Spark = None,
) -> None:
    """Read documents and write what they say as JSON lines; needs no database.

    With `--spark`, `-o` names a folder, which `load` takes.

    Example: `partnergraph extract articles/ -o readings.jsonl`
    """
    from partnergraph.cli.explanation import write_explanation
    from partnergraph.intake import write_exchange

    if spark:
        if explain or workers != 1:
            raise InputError("--explain and --workers don't go with --spark; leave them out")
        _extract_on_spark(sources, output, spark, reader, min_confidence)
    with progress("reading") as tell:
        report = write_exchange(
            sources,
            output,
            reader=reader,
            model=model_name(),
            min_confidence=min_confidence,
            workers=workers,
            on_outcome=tell,
            on_reading=write_explanation if explain else None,
        )
    say_counts(report)
    raise typer.Exit(1 if report.failed else 0)


def _extract_on_spark(
    sources: list[str],
    output: Path | None,
    master: str,
    reader: ReaderName,
    min_confidence: float | None,
) -> None:
    from partnergraph.cluster import extract_on_spark

    report = extract_on_spark(
        sources,
        output,
        master,
        reader=reader,
        model=model_name(),
        min_confidence=min_confidence,
        on_parts=lambda whole, parts: say(f"parts read: {whole:,} of {parts:,}"),
    )
    say_job(report, output)
    raise typer.Exit(1 if report.counts.get("failed") else 0)


def load(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, or folders, that `extract` wrote.")
    ],
    db: Db = None,
    share: Share = False,
    spark: Spark = None,
    judged: Annotated[
        Path | None,
        typer.Option(
            "--judgements",
            metavar="FILE",
            help="With --spark: what `judgements export` wrote, to be applied.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Load extracted readings; loading the same again changes nothing.

    With `--spark`, the folder that `extract --spark` wrote, into an empty Neo4j.

    Example: `partnergraph load readings.jsonl --db bolt://localhost:7687`
    """
    from partnergraph.intake import load as load_readings
    from partnergraph.intake import read_exchange

    if spark:
        _load_on_spark(files, db, spark, judged)
        return
    if judged:
        raise InputError("--judgements goes with --spark: else use `judgements import`")
    with open_store(db, share=share) as store, progress("loading") as tell:
        report = load_readings(read_exchange(files), store, on_outcome=tell)
    say_counts(report)
    raise typer.Exit(1 if report.failed else 0)


def _load_on_spark(files: list[str], db: str | None, master: str, judged: Path | None) -> None:
    from partnergraph.cluster import load_on_spark

    report = load_on_spark(files, server_of(db), master, judgements=judged, on_step=say)
    if report.found:
        say("nothing to do: these readings are in the graph")
    elif report.left_out:
        say(f"sources left out: {report.left_out:,}; `partnergraph documents` says why")
    say(f"in the graph now: {report.summary.sentence()}")


def forget(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT…", help="Ids or sources, as `documents` lists them."),
    ],
    db: Db = None,
) -> None:
    """Take documents out, as if they had never been loaded.

    Example: `partnergraph forget doc-0123456789abcdef`
    """
    from graph.documents import forget_documents

    with open_store(db, must_exist=True) as store:
        forgotten = forget_documents(store, documents)
    say(f"forgotten: {len(forgotten)} {'document' if len(forgotten) == 1 else 'documents'}")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    db: Db = None,
) -> None:
    """Write the whole graph to one compressed file, which either engine restores.

    Example: `partnergraph backup graph.backup.gz --db partnergraph.db`
    """
    from graph.backup import backup as write_backup

    with open_store(db, must_exist=True) as store:
        written = write_backup(store, file)
    say(f"backed up: {written.nodes:,} nodes and {written.ties:,} ties, to {file}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `backup`.")],
    db: Db = None,
    share: Share = False,
) -> None:
    """Put a backup into an empty graph; the file is checked first.

    Example: `partnergraph restore graph.backup.gz --db bolt://localhost:7687`
    """
    from graph.backup import restore as read_backup
    from graph.backup import verify

    whole = verify(file)  # before a folder is made for it
    with open_store(db, share=share, restoring=True) as store:
        read_backup(store, whole)
    say(f"restored: {whole.nodes:,} nodes and {whole.ties:,} ties, from {file}")


def doctor(
    db: Db = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="First make keys and indexes that are missing.")
    ] = False,
    as_json: Json = False,
    spark: Spark = None,
) -> None:
    """Check engine, schema and contents of the graph, and say what to do about each finding.

    With `--spark`, check instead what work on Spark takes: packages, Java, the master, its workers.

    Example: `partnergraph doctor --db partnergraph.db`
    """
    if spark:
        from partnergraph.cluster import inspect_cluster

        _tell(tuple(inspect_cluster(spark)), as_json)
    from graph.doctor import inspect
    from graph.doctor import mend as make_missing

    with open_store(db, must_exist=True) as store:
        if mend:
            make_missing(store)
        findings = inspect(store)
    _tell(findings, as_json)


def _tell(findings: Sequence[Finding], as_json: bool) -> None:
    """Print findings, and end with status 1 where one is a problem."""
    from queries.formats import printable

    if as_json:
        rows = [{"level": f.level, "text": f.text, "advice": f.advice} for f in findings]
        write_json(rows)
    else:
        for finding in findings:
            advice = f"; {finding.advice}" if finding.advice else ""
            write_result(printable(f"{finding.level:8}{finding.text}{advice}"), None)
    raise typer.Exit(1 if any(f.level == "problem" for f in findings) else 0)


class ExportForm(StrEnum):
    """The forms of graph.export.FORMATS."""

    graphml = "graphml"
    gexf = "gexf"
    jsonld = "jsonld"
    ttl = "ttl"
    ftm = "ftm"
    csv = "csv"
    neo4j_csv = "neo4j-csv"
    cypher = "cypher"


def export(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A .graphml, .gexf, .jsonld, .ttl, .ftm.json or .cypher file; a folder for csv.",
        ),
    ],
    form: Annotated[
        ExportForm | None,
        typer.Option(
            "--format", "-f", help="The form (default: as the ending says).", show_default=False
        ),
    ] = None,
    unconfirmed: Annotated[
        bool,
        typer.Option("--unconfirmed", help="Denied, rumoured and disputed ties too, marked so."),
    ] = False,
    db: Db = None,
) -> None:
    """Write the graph for other programs: Gephi, networkx, RDF, FollowTheMoney, spreadsheets,
    Neo4j.

    Example: `partnergraph export network.graphml`
    """
    from graph.export import export as write_export

    with open_store(db, must_exist=True) as store:
        told = write_export(store, path, form.value if form else None, unconfirmed=unconfirmed)
    say(f"exported: {told.nodes:,} nodes and {told.ties:,} ties, to {told.path}")
    if told.notes:
        numbers = ", ".join(f"{number:,} {status}" for status, number in told.notes.items())
        say(f"told as notes, not as ties: {numbers}")
    say(f"this form lacks: {told.form.lacks}")


COMMANDS = (build, extract, load, forget, backup, restore, doctor, export)
