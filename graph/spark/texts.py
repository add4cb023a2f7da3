"""What goes from one step to the next, as JSON: contributions, claims, rows of the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph.bulk.rows import GraphRow, NodeRow
from graph.contribution import Contribution, Use, stored_statement
from graph.digest import Claim


def to_text(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)


def contribution_text(item: Contribution) -> str:
    """A contribution as a line."""
    return to_text(
        {
            "document": item.document,
            "uses": [[use.reference, use.properties] for use in item.uses],
            "statements": [row.properties for row in item.statements],
            "sketch": item.sketch,
        }
    )


def read_contribution(text: str) -> Contribution:
    """From its line."""
    told: Mapping[str, Any] = json.loads(text)
    return Contribution(
        told["document"],
        tuple(Use(reference, properties) for reference, properties in told["uses"]),
        tuple(stored_statement(properties) for properties in told["statements"]),
        sketch=told["sketch"],
    )


def claim_text(claim: Claim) -> str:
    """A claim as a line."""
    return to_text(asdict(claim))


def read_claim(text: str) -> Claim:
    """From its line."""
    return Claim(**json.loads(text))


ROW = "kind string, start string, end string, properties string"
"""A row of the graph: ``kind`` is the labels of a node ("Entity:Firm"; ``start`` is its key) or
the label, type and label of a relationship ("Document-USES-Reference")."""


def row_tuple(row: GraphRow) -> tuple[str, str, str | None, str]:
    """A row of the graph in the columns of ROW."""
    properties = to_text(row.properties)
    if isinstance(row, NodeRow):
        return ":".join(row.labels), row.key, None, properties
    kind = f"{row.start_label}-{row.type}-{row.end_label}"
    return kind, row.start, row.end, properties
