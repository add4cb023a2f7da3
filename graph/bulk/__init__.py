"""The graph of many documents at once: all of its rows from nothing, without any database.

`graph.load` changes a graph document by document; here the same graph, byte for byte, is told as
rows by whoever holds all documents: Spark (graph/spark/), or `build_rows` in memory. Nothing is
decided here: contributions, resolution, tallies, digests and what follows from them are the same.
"""

from __future__ import annotations

from graph.bulk.build import build_rows
from graph.bulk.rows import NodeRow, TieRow

__all__ = ["NodeRow", "TieRow", "build_rows"]
