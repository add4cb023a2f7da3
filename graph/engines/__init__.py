"""The engines a graph can live in, each behind the official ``neo4j`` driver.

All that differs between them (how to start, sign in, read without writing, stop) is in
``embedded.py`` and ``server.py``; everything above speaks one Cypher.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from neo4j import Driver


class Engine(Protocol):
    """An opened engine: two drivers to one database.

    ``reader`` can't write whatever the query says: that is the engine's own refusal, not a
    look at the text. ``stops_slow_queries`` tells whether the engine keeps the time limit of
    a transaction itself, ``queues_writers`` whether others may write to it, one after the other;
    ``documents_at_once`` is how many are loaded best in one transaction.
    """

    name: str
    version: str
    database: str | None
    writer: Driver
    reader: Driver
    stops_slow_queries: bool
    queues_writers: bool
    documents_at_once: int

    def close(self) -> None:
        """Close the drivers, and stop the engine where it runs in this process."""


def hush_driver() -> None:
    """Keep the driver's own warnings off the terminal unless the program set up logging."""
    log = logging.getLogger("neo4j")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
