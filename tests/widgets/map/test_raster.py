"""Every pixel belongs to the polygon that holds its centre."""

from __future__ import annotations

import numpy as np
import pytest
from cities import squares, table

from commandscreen.widgets.map.raster import Window, coverage, fill, scan, segments_of, shapes_of, spread


def by_geometry(shapes, window: Window) -> np.ndarray:
    out = np.zeros((window.height, window.width), np.int32)
    for y in range(window.height):
        for x in range(window.width):
            east = window.west + (x + 0.5) * window.scale
            north = window.north - (y + 0.5) * window.scale
            row = shapes.at(east, north)
            out[y, x] = 0 if row is None else row + 1
    return out


def painted(shapes, window: Window) -> np.ndarray:
    return fill(scan(shapes, window), window.width * window.height).reshape(window.height, window.width)


def test_squares_fill_exactly_their_pixels() -> None:
    shapes = shapes_of(squares(3, 2, side=400))
    ids = painted(shapes, Window(0, 800, 100, 12, 8))
    expected = np.kron(np.array([[4, 5, 6], [1, 2, 3]]), np.ones((4, 4), int))
    assert np.array_equal(ids, expected)


@pytest.mark.parametrize("seed", range(4))
def test_random_tiling_agrees_with_point_in_polygon(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 6
    x, y = np.meshgrid(np.arange(n + 1) * 1000, np.arange(n + 1) * 1000)
    x = x + rng.integers(-380, 381, x.shape)
    y = y + rng.integers(-380, 381, y.shape)
    polygons = [
        [np.array([(x[c], y[c]) for c in ((j, i), (j, i + 1), (j + 1, i + 1), (j + 1, i))])]
        for j in range(n)
        for i in range(n)
    ]
    codes = [2103040150010000 + i for i in range(n * n)]
    shapes = shapes_of(table(codes, polygons))
    window = Window(-700.0, 6900.0, 137.0, 60, 60)
    assert np.array_equal(painted(shapes, window), by_geometry(shapes, window))
    inner = painted(shapes, Window(1000.0, 4000.0, 77.0, 30, 30))
    assert (inner > 0).all(), "no pixel between neighbours stays empty"


def test_holes_are_left_open_and_filled_by_their_owner() -> None:
    outer = np.array([(0, 0), (1000, 0), (1000, 1000), (0, 1000)])
    hole = np.array([(300, 300), (700, 300), (700, 700), (300, 700)])
    window = Window(0, 1000, 100, 10, 10)
    for turned in (hole, hole[::-1]):
        ids = painted(shapes_of(table([1], [[outer, turned]])), window)
        assert ids[5, 5] == 0 and ids[2, 5] == 1 and np.count_nonzero(ids) == 84
        both = painted(shapes_of(table([1, 2], [[outer, turned], [hole]])), window)
        assert both[5, 5] == 2 and np.count_nonzero(both == 2) == 16 and (both > 0).all()


def test_a_polygon_between_pixel_centres_owns_none() -> None:
    tiny = np.array([(10, 10), (40, 10), (40, 40), (10, 40)])
    runs = scan(shapes_of(table([1], [[tiny]])), Window(0, 1000, 100, 10, 10))
    assert len(runs.row) == 0


def test_runs_are_ordered_by_grid_and_name_every_pixel_once() -> None:
    shapes = shapes_of(squares(9, 7, side=730))
    window = Window(-50.0, 5200.0, 91.0, 80, 64)
    runs = scan(shapes, window)
    assert (np.diff(runs.row) >= 0).all()
    at = spread(runs.start, runs.length)
    assert len(np.unique(at)) == len(at)
    ids = fill(runs, window.width * window.height)
    assert np.array_equal(ids[at], np.repeat(runs.row + 1, runs.length))


def test_a_window_outside_and_an_empty_polygon_do_no_harm() -> None:
    shapes = shapes_of(table([1, 2], [[np.zeros((0, 2))], [np.array([(0, 0), (500, 0), (500, 500)])]]))
    assert shapes.area[0] == 0 and shapes.area[1] == pytest.approx(12.5)
    assert len(scan(shapes, Window(9e6, 9e6, 100, 10, 10)).row) == 0
    assert set(scan(shapes, Window(0, 500, 50, 10, 10)).row.tolist()) == {1}


def test_neighbouring_windows_meet_without_seam() -> None:
    shapes = shapes_of(squares(5, 5, side=333))
    whole = painted(shapes, Window(0, 1665, 20, 84, 84))
    left = painted(shapes, Window(0, 1665, 20, 42, 84))
    right = painted(shapes, Window(840, 1665, 20, 42, 84))
    assert np.array_equal(whole, np.hstack((left, right)))


def test_coverage_of_a_level_line_is_its_width() -> None:
    line = segments_of([np.array([(0, 500), (1000, 500)], np.int32)], closed=False)
    cover = coverage(line, Window(0, 1000, 10, 100, 100), 2.0).reshape(100, 100)
    assert np.allclose(cover[:, 50].sum(), 2.0, atol=0.01)
    slanted = segments_of([np.array([(0, 0), (1000, 700)], np.int32)], closed=False)
    cover = coverage(slanted, Window(0, 1000, 10, 100, 100), 2.0).reshape(100, 100)
    assert cover[:, 50].sum() == pytest.approx(2.0 * np.hypot(1, 0.7), abs=0.25)
    assert cover.max() <= 1
