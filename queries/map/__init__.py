"""The map behind a picture: where places are, and the outlines of the world's land."""

from __future__ import annotations

from queries.map.gazetteer import Spot, candidates, locate, outlines
from queries.map.projection import HEIGHT, WIDTH, project

__all__ = ["HEIGHT", "WIDTH", "Spot", "candidates", "locate", "outlines", "project"]
