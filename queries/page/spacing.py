"""Nodes that stand on one another, moved apart as little as it takes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Point = tuple[float, float]

_GAP = 11.0  # between two circles
_LABEL = (46.0, 17.0)  # half the width, and the height, that a name needs about its node
_ROUNDS = 60
_STRETCH = 1.06  # when pushing alone doesn't end: a little more room for all


def separate(points: Sequence[Point], radii: Sequence[float], *, label_room: bool) -> list[Point]:
    """``points`` moved until no two circles of ``radii`` overlap.

    Pairs too near are pushed apart along the line between them, in ellipses wider than high
    where names need room; when a round of pushes doesn't settle it, everything is stretched a
    little and pushed again, which must end.
    """
    places = [list(_nudge(i, point)) for i, point in enumerate(points)]
    wide = [r + (_LABEL[0] if label_room else 0.0) for r in radii]
    high = [r + (_LABEL[1] if label_room else 0.0) for r in radii]
    while True:
        for _ in range(_ROUNDS):
            if not _push(places, wide, high):
                return [(x, y) for x, y in places]
        for place in places:
            place[0] *= _STRETCH
            place[1] *= _STRETCH


def _nudge(number: int, point: Point) -> Point:
    """A hair aside, differently for each, so that no two nodes stand on one spot."""
    angle = number * 2.399963  # the golden angle
    return point[0] + 0.01 * math.cos(angle), point[1] + 0.01 * math.sin(angle)


def _push(places: list[list[float]], wide: Sequence[float], high: Sequence[float]) -> bool:
    """One round; whether anything had to move."""
    moved = False
    for i, j in list(_near(places, wide, high)):
        a, b = places[i], places[j]
        room_x, room_y = wide[i] + wide[j] + _GAP, high[i] + high[j] + _GAP
        dx, dy = (b[0] - a[0]) / room_x, (b[1] - a[1]) / room_y
        distance = math.hypot(dx, dy)
        if distance >= 0.999:
            continue
        moved = True
        if distance < 1e-9:
            dx, dy, distance = math.cos(i + j), math.sin(i + j), 1.0
            push = 0.5
        else:
            push = (1.02 - distance) / 2
        shift_x, shift_y = dx / distance * push * room_x, dy / distance * push * room_y
        a[0], a[1], b[0], b[1] = a[0] - shift_x, a[1] - shift_y, b[0] + shift_x, b[1] + shift_y
    return moved


def _near(
    places: list[list[float]], wide: Sequence[float], high: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Pairs of numbers that may be too near, by a grid whose cells are as large as two nodes."""
    cell_x, cell_y = 2 * max(wide) + _GAP, 2 * max(high) + _GAP
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(places):
        cells[math.floor(x / cell_x), math.floor(y / cell_y)].append(i)
    for (column, row), members in cells.items():
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                yield i, j
        for step in ((1, -1), (1, 0), (1, 1), (0, 1)):
            for j in cells.get((column + step[0], row + step[1]), ()):
                for i in members:
                    yield i, j
