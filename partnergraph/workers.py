"""Reading with several processes: for machines with more cores than one reader uses."""

from __future__ import annotations

import copyreg
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from types import MappingProxyType

from extract.errors import InputError
from extract.pipeline import Reader
from extract.records import Document, Failure, Reading

_GROUP = 16  # documents that a process reads at once
_WAITING = 2  # groups a process that are read or wait to be: memory does not grow with the corpus
_LOOK_UP = 1.0  # seconds between looks whether the main process is still there

_reader: Reader | None = None  # of a reading process

# The values of frozen records; Python can't send these to another process by itself.
copyreg.pickle(MappingProxyType, lambda proxy: (MappingProxyType, (dict(proxy),)))


class WorkerReader:
    """The trained reader in ``workers`` processes; the readings come in the documents' order.

    ``model`` and ``min_confidence`` as in ``extract.pipeline.Reader``. The processes start with
    the first document and end with the last one, or with this process.
    """

    def __init__(
        self, workers: int, model: str | None = None, min_confidence: float | None = None
    ) -> None:
        if workers < 1:
            raise InputError(f"{workers} workers can't read anything: use one or more")
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise InputError(
                f"the confidence {min_confidence:g} is not between 0 and 1; give, say, 0.5"
            )
        self.workers = workers
        self._settings = (model, min_confidence, max(1, (os.cpu_count() or 1) // workers))

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """One reading a document, in order; a failure where reading one raised.

        Raises InputError where a process died, most likely for want of memory.
        """
        pool = ProcessPoolExecutor(
            self.workers, get_context("spawn"), _start, (*self._settings, os.getpid())
        )
        groups = _groups(documents)
        waiting: deque[Future[list[Reading | Failure]]] = deque()
        try:
            for group in groups:
                waiting.append(pool.submit(_read, group))
                if len(waiting) >= _WAITING * self.workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise InputError(
                "a reading process died, most likely for want of memory: use fewer --workers"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    stream = iter(documents)
    while group := list(islice(stream, _GROUP)):
        yield group


def _start(model: str | None, min_confidence: float | None, threads: int, parent: int) -> None:
    """Make a process ready to read."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process to answer
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _reader = Reader(model, min_confidence=min_confidence, threads=threads)


def _end_with(parent: int) -> None:
    """End when the main process is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(_LOOK_UP)
    os._exit(1)


def _read(group: list[Document]) -> list[Reading | Failure]:
    assert _reader is not None
    return list(_reader.read(group))
