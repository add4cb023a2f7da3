"""The page that neo4j-viz makes of a graph: its JSON on standard input, HTML on standard output.

Run as a program, with the folder that neo4j-viz is in on PYTHONPATH.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

_WIDTH, _HEIGHT = 1440, 900  # of the window that benchmarks/page.py opens
_MARGIN = 0.9


def main() -> None:
    """Print the page."""
    sys.stdout.write(render(json.load(sys.stdin)))


def render(graph: dict[str, Any]) -> str:
    """Its defaults, but for the places, which are given, and a view of all of them.

    Left alone, it fits the view only to a layout of its own; here it would show a corner.
    """
    viz = import_module("neo4j_viz")
    nodes = [
        viz.Node(id=number, caption=name, x=x, y=y)
        for number, (name, (x, y)) in enumerate(zip(graph["names"], graph["places"], strict=True))
    ]
    ties = [
        viz.Relationship(id=number, source=one, target=other)
        for number, (one, other) in enumerate(graph["ties"])
    ]
    whole = viz.VisualizationGraph(nodes=nodes, relationships=ties)
    pan, zoom = _fit(graph["places"])
    page: str = whole.render(
        layout="free", height="100vh", pan_position=pan, initial_zoom=zoom
    ).data
    return page


def _fit(places: Sequence[Sequence[float]]) -> tuple[tuple[float, float], float]:
    """The middle of all places and the zoom at which the window shows them."""
    across, down = zip(*places, strict=True)
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    zoom = _MARGIN * min(_WIDTH / max(right - left, 1), _HEIGHT / max(bottom - top, 1))
    return ((left + right) / 2, (top + bottom) / 2), zoom


if __name__ == "__main__":
    main()
