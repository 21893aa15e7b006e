"""Runs of pixels of one view kept in a file, so that the next start shows the map at once. No Qt, any thread."""

from __future__ import annotations

import os
import zlib
from dataclasses import astuple
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .piece import Piece, Place, Source
from .raster import Runs, Shapes

MAGIC = 0x4D53_4332
HEAD = 6  # magic, mark of the geometry, pieces, checksum, reserved, reserved
PER_PIECE = 6  # level, left, top, width, height, runs


def geometry_mark(shapes: Shapes) -> int:
    """A checksum of the polygons: saved ids of another geometry are worthless."""
    return zlib.crc32(
        shapes.first.tobytes(), zlib.crc32(shapes.edges.ay.tobytes(), zlib.crc32(shapes.edges.ax.tobytes()))
    )


def write_runs(path: Path, source: Source, pieces: list[Piece]) -> None:
    """Writes the runs of some pieces; the file appears whole or not at all. Raises OSError."""
    head = [v for p in pieces for v in (*astuple(p.place), len(p.runs.row))]
    parts: list[npt.NDArray[np.integer]] = [
        np.array(head, np.int64),
        *(np.concatenate((p.runs.row, p.runs.start, p.runs.length)) for p in pieces),
    ]
    body = b"".join(part.tobytes() for part in parts)
    first = np.array([MAGIC, geometry_mark(source.shapes), len(pieces), zlib.crc32(body), 0, 0], np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(first.tobytes() + body)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_runs(path: Path, source: Source) -> dict[Place, Runs]:
    """The runs by place; empty when the file is missing, broken, or of another geometry."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if len(data) < HEAD * 8:
        return {}
    magic, mark, count, check, _, _ = (int(v) for v in np.frombuffer(data, np.int64, HEAD))
    body = memoryview(data)[HEAD * 8 :]
    if magic != MAGIC or not 0 <= count <= 4096 or zlib.crc32(body) != check:
        return {}
    if mark != geometry_mark(source.shapes) or len(body) < count * PER_PIECE * 8:
        return {}
    head = np.frombuffer(body, np.int64, count * PER_PIECE).reshape(count, PER_PIECE)
    numbers: npt.NDArray[np.int32] = np.frombuffer(body[count * PER_PIECE * 8 :], np.int32)
    if int(head[:, 5].sum()) * 3 != len(numbers):
        return {}
    out: dict[Place, Runs] = {}
    at = 0
    for *place, runs in head.tolist():
        row_, start, length = (numbers[at + i * runs : at + (i + 1) * runs] for i in range(3))
        out[Place(*place)] = Runs(row_, start, length)
        at += 3 * runs
    return out
