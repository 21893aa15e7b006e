"""Turns polygons into runs of pixels and lines into coverage, with numpy alone.

Owns no state and knows no Qt; every function may run on any thread and spends its time outside the interpreter
lock. A pixel belongs to the polygon that holds its centre (even-odd rule, so holes need no orientation).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from commandscreen.domain.grid import GridTable

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.floating]
Pixels = npt.NDArray[np.uint32]


PORTION = 8_000  # polygons, or segments, worked on at once
MANY = 20_000  # numbers of which it matters whether the interpreter lock is kept


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of pixels over the world: the west and north edge in cm, cm per pixel, and its size in pixels."""

    west: float
    north: float
    scale: float
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Horizontal runs of pixels, ordered by grid row: the index from a grid to the pixels it owns.

    row, start, length: int32[r]; `start` counts pixels from the window's upper left corner, line by line.
    """

    row: Ints
    start: Ints
    length: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Line segments in centimetres, int32[e] each."""

    ax: Ints
    ay: Ints
    bx: Ints
    by: Ints


@dataclass(frozen=True, eq=False)
class Shapes:
    """All polygons of a grid table as directed edges, with each polygon's box (cm).

    Edges of row i are first[i]:first[i+1], holes included.
    """

    edges: Segments
    first: Ints
    west: Ints
    south: Ints
    east: Ints
    north: Ints

    @cached_property
    def area(self) -> npt.NDArray[np.float32]:
        """Square metres of each polygon; found when first asked for, since the first picture can do without."""
        area = np.zeros(len(self), np.float32)
        full = np.flatnonzero(self.first[1:] > self.first[:-1])
        if len(full):
            e = self.edges
            cross = e.ax.astype(np.float64) * e.by
            cross -= e.bx.astype(np.float64) * e.ay
            area[full] = np.abs(np.add.reduceat(cross, self.first[full].astype(np.int64))) / 2e4
        return area

    def __len__(self) -> int:
        return len(self.first) - 1

    def inside(self, window: Window) -> Longs:
        """Rows whose box touches the window, ascending."""
        east = window.west + window.width * window.scale
        south = window.north - window.height * window.scale
        return np.flatnonzero(
            (self.west < east) & (self.east > window.west) & (self.south < window.north) & (self.north > south)
        )

    def holds(self, row: int, x: float, y: float) -> bool:
        """Whether the polygon of a row holds a point (cm), by the same rule as the raster."""
        span = slice(int(self.first[row]), int(self.first[row + 1]))
        e = self.edges
        ax, ay = e.ax[span].astype(np.float64), e.ay[span].astype(np.float64)
        bx, by = e.bx[span].astype(np.float64), e.by[span].astype(np.float64)
        cut = (ay > y) != (by > y)
        if not cut.any():
            return False
        ax, ay, bx, by = ax[cut], ay[cut], bx[cut], by[cut]
        return bool(np.count_nonzero(x < ax + (y - ay) * (bx - ax) / (by - ay)) & 1)

    def at(self, x: float, y: float) -> int | None:
        """The row of the polygon that holds a point (cm), by geometry; None outside all of them."""
        near = np.flatnonzero((self.west <= x) & (self.east >= x) & (self.south <= y) & (self.north >= y))
        return next((int(row) for row in near[::-1] if self.holds(int(row), x, y)), None)


def shapes_of(grids: GridTable) -> Shapes:
    """The edges and boxes of a grid table. A grid without vertices gets an empty box and no area."""
    x, y = np.ascontiguousarray(grids.xy[:, 0]), np.ascontiguousarray(grids.xy[:, 1])
    begin, end = grids.ring_start[:-1], grids.ring_start[1:]
    filled = end > begin
    begin, last = begin[filled], end[filled] - 1
    bx, by = np.empty_like(x), np.empty_like(y)
    bx[:-1], by[:-1] = x[1:], y[1:]
    bx[last], by[last] = x[begin], y[begin]
    first = grids.ring_start[grids.grid_ring].astype(np.int32)
    boxes = [np.zeros(len(grids), np.int32) for _ in range(4)]
    full = np.flatnonzero(first[1:] > first[:-1])
    if len(full):
        at = first[full].astype(np.int64)
        for box, reduce, values in zip(
            boxes, (np.minimum, np.minimum, np.maximum, np.maximum), (x, y, x, y), strict=True
        ):
            box[full] = reduce.reduceat(values, at)
    return Shapes(Segments(x, y, bx, by), first, boxes[0], boxes[1], boxes[2], boxes[3])


