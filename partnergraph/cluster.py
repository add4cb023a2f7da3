"""Apache Spark as the command line knows it: reading there, and what there is to work with."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import InputError
from graph.doctor import OK, PROBLEM, WARN, Finding
from partnergraph.readers import ReaderName

if TYPE_CHECKING:
    from extract.spark.reading import JobReport
    from extract.spark.waves import OnParts
    from graph.spark.load import OnStep, SparkLoadReport
    from graph.spark.write import Server

_EXTRA = "pip install 'partnergraph[spark]'"

# Packages that work on Spark takes: what for, and how bad it is without.
_PACKAGES = (
    ("pyspark", "", PROBLEM),
    ("pyarrow", "", PROBLEM),
    ("pandas", "", PROBLEM),
    ("splink", "; names across documents are told apart with it", WARN),
    ("neo4j", "; loading into Neo4j takes it", WARN),
)


def extract_on_spark(
    sources: Iterable[str],
    output: Path | str | None,
    master: str,
    *,
    reader: str = ReaderName.trained,
    model: str | None = None,
    min_confidence: float | None = None,
    on_parts: OnParts | None = None,
) -> JobReport:
    """Read ``sources`` on the Spark of ``master`` into the folder ``output``.

    As ``extract.spark.reading.read_on_spark``, with a session for the time of it. Raises
    InputError, also where another reader than the trained one is asked for.
    """
    if output is None:
        raise InputError("reading on Spark writes a folder: name it with -o")
    if reader != ReaderName.trained:
        raise InputError("on Spark the trained reader reads: leave out --reader, or --spark")
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise InputError(
            f"the confidence {min_confidence:g} is not between 0 and 1; give, say, 0.5"
        )
    from extract.spark.session import open_session

    with open_session(master, "partnergraph extract") as session:
        from extract.spark.reading import read_on_spark

        return read_on_spark(
            session,
            sources,
            str(output),
            model=model,
            min_confidence=min_confidence,
            on_parts=on_parts,
        )


def load_on_spark(
    folders: Iterable[str],
    server: Server,
    master: str,
    *,
    judgements: Path | None = None,
    on_step: OnStep | None = None,
) -> SparkLoadReport:
    """Load the folder that ``extract_on_spark`` wrote into an empty Neo4j, on Spark.

    As ``graph.spark.load.load_on_spark``, with a session for the time of it; ``judgements`` is a
    file of ``partnergraph judgements export``. Raises InputError where there is not one folder,
    or the database is no server's.
    """
    from extract.spark.session import open_session
    from partnergraph.identity import read_judgements

    given = list(folders)
    if len(given) != 1:
        raise InputError("on Spark one folder is loaded, which `extract --spark` wrote: name it")
    if "://" not in server.uri:
        raise InputError(
            f"{server.uri} is a folder, which only one process can write: give --db a Neo4j "
            "server (bolt://HOST:7687), or leave out --spark"
        )
    server.open().close()  # before a session is waited for
    told = read_judgements(_lines_of(judgements), str(judgements)) if judgements else []
    with open_session(master, "partnergraph load") as session:
        from graph.spark import load

        return load.load_on_spark(session, given[0], server, judgements=told, on_step=on_step)


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read ({error}); check the path") from error


def inspect_cluster(master: str) -> Iterator[Finding]:
    """What of Spark is there and what is missing: packages, Java, the master, its workers.

    Raises nothing: what fails is a finding.
    """
    for package, purpose, level in _PACKAGES:
        if importlib.util.find_spec(package) is None:
            yield Finding(level, f"no {package}{purpose}", _EXTRA)
        else:
            yield Finding(OK, f"{package} {version(package)}")
    from extract.spark.session import check_installed, java_version, open_session
    from extract.spark.versions import check_workers

    try:
        check_installed()
        yield Finding(OK, f"Java {java_version()}")
        begun = time.monotonic()
        with open_session(master, "partnergraph doctor") as session:
            seconds = time.monotonic() - begun
            cores = session.sparkContext.defaultParallelism
            yield Finding(OK, f"{master} did a task, {seconds:.0f} s after it was called")
            yield Finding(OK, f"tasks at a time: {cores}")
            yield Finding(OK, f"the workers run {check_workers(session)}, as this machine does")
    except InputError as error:
        yield Finding(PROBLEM, str(error))
