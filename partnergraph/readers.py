"""The readers that there are, by name; which one reads is said once a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

from extract.errors import InputError
from extract.records import Document, Failure, Reading


class ReaderName(StrEnum):
    """``llm`` sends texts to the endpoint of PARTNERGRAPH_LLM_URL; ``trained`` sends nothing."""

    trained = "trained"
    llm = "llm"


class DocumentReader(Protocol):
    """What reads documents: ``extract.pipeline.Reader``, ``extract.llm.reader.LlmReader``."""

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """One reading a document, in order; a failure where there is none."""


def open_reader(
    reader: str | DocumentReader,
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int = 1,
) -> DocumentReader:
    """The reader of this name; one that is open already is passed through.

    ``model`` is the spaCy model of the trained one, ``min_confidence`` the confidence from which
    a tie is one to it, ``workers`` the number of its processes. Raises InputError where there is
    no such reader or it can't be set up.
    """
    if not isinstance(reader, str):
        return reader
    if reader == ReaderName.llm:
        if min_confidence is not None:
            raise InputError(
                "a lowest confidence is for the trained reader: the language model weighs nothing; "
                "leave out --min-confidence, or --reader llm"
            )
        from extract.llm.reader import LlmReader

        return LlmReader()
    if reader != ReaderName.trained:
        raise InputError(f"no reader {reader!r}; take {' or '.join(ReaderName)}")
    if workers != 1:
        from partnergraph.workers import WorkerReader

        return WorkerReader(workers, model, min_confidence)
    from extract.pipeline import Reader

    return Reader(model, min_confidence=min_confidence)


def usage_of(reader: DocumentReader) -> str:
    """What reading has taken besides time, in one line; "" for a reader that takes nothing."""
    usage = getattr(reader, "usage", None)
    return usage.sentence() if usage is not None else ""
