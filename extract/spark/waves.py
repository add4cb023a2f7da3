"""Parts of documents to parts of readings, wave after wave, each part put in place whole.

Two waves run at a time, so that no core waits for the last part of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from extract.errors import InputError
from extract.spark.folder import Folder
from extract.spark.session import spark_reason
from extract.spark.staging import check_alive
from extract.spark.worker import READ, STAGED, Settings, read_documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

READINGS, LINES, WORK = "readings", "jsonl", "_work"
_DONE, _DRAFTS = f"{WORK}/done", f"{WORK}/reading"
_AT_ONCE = 2
_FEWEST = 8  # parts of a wave
_PARTS_A_CORE = 2
_WHOLE = str(2**31 - 1)
_DIED = ("Python worker exited", "ExecutorLostFailure")

OnParts = Callable[[int, int], None]
Poison = frozenset[tuple[str, int]]


class Waves:
    """Reads ``parts``, addresses in ``folder``, into their places in the same folder."""

    def __init__(
        self, session: SparkSession, folder: Folder, settings: Settings, parts: Sequence[str]
    ) -> None:
        self._session, self._folder, self._settings = session, folder, settings
        self._parts = parts
        self._labels = count()

    def read(self, on_parts: OnParts | None = None) -> int:
        """Read the parts that are not whole yet; how many were whole before.

        Raises InputError where the cluster or the folder fails.
        """
        self._folder.remove(_DRAFTS)
        for key in ("maxPartitionBytes", "openCostInBytes"):  # a part is a task of its own
            self._session.conf.set(f"spark.sql.files.{key}", _WHOLE)
        whole = {int(name) for name in self._folder.names(_DONE)}
        before = len(whole)
        waves = self._waves([n for n in range(len(self._parts)) if n not in whole])
        done = before
        for wave in self._run(waves):
            done += len(wave)
            if on_parts:
                on_parts(done, len(self._parts))
        return before

    def _run(self, waves: Iterator[list[int]]) -> Iterator[list[int]]:
        """Each wave when it is in place. Where one fails, the other is waited for: it is kept."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            running: dict[Future[None], list[int]] = {}
            for wave in waves:
                running[pool.submit(self._read, wave)] = wave
                while len(running) >= _AT_ONCE:
                    yield from self._ended(running)
            while running:
                yield from self._ended(running)

    def _ended(self, running: dict[Future[None], list[int]]) -> Iterator[list[int]]:
        for ended in wait(running, return_when=FIRST_COMPLETED).done:
            wave = running.pop(ended)
            ended.result()
            yield wave

    def _waves(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """Parts in groups; how many a group has follows the cluster's cores as they change."""
        start = 0
        while start < len(numbers):
            size = max(_FEWEST, _PARTS_A_CORE * self._session.sparkContext.defaultParallelism)
            yield list(numbers[start : start + size])
            start += size

    def _read(self, wave: Sequence[int], poison: Poison = frozenset()) -> None:
        """Read a wave and put its parts in place; what ends a process is found and left out."""
        label = f"{_DRAFTS}/{next(self._labels):05d}"
        readings, lines = f"{label}/{READINGS}", f"{label}/{LINES}"
        try:
            self._readings(wave, poison).write.partitionBy("part").parquet(
                self._folder.at(readings)
            )
            self._lines(readings).write.partitionBy("part").text(self._folder.at(lines))
        except Exception as error:
            self._folder.remove(label)
            self._check_death(error)
            if len(wave) > 1:
                half = len(wave) // 2
                self._read(wave[:half])
                self._read(wave[half:])
            elif poison:
                raise InputError(f"reading on Spark ended: {spark_reason(error)}") from error
            else:
                self._read(wave, self._poison(wave[0]))
            return
        for number in wave:
            self._put(number, readings, lines)
        self._folder.remove(label)

    def _check_death(self, error: Exception) -> None:
        """Raise InputError for an error that is not the end of a worker's process."""
        check_alive(self._session, error)
        if isinstance(error, InputError):
            raise error
        if not any(sign in str(error) for sign in _DIED):
            raise InputError(f"reading on Spark ended: {spark_reason(error)}") from error

    def _staged(self, wave: Sequence[int]) -> DataFrame:
        addresses = [self._folder.at(self._parts[number]) for number in wave]
        return self._session.read.schema(STAGED).parquet(*addresses)

    def _readings(self, wave: Sequence[int], poison: Poison = frozenset()) -> DataFrame:
        return self._read_rows(self._staged(wave), wave, poison)

    def _read_rows(self, rows: DataFrame, wave: Sequence[int], poison: Poison) -> DataFrame:
        keys = {self._key(number): number for number in wave}
        return rows.mapInArrow(partial(read_documents, self._settings, keys, poison), READ)

    def _lines(self, readings: str) -> DataFrame:
        table = self._session.read.parquet(self._folder.at(readings))
        return table.where("status = 'read'").selectExpr("part", "reading AS value")

    def _key(self, number: int) -> str:
        return self._parts[number].rpartition("part=")[2]

    def _poison(self, number: int) -> Poison:
        """The documents of a part that end the process that reads them."""
        return frozenset(
            (self._key(number), row)
            for row in self._deadly(number, 0, self._staged([number]).count())
        )

    def _deadly(self, number: int, low: int, high: int) -> Iterator[int]:
        """Of rows that ended a process together, those that do so by themselves."""
        if high - low == 1:
            yield low
            return
        half = (low + high) // 2
        for start, end in ((low, half), (half, high)):
            rows = self._staged([number]).where(f"row >= {start} AND row < {end}")
            try:
                told = self._read_rows(rows, [number], frozenset())
                told.write.format("noop").mode("overwrite").save()
            except Exception as error:
                self._check_death(error)
                yield from self._deadly(number, start, end)

    def _put(self, number: int, readings: str, lines: str) -> None:
        """Put a part in its place, and mark it; what an earlier run left there goes."""
        place, file = f"{READINGS}/part={number:05d}", f"{LINES}/part-{number:05d}.jsonl"
        self._folder.make(READINGS)
        self._folder.make(LINES)
        for old in (place, file):
            self._folder.remove(old)
        self._folder.move(f"{readings}/part={number}", place)
        for written in self._folder.names(f"{lines}/part={number}"):  # one, or none
            self._folder.move(f"{lines}/part={number}/{written}", file)
        self._folder.write(f"{_DONE}/{number}")
