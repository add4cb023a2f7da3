"""Sources to documents, laid down in parts that Spark's workers read one by one.

What is parsed is kept until all is read: so the parts stay the same however often the job is
broken off, and are of one size, whatever the documents came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from extract.errors import InputError
from extract.records import Failure
from extract.spark.folder import Folder
from extract.spark.session import spark_reason
from extract.spark.sources import Source, escaped
from extract.spark.worker import (
    STAGED,
    Packing,
    parse_files,
    parse_lines,
    parse_records,
    staged_row,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

DOCUMENTS = "documents"  # the folder of what is staged
_GROUP = 10_000  # files that one of Spark's jobs parses
_COST = "1000"  # bytes that opening a file is worth: very small files go together into one task
_FIELDS = ("text", "title", "date", "url", "publisher", "source")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FULL = ("No space left", "Disk quota")

Rows = Callable[["SparkSession", Sequence[Source], Packing], "DataFrame"]


def stage(
    session: SparkSession,
    found: Sequence[Source | Failure],
    folder: Folder,
    part_size: int,
) -> list[str]:
    """Parse all sources into ``folder``/documents; the addresses of the parts, in one order.

    ``part_size`` is about how many characters a part has. A file that can't be parsed, were it
    that it ends the worker's process, is a Failure in the parts. Raises InputError where the
    cluster or the folder fails.
    """
    session.conf.set("spark.sql.files.maxPartitionBytes", str(part_size))
    session.conf.set("spark.sql.files.openCostInBytes", _COST)
    labels = (f"{number:05d}" for number in count())
    failures = [each for each in found if isinstance(each, Failure)]
    sources = [each for each in found if isinstance(each, Source)]
    staged: list[str] = []
    for kind, rows in _ROWS.items():
        chosen = [source for source in sources if source.kind == kind]
        for group in _groups(chosen):
            failures += _stage_group(session, group, rows, folder, part_size, labels, staged)
    for refused in _groups(failures):
        label = next(labels)
        told = [staged_row(f"{label}-{0:06d}-{0:06d}", i, each) for i, each in enumerate(refused)]
        _write(session.createDataFrame(told, STAGED).coalesce(1), folder, label)
        staged.append(label)
    return [
        f"{DOCUMENTS}/{label}/{part}"
        for label in staged
        for part in folder.names(f"{DOCUMENTS}/{label}")
        if part.startswith("part=")
    ]


def _stage_group(
    session: SparkSession,
    group: Sequence[Source],
    rows: Rows,
    folder: Folder,
    part_size: int,
    labels: Iterator[str],
    staged: list[str],
) -> list[Failure]:
    """Parse ``group``; where that fails, its halves, down to the file that is at fault."""
    label = next(labels)
    try:
        _write(rows(session, group, Packing(label, part_size)), folder, label)
    except Exception as error:
        check_alive(session, error)
        folder.remove(f"{DOCUMENTS}/{label}")
        if len(group) == 1:
            return [Failure(group[0].name, _reason(error))]
        half = len(group) // 2
        return [
            failure
            for part in (group[:half], group[half:])
            for failure in _stage_group(session, part, rows, folder, part_size, labels, staged)
        ]
    staged.append(label)
    return []


def _reason(error: Exception) -> str:
    if isinstance(error, InputError):
        return str(error)
    return f"can't be read ({spark_reason(error)}); look whether the file is whole"


def check_alive(session: SparkSession, error: Exception) -> None:
    """Raise InputError where it was not a document that ended a job, but the cluster."""
    told = str(error)
    reason = spark_reason(error)
    missing = "No module named" in reason
    if missing:
        reason += ": install the same partnergraph on every worker, or set PYSPARK_PYTHON"
    try:
        alive = session.sparkContext.parallelize([0], 1).count() == 1
    except Exception:
        alive = False
    if missing or not alive or any(sign in told for sign in _FULL):
        raise InputError(f"the job on Spark ended: {reason}; run it again to go on") from error


def _write(rows: DataFrame, folder: Folder, label: str) -> None:
    from pyspark.sql.functions import col

    parted = rows.withColumn("part", col("key")).sortWithinPartitions("part", "row")
    parted.write.partitionBy("part").parquet(folder.at(f"{DOCUMENTS}/{label}"))


def _groups(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _GROUP):
        yield items[start : start + _GROUP]


def _files(session: SparkSession, group: Sequence[Source], packing: Packing) -> DataFrame:
    rows = session.read.format("binaryFile").load(_addresses(group)).select("path", "content")
    return rows.mapInArrow(partial(parse_files, packing, _names(group)), STAGED)


def _lines(session: SparkSession, group: Sequence[Source], packing: Packing) -> DataFrame:
    from pyspark.sql.functions import col

    _check_encoding(session, group)
    # "\n" alone, and bytes: as extract.sources.jsonl has it
    rows = (
        session.read.option("lineSep", "\n")
        .text(_addresses(group))
        .select(
            col("_metadata.file_path").alias("file"),
            col("_metadata.file_block_start").alias("start"),
            col("value").cast("binary").alias("line"),
        )
    )
    counts = rows.groupBy("file", "start").count().collect()
    before: dict[tuple[str, int], int] = {}
    file, lines = "", 0
    for path, start, number in sorted(tuple(row) for row in counts):
        file, lines = path, lines if path == file else 0
        before[path, start] = lines
        lines += number
    return rows.mapInArrow(partial(parse_lines, packing, _names(group), before), STAGED)


def _check_encoding(session: SparkSession, group: Sequence[Source]) -> None:
    """Raise InputError for a file of which no line could be read."""
    for source in group:
        parent, _, name = source.uri.rpartition("/")
        if Folder(session, parent).begins(name, 2) in _UTF_16:
            raise InputError("the file is UTF-16; save it as UTF-8")


def _tables(session: SparkSession, group: Sequence[Source], packing: Packing) -> DataFrame:
    from pyspark.sql.functions import col

    table = session.read.option("mergeSchema", "true").parquet(*_addresses(group))
    if "text" not in table.columns:
        raise InputError('there is no column "text"; name the column of the articles so')
    fields = [name for name in _FIELDS if name in table.columns]
    places = (
        col("_metadata.file_path").alias("file"),
        col("_metadata.row_index").alias("row"),
    )
    rows = table.select(*places, *fields)
    return rows.mapInArrow(partial(parse_records, packing, _names(group)), STAGED)


def _addresses(group: Sequence[Source]) -> list[str]:
    return [escaped(source.uri) for source in group]


def _names(group: Sequence[Source]) -> Mapping[str, str]:
    return {source.uri: source.name for source in group}


_ROWS: Mapping[str, Rows] = {"file": _files, "lines": _lines, "table": _tables}
