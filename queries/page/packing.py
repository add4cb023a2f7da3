"""The components of a picture set close together, so that together they fill a screen.

After Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the polyomino packing
approach" (2001): each component is the set of grid cells that it covers, and the next one goes
where the whole grows least, also into a bay of a larger one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Pair = tuple[int, int]
Cells = set[Pair]
Box = tuple[int, int, int, int]

_FINEST = 36.0  # the side of a cell, in units of the layout
_ACROSS = 48  # at most so many cells lie side by side


def pack(
    parts: Sequence[Sequence[Point]],
    ties: Sequence[Sequence[Pair]],
    aspect: float,
    room: tuple[float, float],
) -> list[list[Point]]:
    """Each part moved to a place of its own; the whole is about ``aspect`` as wide as high.

    ``parts`` come largest first; ``ties`` are the pairs of each part's own numbers; ``room`` is
    what a node keeps free at its sides and above and below. The whole is centred on (0, 0).
    """
    if not parts:
        return []
    side = _choose_cell(parts, room)
    taken: Cells = set()
    whole: Box | None = None
    placed: list[list[Point]] = []
    tried: dict[tuple[frozenset[Pair], Box], Iterator[Pair]] = {}
    for part, pairs in zip(parts, ties, strict=True):
        cells = _cover(part, pairs, side, room)
        box = _bound(cells)
        at = (0, 0)
        if whole is not None:
            # Places that were no use to a part of the same form are none to this one either.
            moves = tried.setdefault((frozenset(cells), whole), _rank_moves(box, whole, aspect))
            at = _find_place(cells, moves, taken)
        taken |= {(x + at[0], y + at[1]) for x, y in cells}
        moved = _move(box, at)
        whole = moved if whole is None else _join(whole, moved)
        placed.append([(x + at[0] * side, y + at[1] * side) for x, y in part])
    xs = [x for part in placed for x, _ in part]
    ys = [y for part in placed for _, y in part]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return [[(x - middle[0], y - middle[1]) for x, y in part] for part in placed]


def _choose_cell(parts: Sequence[Sequence[Point]], room: tuple[float, float]) -> float:
    area = 0.0
    for part in parts:
        xs, ys = [x for x, _ in part], [y for _, y in part]
        wide, high = max(xs) - min(xs) + 2 * room[0], max(ys) - min(ys) + 2 * room[1]
        area += wide * high
    return max(_FINEST, math.sqrt(area) / _ACROSS)


def _cover(
    part: Sequence[Point], pairs: Sequence[Pair], side: float, room: tuple[float, float]
) -> Cells:
    """The cells that the part's nodes, the room about them, and its ties lie in."""
    cells: Cells = set()
    for x, y in part:
        for column in range(_cell(x - room[0], side), _cell(x + room[0], side) + 1):
            for row in range(_cell(y - room[1], side), _cell(y + room[1], side) + 1):
                cells.add((column, row))
    for a, b in pairs:
        steps = int(math.dist(part[a], part[b]) / side * 2) + 1
        for step in range(steps):
            share = step / steps
            x = part[a][0] + (part[b][0] - part[a][0]) * share
            y = part[a][1] + (part[b][1] - part[a][1]) * share
            cells.add((_cell(x, side), _cell(y, side)))
    return cells


def _find_place(cells: Cells, moves: Iterator[Pair], taken: Cells) -> Pair:
    """By how many cells to move a part: the first of ``moves`` where it meets no other."""
    return next(
        move for move in moves if not any((x + move[0], y + move[1]) in taken for x, y in cells)
    )


def _rank_moves(box: Box, whole: Box, aspect: float) -> Iterator[Pair]:
    """Moves of a part, those first by which the whole grows least; the last lead outside it.

    A generator, so that ranking costs nothing until it is asked for.
    """
    wide, high = box[2] - box[0], box[3] - box[1]
    middle = ((whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2)

    def cost(move: Pair) -> tuple[float, float, Pair]:
        moved = _move(box, move)
        joined = _join(whole, moved)
        size = max(joined[2] - joined[0] + 1, (joined[3] - joined[1] + 1) * aspect)
        aside_x = (moved[0] + moved[2]) / 2 - middle[0]
        aside_y = (moved[1] + moved[3]) / 2 - middle[1]
        return size, math.hypot(aside_x, aside_y * aspect), move

    moves = [
        (left - box[0], top - box[1])
        for left in range(whole[0] - wide - 1, whole[2] + 2)
        for top in range(whole[1] - high - 1, whole[3] + 2)
    ]
    yield from sorted(moves, key=cost)


def _move(box: Box, by: Pair) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


def _cell(value: float, side: float) -> int:
    return math.floor(value / side)


def _bound(cells: Cells) -> Box:
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    return min(xs), min(ys), max(xs), max(ys)


def _join(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
