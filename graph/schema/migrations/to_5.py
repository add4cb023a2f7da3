"""From version 4 to 5: measures of entities may be kept, which every change takes away.

What is in the graph stays as it is; an older partnergraph would leave measures behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store


def migrate(_: Store) -> None:
    """Nothing to change: the constraint of Measure is made with those that are missing."""
