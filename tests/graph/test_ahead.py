"""Working ahead changes nothing but when things are made."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from graph.ahead import ahead


def test_the_items_in_order() -> None:
    assert list(ahead(range(100))) == list(range(100))
    assert list(ahead([])) == []


def test_the_next_item_is_made_while_one_is_used() -> None:
    made: list[int] = []
    items = ahead(made.append(number) or number for number in range(50))
    assert next(items) == 0
    until = time.monotonic() + 10
    while len(made) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(made) == 3  # the one in use, one that waits, one in hand: no more
    items.close()  # type: ignore[attr-defined]


def test_an_error_comes_in_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("two")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(KeyError, match="two"):
        next(found)


def test_the_thread_ends_when_nobody_goes_on() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1_000_000)
        finally:
            closed.set()

    found = ahead(items())
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert closed.wait(5)
