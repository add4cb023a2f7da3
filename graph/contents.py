"""All that a graph holds, streamed: for backups and exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.resolution.asking import own_properties
from graph.schema import KEYS

if TYPE_CHECKING:
    from graph.store import Store


def stored_nodes(store: Store) -> Iterator[dict[str, Any]]:
    """Each node as {labels, properties}: the label that has the key first, label by label."""
    for label in KEYS:
        if label == "PartnergraphSchema":
            continue
        for record in store.stream(
            f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS properties"
        ):
            kinds = sorted(set(record["labels"]) - {label})
            yield {"labels": [label, *kinds], "properties": own_properties(record["properties"])}


def stored_ties(store: Store) -> Iterator[dict[str, Any]]:
    """Each relationship as {tie: [label, type, label], start, end, properties}, by the keys of its
    ends."""
    for start, key in KEYS.items():
        for record in store.stream(
            f"MATCH (a:{start})-[r]->(b) RETURN a.{key} AS start, type(r) AS type, "
            "labels(b) AS labels, b.id AS id, b.key AS key, properties(r) AS properties"
        ):
            ends = [label for label in record["labels"] if label in KEYS]
            if ends:
                yield {
                    "tie": [start, record["type"], ends[0]],
                    "start": record["start"],
                    "end": record[KEYS[ends[0]]],
                    "properties": own_properties(record["properties"]),
                }
