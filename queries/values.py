"""What an answer holds: nodes, ties and paths of the graph, free of the database's driver.

Ids are the graph's own content-derived ones; the database's element ids never leave
``queries/runner.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node. ``labels`` are sorted; ``id`` is "" where the node has no content id."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it: its name, a deal's or a document's title, a sentence's text.

        A counted group says how many it has at least.
        """
        count = self.properties.get("count")
        if count and self.has("Group"):
            return f"at least {count} {self.properties.get('name')}"
        for key in ("name", "title", "text", "key", "id"):
            value = self.properties.get(key)
            if value:
                return str(value)
        return self.id or "node"

    def has(self, label: str) -> bool:
        """Whether the node carries this label."""
        return label in self.labels


@dataclass(frozen=True, slots=True)
class TieValue:
    """A relationship with both of its ends."""

    type: str
    start: NodeValue
    end: NodeValue
    properties: Mapping[str, object] = field(default_factory=dict)

    @property
    def relation(self) -> str:
        """The ontology's type, also of a tie that is stored as UNCONFIRMED."""
        if self.type == "UNCONFIRMED":
            return str(self.properties.get("type") or self.type)
        return self.type

    @property
    def status(self) -> str:
        """How far the tie is real, in the ontology's word; "" where the tie has none."""
        return str(self.properties.get("status") or "")


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path: ``ties[i]`` joins ``nodes[i]`` and ``nodes[i + 1]``, in either direction."""

    nodes: tuple[NodeValue, ...]
    ties: tuple[TieValue, ...]


def walk(values: Iterable[object]) -> Iterator[NodeValue | TieValue]:
    """Every node and tie in these values, out of lists, maps and paths too, in their order."""
    for value in values:
        if isinstance(value, NodeValue | TieValue):
            yield value
        elif isinstance(value, PathValue):
            yield from value.nodes
            yield from value.ties
        elif isinstance(value, Mapping):
            yield from walk(value.values())
        elif isinstance(value, list):
            yield from walk(value)