def spread(start: npt.NDArray[np.integer], count: npt.NDArray[np.integer]) -> Longs:
    """All whole numbers of the ranges start[i] .. start[i]+count[i]-1, one after the other."""
    ends = np.cumsum(count, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    shift = (start - (ends - count)).astype(np.int64, copy=False)
    if total < MANY:
        out: Longs = np.repeat(shift, count)
    else:
        some = np.flatnonzero(count)
        out = shift[some][repeated(count[some])]
    out += np.arange(total)
    return out


def portions(shapes: Shapes, window: Window) -> list[Longs]:
    """The rows of a window in portions for `scan_some`: what fits the processor's cache is faster, and memory stays
    small."""
    rows = shapes.inside(window)
    return [rows[i : i + PORTION] for i in range(0, max(len(rows), 1), PORTION)]


def joined(parts: list[Runs]) -> Runs:
    """The runs of all portions, given in their order."""
    if len(parts) == 1:
        return parts[0]
    return Runs(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.length for part in parts]),
    )


def scan(shapes: Shapes, window: Window) -> Runs:
    """Which pixels of a window each polygon owns."""
    return joined([scan_some(shapes, window, rows) for rows in portions(shapes, window)])


def scan_some(shapes: Shapes, window: Window, rows: Longs) -> Runs:
    """Which pixels some polygons own (rows ascending): crossings of every pixel line, sorted, taken in pairs."""
    e = shapes.edges
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        span = slice(int(shapes.first[rows[0]]), int(shapes.first[rows[-1] + 1]))
        ax, ay, bx, by = e.ax[span], e.ay[span], e.bx[span], e.by[span]
    else:
        edge = spread(shapes.first[rows], shapes.first[rows + 1] - shapes.first[rows])
        ax, ay, bx, by = e.ax[edge], e.ay[edge], e.bx[edge], e.by[edge]
    # y grows downwards; both neighbours of a shared edge must do the same sums, so the upper end always leads
    ra, rb = _first_line(ay, window), _first_line(by, window)
    cut = np.flatnonzero(ra != rb)
    if not len(cut):
        nothing = np.zeros(0, np.int32)
        return Runs(nothing, nothing, nothing)
    ax, ay, bx, by, ra, rb = ax[cut], ay[cut], bx[cut], by[cut], ra[cut], rb[cut]
    owner = np.repeat(np.arange(len(rows)), shapes.first[rows + 1] - shapes.first[rows])[cut]
    r0 = np.minimum(ra, rb)
    lines = np.abs(rb - ra)
    down = ay > by
    y0 = (window.north - np.where(down, ay, by)) / window.scale - 0.5
    y1 = (window.north - np.where(down, by, ay)) / window.scale - 0.5
    x0 = (np.where(down, ax, bx) - window.west) / window.scale - 0.5
    x1 = (np.where(down, bx, ax) - window.west) / window.scale - 0.5
    slope = (x1 - x0) / (y1 - y0)
    x0 += (r0 - y0) * slope
    which = repeated(lines)
    step = np.arange(len(which)) - (np.cumsum(lines) - lines)[which]
    column = np.clip(np.ceil(x0[which] + step * slope[which]), 0, window.width).astype(np.int64)
    # one number a crossing: polygon, line, column; powers of two, for shifting is cheaper than dividing
    high, wide = window.height.bit_length(), window.width.bit_length()
    key = ((owner << high) + r0)[which]
    key += step
    key <<= wide
    key |= column
    key.sort(kind="stable")  # they are nearly in order, which a merge sort sees: four times as fast
    left = key[0::2]
    length = key[1::2] - left  # both ends lie on one line of one polygon
    some = np.flatnonzero(length)
    left = left[some]
    column = left & ((1 << wide) - 1)
    left >>= wide
    line = left & ((1 << high) - 1)
    line *= window.width
    line += column
    left >>= high
    return Runs(rows[left].astype(np.int32), line.astype(np.int32), length[some].astype(np.int32))


def _first_line(y: Ints, window: Window) -> Ints:
    """The first pixel line of a window whose middle lies not above a height (cm)."""
    line = (window.north - y) / window.scale
    line -= 0.5
    np.ceil(line, out=line)
    np.clip(line, 0, window.height, out=line)
    return line.astype(np.int32)


def repeated(count: npt.NDArray[np.integer]) -> Longs:
    """0, 1, 2, … each as often as `count` (all above 0) says.

    As `np.repeat` has it, which keeps the interpreter lock from the first element to the last; sums do not.
    """
    ends = np.cumsum(count)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.int64)
    out[ends[:-1]] = 1
    return np.cumsum(out, out=out)


def slots_of(runs: Runs, first: npt.NDArray[np.integer], pixels: int) -> npt.NDArray[np.unsignedinteger]:
    """1 + the position in `first` (where each row's runs begin) of the owner of each pixel, 0 for none.

    In 16 bits wherever that is enough. Where polygons overlap the later row wins.
    """
    kind = np.uint16 if len(first) < 0xFFFF else np.uint32
    slots: npt.NDArray[np.unsignedinteger] = np.zeros(pixels, kind)
    slot = np.repeat(np.arange(1, len(first) + 1, dtype=kind), np.diff(first, append=len(runs.row)))
    for begin in range(0, len(slot), PORTION):
        part = slice(begin, begin + PORTION)
        which = repeated(runs.length[part])
        at = np.arange(len(which))
        at += (runs.start[part] - (np.cumsum(runs.length[part]) - runs.length[part]))[which]
        slots[at] = slot[part][which]
    return slots


