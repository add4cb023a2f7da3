"""Where the nodes of a picture stand: worked out once, here, not by every reader's browser.

Each connected component is laid out by itself (Fruchterman and Reingold's springs, seeded, as
implemented by rustworkx), nodes that overlap are moved apart, and the components are packed so
that they fill a screen. The same graph gives the same coordinates on every run.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from queries.page.packing import pack
from queries.page.spacing import separate

Point = tuple[float, float]

_SEED = 11
_ASPECT = 1.6  # width to height of the room that a screen leaves for the picture
_SPACE = 130.0  # wished length of a tie, in units of the layout
_CROWD = 220  # from here on communities are laid out first, then their members


def lay_out(
    radii: Sequence[float], ties: Iterable[tuple[int, int]], *, label_room: bool = True
) -> list[Point]:
    """A place for every node; node ``i`` has radius ``radii[i]``, ``ties`` are pairs of numbers.

    No two circles overlap. With ``label_room`` there is also room for a name under each, which
    only small pictures can afford.
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in ties if a != b})
    parts = _find_components(len(radii), pairs)
    home = {node: number for number, part in enumerate(parts) for node in part}
    inside: list[list[tuple[int, int]]] = [[] for _ in parts]
    for a, b in pairs:
        inside[home[a]].append((a, b))
    placed, owned = [], []
    for part, own in zip(parts, inside, strict=True):
        number = {node: i for i, node in enumerate(part)}
        owned.append([(number[a], number[b]) for a, b in own])
        rough = _place(len(part), owned[-1])
        placed.append(separate(rough, [radii[node] for node in part], label_room=label_room))
    places: list[Point] = [(0.0, 0.0)] * len(radii)
    largest = max(radii, default=0.0)
    room = (largest + 44.0, largest + 16.0) if label_room else (largest + 9.0, largest + 9.0)
    for part, points in zip(parts, pack(placed, owned, _ASPECT, room), strict=True):
        for node, point in zip(part, points, strict=True):
            places[node] = (round(point[0], 1), round(point[1], 1))
    return places


def _find_components(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components, largest first, each in ascending order."""
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(pairs))
    parts = [sorted(part) for part in rustworkx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _place(size: int, pairs: Sequence[tuple[int, int]]) -> list[Point]:
    """Places of one component's nodes, ties about ``_SPACE`` long."""
    if size == 1:
        return [(0.0, 0.0)]
    if size == 2:
        return [(-_SPACE / 2, 0.0), (_SPACE / 2, 0.0)]
    if size > _CROWD:
        return _place_communities(size, pairs)
    return _lie_flat(_scale(_spring(size, pairs, untangle=size <= 150), pairs))


def _spring(size: int, pairs: Sequence[tuple[int, int]], *, untangle: bool = False) -> list[Point]:
    """Springs from a seeded start, or, to ``untangle`` a small graph, from a layout by stress.

    Springs alone leave small graphs folded over themselves; stress is too slow for large ones.
    """
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(pairs))
    start = dict(rustworkx.kamada_kawai_layout(graph).items()) if untangle else None
    rounds = 400 if size <= 150 else 120 if size <= 400 else 50
    found = rustworkx.spring_layout(graph, pos=start, seed=_SEED, num_iter=rounds)
    return [(float(found[i][0]), float(found[i][1])) for i in range(size)]


def _scale(
    points: list[Point], pairs: Sequence[tuple[int, int]], length: float = _SPACE
) -> list[Point]:
    """Stretched so that the middle one of the ties' lengths is ``length``."""
    lengths = sorted(math.dist(points[a], points[b]) for a, b in pairs)
    middle = lengths[len(lengths) // 2] if lengths else 0.0
    factor = length / middle if middle > 1e-9 else 1.0
    return [(x * factor, y * factor) for x, y in points]


def _lie_flat(points: list[Point]) -> list[Point]:
    """Turned so that the longest stretch lies level, as screens do."""
    n = len(points)
    mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    xx = sum((x - mx) ** 2 for x, _ in points)
    yy = sum((y - my) ** 2 for _, y in points)
    xy = sum((x - mx) * (y - my) for x, y in points)
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    return [((x - mx) * cos - (y - my) * sin, (x - mx) * sin + (y - my) * cos) for x, y in points]


def _place_communities(size: int, pairs: Sequence[tuple[int, int]]) -> list[Point]:
    """A crowd: communities (Louvain) as large springs, then the members of each about it."""
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(pairs)
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    groups = sorted((sorted(group) for group in found), key=lambda g: (-len(g), g[0]))
    home = {node: number for number, group in enumerate(groups) for node in group}
    between = sorted(
        {(min(home[a], home[b]), max(home[a], home[b])) for a, b in pairs if home[a] != home[b]}
    )
    inside: list[list[tuple[int, int]]] = [[] for _ in groups]
    for a, b in pairs:
        if home[a] == home[b]:
            inside[home[a]].append((a, b))
    centres = _spring(len(groups), between, untangle=len(groups) <= 60)
    reach = [_SPACE * 0.2 * math.sqrt(len(group)) for group in groups]
    apart = 2.2 * sum(reach) / len(reach)
    centres = separate(_scale(centres, between, apart), reach, label_room=False)
    places: list[Point] = [(0.0, 0.0)] * size
    for number, group in enumerate(groups):
        index = {node: i for i, node in enumerate(group)}
        own = [(index[a], index[b]) for a, b in inside[number]]
        around = _fit_circle(_spring(len(group), own), reach[number])
        for node, (x, y) in zip(group, around, strict=True):
            places[node] = (centres[number][0] + x, centres[number][1] + y)
    return _lie_flat(places)


def _fit_circle(points: list[Point], reach: float) -> list[Point]:
    n = len(points)
    mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    far = max(math.hypot(x - mx, y - my) for x, y in points) or 1.0
    return [((x - mx) * reach / far, (y - my) * reach / far) for x, y in points]
