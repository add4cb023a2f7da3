"""Make queries/map/outlines.json, the land and borders under the map, from Natural Earth.

`python scripts/make_outlines.py countries-50m.json` reads the TopoJSON that the npm package
world-atlas makes of Natural Earth's countries (public domain). Its arcs are projected and
simplified once each, so that neighbours keep a common border; small islands are left out.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from queries.map.projection import HEIGHT, WIDTH, Point, project

OUTPUT = Path(__file__).parents[1] / "queries" / "map" / "outlines.json"
TOLERANCE = 6.0  # units of the map that an outline may be off: some 20 km
SMALLEST = 900.0  # square units of an island that is kept
SOUTHMOST = -60.0  # degrees: without Antarctica


def main() -> None:
    """Write the file and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path, help="countries-50m.json of world-atlas")
    topology = json.loads(parser.parse_args().topology.read_text(encoding="utf-8"))
    degrees = [list(_decode(arc, topology["transform"])) for arc in topology["arcs"]]
    arcs = [_simplify([project(*point) for point in arc], TOLERANCE) for arc in degrees]
    countries = topology["objects"]["countries"]["geometries"]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = [ring for ring in _rings(land) if not _is_polar(ring, degrees)]
    found = {
        "width": WIDTH,
        "height": HEIGHT,
        "land": _draw(_join(ring, arcs) for ring in rings),
        "borders": _draw(_borders(countries, arcs), closed=False),
        "countries": dict(sorted(_centres(countries, degrees))),
    }
    text = json.dumps(found, separators=(",", ":"), sort_keys=True).replace('","', '",\n"')
    OUTPUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size:,} bytes, {len(found['countries'])} countries")


def _decode(arc: Sequence[Sequence[int]], transform: Any) -> Iterator[Point]:
    """An arc's points in degrees; TopoJSON keeps them as steps of whole numbers."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def _rings(geometry: Any) -> Iterator[list[int]]:
    """The rings of a (multi)polygon, each as numbers of arcs; ~n is arc n backwards."""
    shapes = geometry.get("arcs", [])
    for polygon in [shapes] if geometry["type"] == "Polygon" else shapes:
        yield from polygon


def _join(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _is_polar(ring: Sequence[int], degrees: Sequence[list[Point]]) -> bool:
    return max(y for _, y in _join(ring, degrees)) < SOUTHMOST


def _is_torn(ring: Sequence[Point]) -> bool:
    """Whether the edge of the map runs through it: one of the Aleutian islands."""
    return any(abs(a[0] - b[0]) > WIDTH / 3 for a, b in pairwise(ring))


def _borders(countries: Iterable[Any], arcs: Sequence[list[Point]]) -> list[list[Point]]:
    """The arcs that two countries share."""
    uses = Counter(
        number if number >= 0 else ~number
        for country in countries
        for ring in _rings(country)
        for number in ring
    )
    return [arcs[number] for number, times in sorted(uses.items()) if times > 1]


def _centres(
    countries: Iterable[Any], degrees: Sequence[list[Point]]
) -> Iterator[tuple[str, list[int]]]:
    """ISO's number of a country and the middle of its largest part."""
    for country in countries:
        parts = [[project(*p) for p in _join(ring, degrees)] for ring in _rings(country)]
        if parts and "id" in country:
            x, y = _middle(max(parts, key=lambda part: abs(_area(part))))
            yield country["id"], [round(x), round(y)]


def _area(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _middle(ring: Sequence[Point]) -> Point:
    """The centre of mass of a ring."""
    x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    area = _area(ring)
    return x / (6 * area), y / (6 * area)


def _simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Fewer points, none farther off than ``tolerance`` (Ramer, Douglas and Peucker)."""
    keep, left = {0, len(points) - 1}, [(0, len(points) - 1)]
    while left:
        first, last = left.pop()
        far, at = max(
            (
                (_distance(points[i], points[first], points[last]), i)
                for i in range(first + 1, last)
            ),
            default=(0.0, 0),
        )
        if far > tolerance:
            keep.add(at)
            left += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _distance(point: Point, one: Point, other: Point) -> float:
    """From a point to the stretch between two others."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, one)
    share = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return math.dist(point, (one[0] + share * dx, one[1] + share * dy))


def _draw(lines: Iterable[list[Point]], *, closed: bool = True) -> str:
    """SVG path data in whole numbers, each point relative to the one before."""
    parts = []
    for line in lines:
        if closed and (abs(_area(line)) < SMALLEST or _is_torn(line)):
            continue
        points = [(round(x), round(y)) for x, y in line]
        steps = pairwise(points)
        moves = [(b[0] - a[0], b[1] - a[1]) for a, b in steps if a != b]
        if not moves:
            continue
        inner = "".join(_number(dx) + _number(dy) for dx, dy in moves[: -1 if closed else None])
        parts.append(f"M{points[0][0]} {points[0][1]}l{inner.strip()}" + ("z" if closed else ""))
    return "".join(parts)


def _number(value: int) -> str:
    return str(value) if value < 0 else f" {value}"


if __name__ == "__main__":
    main()
