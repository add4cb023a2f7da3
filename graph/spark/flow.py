"""Python functions over the rows of a DataFrame, in Spark's workers, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

Row = Mapping[str, Any]
Function = Callable[[Iterator[Row]], Iterable[Sequence[Any]]]
GroupFunction = Callable[[str, Iterator[Row]], Iterable[Sequence[Any]]]

_BATCH = 500  # rows that go back to Spark at once


def transform(frame: DataFrame, function: Function, schema: str) -> DataFrame:
    """What ``function`` makes of the rows of each partition, in the columns of ``schema``.

    It gets the rows one after the other and gives tuples, as many as it likes.
    """
    return frame.mapInArrow(partial(_over, function, _fields(schema)), schema)


def transform_groups(frame: DataFrame, key: str, function: GroupFunction, schema: str) -> DataFrame:
    """What ``function`` makes of all rows of one ``key``, for each key.

    A group is read as a stream and never held by Spark, however large it is.
    """
    sorted_ = frame.repartition(key).sortWithinPartitions(key)
    return transform(sorted_, partial(_over_groups, key, function), schema)


def _over_groups(key: str, function: GroupFunction, rows: Iterator[Row]) -> Iterator[Sequence[Any]]:
    for value, group in groupby(rows, key=itemgetter(key)):
        yield from function(str(value), group)


def _over(
    function: Function, fields: Sequence[str], batches: Iterator[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    names = [field.split(" ")[0] for field in fields]
    kinds = [_arrow_type(field.split(" ")[1]) for field in fields]
    schema = pyarrow.schema(list(zip(names, kinds, strict=True)))
    made = iter(function(row for batch in batches for row in batch.to_pylist()))
    while rows := list(islice(made, _BATCH)):
        columns = [
            pyarrow.array(column, kind)
            for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)
        ]
        yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _fields(schema: str) -> list[str]:
    """ "id string, n int" as ["id string", "n int"]; neither name nor type holds a comma."""
    return [field.strip() for field in schema.split(",")]


def _arrow_type(name: str) -> pyarrow.DataType:
    import pyarrow

    known: Mapping[str, pyarrow.DataType] = {
        "string": pyarrow.string(),
        "long": pyarrow.int64(),
        "int": pyarrow.int32(),
        "double": pyarrow.float64(),
        "array<string>": pyarrow.list_(pyarrow.string()),
    }
    return known[name]
