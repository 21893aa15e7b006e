"""Runs of pixels of one view kept in a file, so that the next start shows the map at once. No Qt, any thread."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .raster import Runs, Shapes
from .tiles import SIDE, Source, Tile, TileKey

MAGIC = 0x4D53_4331
HEAD = 6  # magic, side, mark of the geometry, tiles, checksum, reserved
PER_TILE = 4  # level, column, row, runs


def geometry_mark(shapes: Shapes) -> int:
    """A checksum of the polygons: saved ids of another geometry are worthless."""
    return zlib.crc32(
        shapes.first.tobytes(), zlib.crc32(shapes.edges.ay.tobytes(), zlib.crc32(shapes.edges.ax.tobytes()))
    )


def write_runs(path: Path, source: Source, tiles: list[Tile]) -> None:
    """Writes the runs of some tiles; the file appears whole or not at all. Raises OSError."""
    head = [v for tile in tiles for v in (*tile.key, len(tile.runs.row))]
    parts: list[npt.NDArray[np.integer]] = [
        np.array(head, np.int64),
        *(np.concatenate((t.runs.row, t.runs.start, t.runs.length)) for t in tiles),
    ]
    body = b"".join(part.tobytes() for part in parts)
    first = np.array([MAGIC, SIDE, geometry_mark(source.shapes), len(tiles), zlib.crc32(body), 0], np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(first.tobytes() + body)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_runs(path: Path, source: Source) -> dict[TileKey, Runs]:
    """The runs by tile; empty when the file is missing, broken, or of another geometry."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if len(data) < HEAD * 8:
        return {}
    magic, side, mark, count, check, _ = (int(v) for v in np.frombuffer(data, np.int64, HEAD))
    body = memoryview(data)[HEAD * 8 :]
    if magic != MAGIC or side != SIDE or not 0 <= count <= 4096 or zlib.crc32(body) != check:
        return {}
    if mark != geometry_mark(source.shapes) or len(body) < count * PER_TILE * 8:
        return {}
    head = np.frombuffer(body, np.int64, count * PER_TILE).reshape(count, PER_TILE)
    numbers: npt.NDArray[np.int32] = np.frombuffer(body[count * PER_TILE * 8 :], np.int32)
    if int(head[:, 3].sum()) * 3 != len(numbers):
        return {}
    out: dict[TileKey, Runs] = {}
    at = 0
    for level, column, row, runs in head.tolist():
        row_, start, length = (numbers[at + i * runs : at + (i + 1) * runs] for i in range(3))
        out[level, column, row] = Runs(row_, start, length)
        at += 3 * runs
    return out
