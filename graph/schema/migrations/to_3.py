"""From version 2 to 3: each document is a story of its own.

Near-copies are found in texts, which the graph does not hold: a document that is loaded again
finds its story, one that isn't stays by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store

_BATCH = 1000  # documents a transaction
_TELL = """
MATCH (d:Document) WHERE d.story IS NULL WITH d LIMIT $batch SET d.story = d.id
RETURN count(d) AS told
"""


def migrate(store: Store) -> None:
    """Give each document its story. Raises StoreError."""
    while store.write(_TELL, {"batch": _BATCH})[0]["told"]:
        pass