def fill(runs: Runs, pixels: int) -> Ints:
    """Row + 1 of the owner of each pixel, 0 for none: int32[pixels]. Where polygons overlap the later row wins."""
    ids = np.zeros(pixels, np.int32)
    ids[spread(runs.start, runs.length)] = np.repeat(runs.row + np.int32(1), runs.length)
    return ids


def segments_of(lines: list[npt.NDArray[np.int32]], closed: bool) -> Segments:
    """Segments of polylines or rings, int32[v,2] each."""
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        empty = np.zeros(0, np.int32)
        return Segments(empty, empty, empty, empty)
    points = np.concatenate(lines).astype(np.int32)
    ends = np.cumsum([len(line) for line in lines])
    follow = np.arange(1, len(points) + 1)
    follow[ends - 1] = np.concatenate(([0], ends[:-1])) if closed else ends - 1
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    return Segments(x, y, x[follow], y[follow])


def edges_inside(shapes: Shapes, window: Window) -> Segments:
    """The edges of every polygon that touches a window."""
    rows = shapes.inside(window)
    edge = spread(shapes.first[rows], shapes.first[rows + 1] - shapes.first[rows])
    e = shapes.edges
    return Segments(e.ax[edge], e.ay[edge], e.bx[edge], e.by[edge])


def coverage(segments: Segments, window: Window, width: float) -> npt.NDArray[np.float32]:
    """How much of each pixel a stroke of `width` pixels covers, 0..1: float32[pixels]."""
    out = np.zeros(window.width * window.height, np.float32)
    pad = (width / 2 + 1) * window.scale
    east, south = window.west + window.width * window.scale, window.north - window.height * window.scale
    near = np.flatnonzero(
        (np.minimum(segments.ax, segments.bx) < east + pad)
        & (np.maximum(segments.ax, segments.bx) > window.west - pad)
        & (np.minimum(segments.ay, segments.by) < window.north + pad)
        & (np.maximum(segments.ay, segments.by) > south - pad)
    )
    size, turned = (window.width, window.height), (window.height, window.width)
    for begin in range(0, len(near), PORTION):
        some = near[begin : begin + PORTION]
        ax = (segments.ax[some] - window.west) / window.scale
        bx = (segments.bx[some] - window.west) / window.scale
        ay = (window.north - segments.ay[some]) / window.scale
        by = (window.north - segments.by[some]) / window.scale
        flat = np.abs(bx - ax) >= np.abs(by - ay)
        steep = ~flat
        _stroke(out, ax[flat], ay[flat], bx[flat], by[flat], width, size, (1, window.width))
        _stroke(out, ay[steep], ax[steep], by[steep], bx[steep], width, turned, (window.width, 1))
    return out


def _stroke(
    out: npt.NDArray[np.float32],
    ax: Floats,
    ay: Floats,
    bx: Floats,
    by: Floats,
    width: float,
    size: tuple[int, int],
    stride: tuple[int, int],
) -> None:
    """Strokes segments that run mostly along the first axis: one sample a pixel along it, several across."""
    swap = ax > bx
    x0, x1 = np.where(swap, bx, ax), np.where(swap, ax, bx)
    y0, y1 = np.where(swap, by, ay), np.where(swap, ay, by)
    slope = (y1 - y0) / np.maximum(x1 - x0, 1e-9)
    c0 = np.clip(np.floor(x0), 0, size[0]).astype(np.int64)
    c1 = np.clip(np.floor(x1) + 1, 0, size[0]).astype(np.int64)
    long = np.flatnonzero(c1 > c0)
    if not len(long):
        return
    x0, x1, y0, slope, c0 = x0[long], x1[long], y0[long], slope[long], c0[long]
    count = c1[long] - c0
    which = repeated(count)
    column = np.arange(len(which)) + (c0 - (np.cumsum(count) - count))[which]
    along = np.clip(column + 0.5, x0[which], x1[which]) - x0[which]
    middle = y0[which] + along * slope[which]
    lean = (1 / np.sqrt(1 + slope * slope))[which]
    base = np.floor(middle)
    reach = int(np.ceil(width / 2 * 1.42 + 0.5))
    for across in range(-reach, reach + 1):
        line = base + across
        cover = width / 2 + 0.5 - np.abs(line + 0.5 - middle) * lean
        # a line thinner than a pixel covers no more of it than its width
        seen = (cover > 0) & (line >= 0) & (line < size[1])
        at = column[seen] * stride[0] + line[seen].astype(np.int64) * stride[1]
        out[at] = np.maximum(out[at], np.minimum(cover[seen], min(width, 1.0)).astype(np.float32))
