"""The rows of a graph: a node with all its labels, a relationship by the keys of its ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.schema import KEYS

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node: the label that has the key first, then the kind's."""

    labels: tuple[str, ...]
    properties: Properties

    @property
    def key(self) -> str:
        """What tells it from others of its label."""
        return str(self.properties[KEYS[self.labels[0]]])


@dataclass(frozen=True, slots=True)
class TieRow:
    """A relationship of ``type`` from the node with the key ``start`` and the label
    ``start_label`` to another."""

    start_label: str
    type: str
    end_label: str
    start: str
    end: str
    properties: Properties = field(default_factory=dict)


GraphRow = NodeRow | TieRow
