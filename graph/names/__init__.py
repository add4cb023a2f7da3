"""Names: when two ways of writing are one name, and how probably two names are of one bearer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph.names.keys import fold, name_key

if TYPE_CHECKING:
    from graph.names.blocking import BlockIndex, blocks, sought
    from graph.names.matching import VETO, Comparison, compare, probabilities

# Imported on first use: who only looks a name up needs neither tables nor numpy.
_HOMES = {
    "BlockIndex": "graph.names.blocking",
    "VETO": "graph.names.matching",
    "Comparison": "graph.names.matching",
    "blocks": "graph.names.blocking",
    "compare": "graph.names.matching",
    "probabilities": "graph.names.matching",
    "sought": "graph.names.blocking",
}

__all__ = [
    "VETO",
    "BlockIndex",
    "Comparison",
    "blocks",
    "compare",
    "fold",
    "name_key",
    "probabilities",
    "sought",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'graph.names' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
