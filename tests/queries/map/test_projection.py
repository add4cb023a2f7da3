from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.map import HEIGHT, WIDTH, project

MIDDLE = 11.4  # degrees east


def test_the_middle_of_the_map_is_on_the_equator() -> None:
    assert project(MIDDLE, 0.0) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.5)


def test_a_pole_is_a_line_of_the_length_that_the_projection_is_known_for() -> None:
    west, east = project(MIDDLE - 180, 90.0), project(MIDDLE + 179.999, 90.0)

    assert west[1] == pytest.approx(0.0, abs=0.5)
    assert (east[0] - west[0]) / WIDTH == pytest.approx(0.59247, abs=0.001)


@pytest.mark.parametrize("south", [0, 20, 40, 60, 70])
def test_areas_keep_their_proportions(south: int) -> None:
    """A belt of the map is as large as that of the sphere: as the sine of its latitudes."""
    from math import radians, sin

    def belt(low: float, high: float) -> float:
        wide = [project(MIDDLE + 90, lat)[0] - WIDTH / 2 for lat in (low, (low + high) / 2, high)]
        tall = project(0, low)[1] - project(0, high)[1]
        return (wide[0] + 4 * wide[1] + wide[2]) / 6 * tall

    share = belt(south, south + 10) / belt(0, 10)
    wanted = (sin(radians(south + 10)) - sin(radians(south))) / sin(radians(10))
    assert share == pytest.approx(wanted, rel=0.01)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_earth_is_on_the_map(longitude: float, latitude: float) -> None:
    x, y = project(longitude, latitude)

    assert -0.5 <= x <= WIDTH + 0.5
    assert -0.5 <= y <= HEIGHT + 0.5


def test_bering_strait_is_where_the_map_ends() -> None:
    alaska, chukotka = project(-167.0, 65.5), project(-172.0, 65.5)

    assert alaska[0] < WIDTH / 2 < chukotka[0]
