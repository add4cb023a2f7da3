"""Readings that Spark wrote, into an empty graph on a Neo4j server: who is who, rows, writing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import InputError, StoreError
from extract.records import Failure
from extract.spark.folder import Folder
from extract.spark.manifest import MANIFEST, SUCCESS
from extract.spark.session import spark_reason
from extract.spark.waves import READINGS
from graph.filling import begin_filling, end_filling, filling_nodes, is_filled
from graph.left_out import list_left_out, note_left_out
from graph.resolution.judgements import Judgement, check_judgements, judgement_properties
from graph.schema import VERSION
from graph.spark.build import build_rows, choose, made
from graph.spark.names import resolve_names
from graph.spark.write import Server, count_rounds, deal_out, write_nodes, write_ties
from graph.summary import Summary, summarise

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from graph.store import Store

STEPS = "graph"  # the folder, within that of the readings, where steps are kept
_LOCAL_STEPS = 4  # partitions of a shuffle a core, on a cluster of few cores

OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SparkLoadReport:
    """What the graph holds now, and how many sources were left out; ``found`` is whether all of
    it was there before."""

    summary: Summary
    left_out: int
    found: bool = False


def load_on_spark(
    session: SparkSession,
    folder: str,
    server: Server,
    *,
    judgements: Iterable[Judgement] = (),
    writers: int | None = None,
    on_step: OnStep | None = None,
) -> SparkLoadReport:
    """Load the readings in ``folder``, where a job on Spark wrote them, into an empty graph.

    The graph is the one that `graph.load.load` makes of them on one machine. ``writers`` write at
    once, as many as the cluster has cores if it is not said. A load that was broken off goes on
    after its last whole step when it is run again; until it is through, nothing else opens the
    graph. ``on_step`` is told what is being done.

    Raises InputError where the folder holds no finished readings, StoreError where the graph is
    not empty or can't be written.
    """
    tell = on_step or (lambda _: None)
    judged = check_judgements(judgements)
    source = Folder(session, folder)
    content = _content(source, judged)
    writers = writers or session.sparkContext.defaultParallelism
    with server.open() as store:
        if is_filled(store, content):
            return _report(store, found=True)
        begin_filling(store, f"partnergraph load {folder} --spark MASTER", content)
    steps = _Steps(_tuned(session), Folder(session, source.at(f"{STEPS}/{content}")), tell)
    session.sparkContext.setCheckpointDir(steps.folder.at("splink"))
    try:
        nodes, ties = _rows(steps, source, judged)
        steps.folder.remove("splink")
        tell("writing nodes")
        write_nodes(nodes, server, writers)
        dealt = steps.keep(f"dealt-{writers}", deal_out(ties, writers), by="round")
        for round_ in range(count_rounds(writers)):
            tell(f"writing relationships, round {round_ + 1} of {count_rounds(writers)}")
            write_ties(dealt, server, writers, round_)
        left_out = list(_left_out(steps.session, source))
    except (InputError, StoreError):
        raise
    except Exception as error:  # Spark's own, of which a worker's error is a part
        raise _told(error) from error
    with server.open() as store:
        rows = [{"properties": judgement_properties(one)} for one in judged]
        store.write(filling_nodes(("Judgement",), again=True), {"rows": rows})
        note_left_out(store, left_out)
        end_filling(store)
        return _report(store)


def _report(store: Store, found: bool = False) -> SparkLoadReport:
    return SparkLoadReport(summarise(store), len(list_left_out(store)), found)


def _rows(
    steps: _Steps, source: Folder, judgements: Iterable[Judgement]
) -> tuple[DataFrame, DataFrame]:
    readings = steps.session.read.parquet(source.at(READINGS)).where("status = 'read'")
    chosen = choose(readings, steps.keep)
    judged = [(one.verdict, one.a.reference, one.b.reference) for one in judgements]
    joins = resolve_names(chosen, steps.keep, judged)
    return build_rows(chosen, joins, steps.keep)


class _Steps:
    """The results of steps, as Parquet in a folder: made once, read as often as needed."""

    def __init__(self, session: SparkSession, folder: Folder, tell: OnStep) -> None:
        self.session = session
        self.folder = folder
        self._tell = tell

    def keep(
        self, name: str, frame: DataFrame | Callable[[], DataFrame], by: str = ""
    ) -> DataFrame:
        """The rows of ``frame``, from where they are kept; made only where they are not. A
        column ``by`` is one of folders."""
        if self.folder.exists(f"{name}/{SUCCESS}"):
            if callable(frame):
                return self.session.read.parquet(self.folder.at(name))
        else:
            self._tell(f"making {name}")
            frame = made(frame)
            writer = frame.write.mode("overwrite")
            (writer.partitionBy(by) if by else writer).parquet(self.folder.at(name))
        # Folders that are empty have no file to take the columns from.
        return self.session.read.schema(frame.schema).parquet(self.folder.at(name))


def _content(source: Folder, judgements: Iterable[Judgement]) -> str:
    """A name for what is loaded: the same readings and judgements, the same graph."""
    manifest = source.read(MANIFEST)
    if manifest is None or not source.exists(SUCCESS):
        raise InputError(
            f"{source.uri} holds no finished readings: run `partnergraph extract SOURCES --spark "
            "MASTER -o FOLDER` to its end first"
        )
    told = [manifest, VERSION, [one.to_dict() for one in judgements]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _tuned(session: SparkSession) -> SparkSession:
    """A session beside the given one, with fewer partitions where the cluster is small."""
    own = session.newSession()
    cores = session.sparkContext.defaultParallelism
    if cores * _LOCAL_STEPS < int(str(own.conf.get("spark.sql.shuffle.partitions"))):
        own.conf.set("spark.sql.shuffle.partitions", str(cores * _LOCAL_STEPS))
    return own


def _left_out(session: SparkSession, source: Folder) -> Iterator[Failure]:
    found = session.read.parquet(source.at(READINGS)).where("status <> 'read'")
    for row in found.select("source", "reason", "status").toLocalIterator():
        yield Failure(row["source"], row["reason"], row["status"])


def _told(error: Exception) -> StoreError:
    """One line for what happened in Spark or in one of its workers."""
    text = str(error)
    for line in text.splitlines():
        _, found, said = line.partition("extract.errors.StoreError: ")
        if found:
            return StoreError(said)
    return StoreError(
        f"Spark could not load the graph ({spark_reason(error)}); run the same again, it goes on "
        "after its last whole step"
    )
