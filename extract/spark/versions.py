"""Whether the workers run the same Python and the same partnergraph as this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from extract.errors import InputError
from extract.spark.session import spark_reason

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_ADVICE = (
    "install the same partnergraph for the same Python on every worker, and name that Python in "
    "PYSPARK_PYTHON"
)


@dataclass(frozen=True, slots=True, order=True)
class Versions:
    """What a process runs; "" where partnergraph is not installed as a package."""

    python: str
    partnergraph: str

    def __str__(self) -> str:
        return f"Python {self.python} with partnergraph {self.partnergraph or 'of no version'}"


def versions_here() -> Versions:
    """Those of this process."""
    try:
        own = version("partnergraph")
    except PackageNotFoundError:
        own = ""
    return Versions(".".join(map(str, sys.version_info[:2])), own)


def check_workers(session: SparkSession) -> Versions:
    """The versions that all workers have, if they are those of this process.

    Every core is asked, as far as Spark gives each a task. Raises InputError where one differs
    or has no partnergraph.
    """
    context = session.sparkContext
    number = context.defaultParallelism
    try:
        found = set(
            context.parallelize(range(number), number).map(lambda _: versions_here()).collect()
        )
    except Exception as error:
        reason = spark_reason(error)
        raise InputError(f"the workers can't run partnergraph ({reason}): {_ADVICE}") from error
    here = versions_here()
    if others := sorted(found - {here}):
        raise InputError(f"a worker runs {others[0]}, and this machine {here}: {_ADVICE}")
    return here
