"""Where a point of the earth stands on the map: the Equal Earth projection.

Areas keep their proportions and shapes stay familiar, so that a marker in Africa is as far from
its coast as one in Europe. Source: Šavrič, Patterson and Jenny, "The Equal Earth map projection",
International Journal of Geographical Information Science 33 (2019).
"""

from __future__ import annotations

import math

Point = tuple[float, float]

WIDTH = 10_000  # of the whole map, in its units
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_MIDDLE = 11.4  # degrees east in the middle: the map then ends in Bering Strait


def project(longitude: float, latitude: float) -> Point:
    """Degrees east and north to x and y, from the map's upper left corner, in units of WIDTH."""
    turned = (longitude - _MIDDLE + 180) % 360 - 180
    x, y = _project(math.radians(turned), math.radians(latitude))
    return (x / _REACH[0] + 1) * WIDTH / 2, (_REACH[1] - y) * WIDTH / (2 * _REACH[0])


def _project(longitude: float, latitude: float) -> Point:
    a1, a2, a3, a4 = _A
    t = math.asin(_M * math.sin(latitude))
    t2 = t * t
    t6 = t2**3
    down = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    return longitude * math.cos(t) / (_M * down), t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


_REACH = (_project(math.pi, 0.0)[0], _project(0.0, math.pi / 2)[1])
HEIGHT = round(WIDTH * _REACH[1] / _REACH[0])
