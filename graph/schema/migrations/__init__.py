"""Forward migrations, a file each: ``to_2.py`` makes a graph of version 1 one of version 2.

Each reads and writes through the store, may be interrupted at any moment, and goes on when the
graph is opened for writing again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store


def migrations() -> dict[int, Callable[[Store], None]]:
    """By the version that they lead to."""
    from graph.schema.migrations import to_2, to_3, to_4, to_5

    return {2: to_2.migrate, 3: to_3.migrate, 4: to_4.migrate, 5: to_5.migrate}
