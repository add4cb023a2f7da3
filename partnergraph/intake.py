"""From sources to a loaded graph, one document after the other, with an outcome for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extract.records import Document, Failure, Reading
from partnergraph.readers import DocumentReader, open_reader, usage_of

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. ``status``: new, replaced, unchanged, skipped or failed."""

    source: str
    status: str
    reason: str = ""
    title: str = ""


@dataclass(slots=True)
class BuildReport:
    """How many documents had which outcome, and those that were left out, with the reason.

    ``usage`` is what reading took besides time, in words ("" for the trained reader).
    """

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[Outcome] = field(default_factory=list)
    usage: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count an outcome; the reasons of skipped and failed documents are kept."""
        self.counts[outcome.status] += 1
        if outcome.status in ("skipped", "failed"):
            self.left_out.append(outcome)

    @property
    def failed(self) -> bool:
        """Whether a document failed (exit status 1); skipped ones are no failure."""
        return self.counts["failed"] > 0


OnOutcome = Callable[[Outcome], None]


def read(
    sources: Iterable[str],
    *,
    reader: str | DocumentReader = "trained",
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int = 1,
    stdin: BinaryIO | None = None,
) -> Iterator[Reading | Failure]:
    """Read sources (files, folders, "-") into readings; needs no database.

    ``reader`` is "trained", or "llm" for the language model that the environment names. A
    source that can't be used comes out as a ``Failure`` and the others go on. What the trained
    reader is less sure of than ``min_confidence`` (None: its own) is only "possible"; it reads
    with so many ``workers``, processes of their own if more than one.

    >>> for reading in read(["article.txt"]):  # doctest: +SKIP
    ...     print(reading.document.title, len(reading.statements))
    """
    from extract.sources import read_sources

    failures: list[Failure] = []

    def documents() -> Iterator[Document]:
        for item in read_sources(sources, stdin=stdin):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item

    for reading in open_reader(reader, model, min_confidence, workers).read(documents()):
        yield from _drain(failures)
        yield reading
    yield from _drain(failures)


def build(
    sources: Iterable[str],
    store: Store,
    *,
    reader: str | DocumentReader = "trained",
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int = 1,
    stdin: BinaryIO | None = None,
    on_outcome: OnOutcome | None = None,
) -> BuildReport:
    """Read sources and load what they say into the graph; the same as ``read`` then ``load``.

    Raises StoreError where the graph can't be written.
    """
    opened = open_reader(reader, model, min_confidence, workers)
    readings = read(sources, reader=opened, stdin=stdin)
    report = load(readings, store, on_outcome=on_outcome)
    report.usage = usage_of(opened)
    return report


def load(
    readings: Iterable[Reading | Failure], store: Store, *, on_outcome: OnOutcome | None = None
) -> BuildReport:
    """Load readings into the graph. Loading again changes nothing.

    Failures are passed on, and kept in the graph with their reasons until the source is read.
    """
    import graph.load
    from graph.left_out import clear_left_out, list_left_out, note_left_out

    report = BuildReport()
    failures: list[Failure] = []
    noted = {failure.source for failure in list_left_out(store)}

    def tell(outcome: Outcome) -> None:
        report.add(outcome)
        if on_outcome:
            on_outcome(outcome)

    def usable() -> Iterator[Reading]:
        for item in readings:
            if isinstance(item, Failure):
                failures.append(item)
                tell(Outcome(item.source, item.status, item.reason))
            else:
                yield item

    def loaded(document: Document, status: str) -> None:
        if document.source in noted:
            noted.discard(document.source)
            clear_left_out(store, [document.source])
        tell(Outcome(document.source, status, title=document.title))

    try:
        graph.load.load(store, usable(), on_document=loaded)
    finally:
        note_left_out(store, failures)
    return report


def read_exchange(files: Iterable[str]) -> Iterator[Reading | Failure]:
    """Readings from files in the exchange format (what ``partnergraph extract`` writes), and
    from folders: of a job on Spark, or any with .jsonl files in it."""
    from extract.exchange import exchange_files, read_file

    for name in files:
        for found in exchange_files(name):
            yield from [found] if isinstance(found, Failure) else read_file(found)


def write_exchange(
    sources: Iterable[str],
    output: Path | None,
    *,
    reader: str | DocumentReader = "trained",
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int = 1,
    stdin: BinaryIO | None = None,
    on_outcome: OnOutcome | None = None,
    on_reading: Callable[[Reading], None] | None = None,
) -> BuildReport:
    """Read sources and write the readings as JSON lines to a file, or to standard output.

    The file appears when all is read. Where ``on_reading`` is given, it is handed each reading,
    and standard output is left to it. Raises InputError where the file can't be written.
    """
    from extract.exchange import write_reading
    from extract.writing import result_file

    report = BuildReport()
    opened = open_reader(reader, model, min_confidence, workers)
    quiet = output is None and on_reading is not None
    with nullcontext() if quiet else result_file(output) as stream:
        for item in read(sources, reader=opened, stdin=stdin):
            if isinstance(item, Failure):
                outcome = Outcome(item.source, item.status, item.reason)
            else:
                if stream:
                    stream.write(write_reading(item) + "\n")
                if on_reading:
                    on_reading(item)
                outcome = Outcome(item.document.source, "read", title=item.document.title)
            report.add(outcome)
            if on_outcome:
                on_outcome(outcome)
    report.usage = usage_of(opened)
    return report


def _drain(failures: list[Failure]) -> Iterator[Failure]:
    while failures:
        yield failures.pop(0)
