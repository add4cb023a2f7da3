"""Nodes that stand on one another, moved apart as little as it takes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Point = tuple[float, float]

_GAP = 11.0  # between two circles
_LABEL = (46.0, 17.0)  # half the width, and the height, that a name needs about its node
_ROUNDS = 60
_FORCE = 0.6  # of what a pair lacks, per round: less than all, since pushes add up
_STRETCH = 1.06  # when pushing alone doesn't end: a little more room for all


def separate(points: Sequence[Point], radii: Sequence[float], *, label_room: bool) -> list[Point]:
    """``points`` moved until no two circles of ``radii`` overlap.

    Pairs too near are pushed apart along the line between them, in ellipses wider than high
    where names need room; large nodes give way less. When some rounds of pushes don't settle
    it, everything is stretched a little and pushed again, which must end.
    """
    places = [_nudge(i, point) for i, point in enumerate(points)]
    wide = [r + (_LABEL[0] if label_room else 0.0) for r in radii]
    high = [r + (_LABEL[1] if label_room else 0.0) for r in radii]
    masses = [r * r for r in radii]
    while True:
        for _ in range(_ROUNDS):
            shifts = _find_shifts(places, wide, high, masses)
            if not shifts:
                return places
            for i, (shift_x, shift_y) in shifts.items():
                # Many small pushes add up: none may throw a node further than its own room.
                tame = min(1.0, wide[i] / max(math.hypot(shift_x, shift_y), 1e-9))
                places[i] = (places[i][0] + shift_x * tame, places[i][1] + shift_y * tame)
        places = [(x * _STRETCH, y * _STRETCH) for x, y in places]


def _nudge(number: int, point: Point) -> Point:
    """A hair aside, differently for each, so that no two nodes stand on one spot."""
    angle = number * 2.399963  # the golden angle
    return point[0] + 0.01 * math.cos(angle), point[1] + 0.01 * math.sin(angle)


def _find_shifts(
    places: Sequence[Point],
    wide: Sequence[float],
    high: Sequence[float],
    masses: Sequence[float],
) -> dict[int, Point]:
    """Where each node that stands too near to others is pushed, all at once; {} when none is.

    Applied together, so that a hub in the midst of its neighbours stays there.
    """
    shifts: dict[int, Point] = {}
    for i, j in _near(places, wide, high):
        room_x = wide[i] + wide[j] + _GAP
        dx = (places[j][0] - places[i][0]) / room_x
        if not -1.0 < dx < 1.0:
            continue
        room_y = high[i] + high[j] + _GAP
        dy = (places[j][1] - places[i][1]) / room_y
        distance = math.hypot(dx, dy)
        if distance >= 0.999:
            continue
        push = _FORCE * (1.02 - distance) / max(distance, 1e-9)
        share = masses[j] / (masses[i] + masses[j])
        push_x, push_y = dx * push * room_x, dy * push * room_y
        at_i, at_j = shifts.get(i, (0.0, 0.0)), shifts.get(j, (0.0, 0.0))
        shifts[i] = (at_i[0] - push_x * share, at_i[1] - push_y * share)
        shifts[j] = (at_j[0] + push_x * (1 - share), at_j[1] + push_y * (1 - share))
    return shifts


def _near(
    places: Sequence[Point], wide: Sequence[float], high: Sequence[float]
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
