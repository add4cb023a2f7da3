"""The reading job: documents in parts, parts in waves, each part in its place when it is whole.

Results of a job in a folder:

    readings/part=00000/…parquet  a row a document: id, source, status, reason, title, date, and
                                  the reading as a line of the exchange format
    jsonl/part-00000.jsonl        these lines
    manifest.json, _SUCCESS       what was read and how; that all of it is

While it runs, ``_work`` holds the parsed documents, what is being read, and a mark for each part
that is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.records import Failure
from extract.spark.folder import Folder
from extract.spark.manifest import SUCCESS, asked_for, check_same, write_manifest
from extract.spark.sources import Source, find_sources
from extract.spark.staging import stage
from extract.spark.versions import check_workers
from extract.spark.waves import READINGS, WORK, OnParts, Waves
from extract.spark.worker import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LARGEST, _SMALLEST = 8_000_000, 60_000  # characters of a part: minutes of reading, or seconds
_PARTS_A_CORE = 8  # at least, so that the last ones don't keep many cores waiting
_TOLD = 100  # documents left out that are told by name
_PARTS = f"{WORK}/parts.json"  # the parts, once all are there


@dataclass(frozen=True, slots=True)
class JobReport:
    """How many documents are read, skipped and failed in all, and the first of those left out.

    ``parts`` there are, of which ``found`` were whole before this run.
    """

    counts: Mapping[str, int]
    left_out: tuple[Failure, ...]
    parts: int
    found: int


def read_on_spark(
    session: SparkSession,
    sources: Iterable[str],
    output: str,
    *,
    model: str | None = None,
    min_confidence: float | None = None,
    on_parts: OnParts | None = None,
) -> JobReport:
    """Read ``sources`` on the workers of ``session`` into the folder ``output``.

    The readings are those of ``partnergraph.read``, in another order. A job that was broken off
    goes on where it was, and a finished one is left as it is. ``on_parts`` is told how many
    parts of how many are whole.

    Raises InputError where the folder can't be written or holds readings of other sources or
    settings, where the workers have another partnergraph, and where the cluster fails.
    """
    session = _tuned(session)
    threads = int(session.sparkContext.getConf().get("spark.task.cpus") or 1)
    settings = Settings(model, min_confidence, threads)
    check_workers(session)
    folder = Folder(session, output)
    found = list(find_sources(session, sources))
    asked = asked_for(settings, found)
    manifest = check_same(folder, asked)
    if manifest and folder.exists(SUCCESS):
        folder.remove(WORK)
        return _report(session, folder, manifest["parts"], manifest["parts"])
    if manifest is None:
        folder.make(WORK)
        manifest = {"asked": asked, "part_size": _part_size(session, found)}
        write_manifest(folder, manifest)
    parts = _staged(session, folder, found, manifest["part_size"])
    before = Waves(session, folder, settings, parts).read(on_parts)
    write_manifest(folder, {**manifest, "parts": len(parts)})
    folder.write(SUCCESS)
    folder.remove(WORK)
    return _report(session, folder, len(parts), before)


def _tuned(session: SparkSession) -> SparkSession:
    """A session beside the given one with the settings that reading wants."""
    own = session.newSession()
    for key, value in {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
        "spark.sql.execution.arrow.maxBytesPerBatch": "32m",
        "spark.sql.files.minPartitionNum": "1",  # else partings change with the cluster's size
    }.items():
        own.conf.set(key, value)
    return own


def _part_size(session: SparkSession, found: Sequence[Source | Failure]) -> int:
    weight = sum(each.weight for each in found if isinstance(each, Source))
    share = weight // (_PARTS_A_CORE * session.sparkContext.defaultParallelism)
    return max(_SMALLEST, min(_LARGEST, share))


def _staged(
    session: SparkSession, folder: Folder, found: Sequence[Source | Failure], size: int
) -> list[str]:
    """The parts as an earlier run has laid them down, or laid down now."""
    if (told := folder.read(_PARTS)) is not None:
        return list(json.loads(told))
    folder.remove(WORK)
    work = Folder(session, folder.at(WORK))
    parts = [f"{WORK}/{part}" for part in stage(session, found, work, size)]
    folder.write(_PARTS, json.dumps(parts))
    return parts


def _report(session: SparkSession, folder: Folder, parts: int, before: int) -> JobReport:
    if not parts:
        return JobReport({}, (), 0, 0)
    table = session.read.parquet(folder.at(READINGS))
    counts = {row["status"]: row["count"] for row in table.groupBy("status").count().collect()}
    others = table.where("status <> 'read'").orderBy("source").limit(_TOLD)
    left_out = tuple(
        Failure(row["source"], row["reason"], row["status"])
        for row in others.select("source", "reason", "status").collect()
    )
    return JobReport(dict(sorted(counts.items())), left_out, parts, before)
