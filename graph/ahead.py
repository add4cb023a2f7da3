"""Working ahead: the next item is made while the last one is being used."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")
_LOOK_UP = 0.2  # seconds between looks whether anyone still waits


def ahead(items: Iterable[T], most: int = 1) -> Iterator[T]:
    """The items, in order, made by a thread that is ``most`` items ahead.

    What making them raises is raised here, in its place. Where the caller goes no further, the
    thread ends after the item that it is at.
    """
    worker = _Worker(items, most)
    worker.thread.start()
    try:
        while (made := worker.take()) is not None:
            yield made[0]
    finally:
        worker.stopped.set()


class _Worker(Generic[T]):
    def __init__(self, items: Iterable[T], most: int) -> None:
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True, name="partnergraph-ahead")
        self._items = items
        self._made: Queue[tuple[T] | BaseException | None] = Queue(most)

    def take(self) -> tuple[T] | None:
        """The next item, None at the end."""
        made = self._made.get()
        if isinstance(made, BaseException):
            raise made
        return made

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._put((item,)):
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()

    def _put(self, made: tuple[T] | BaseException | None) -> bool:
        """Hand over what was made; whether anyone took it."""
        while not self.stopped.is_set():
            try:
                self._made.put(made, timeout=_LOOK_UP)
            except Full:
                continue
            return True
        return False
