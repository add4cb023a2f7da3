"""The map behind a picture: where places are, and the outlines of the world's land."""

from __future__ import annotations

from queries.map.projection import HEIGHT, WIDTH, project
from queries.map.spots import Spot, find_spots, locate, outlines

__all__ = ["HEIGHT", "WIDTH", "Spot", "find_spots", "locate", "outlines", "project"]
