"""Photo-like pictures of invented places, as PNG, by numpy and zlib alone: a corridor, a pipe, a wall, a road.

Muted like the real thing under bad light; deterministic by seed; marked as demo by a light band in the corner.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 320, 200
SCENES = ("corridor", "pipe", "wall", "road")
Picture = npt.NDArray[np.float64]


def png(scene: str, seed: int, mended: bool = False) -> bytes:
    """A picture's PNG file. `mended` shows it after the work: drier, cleaner, lighter."""
    rng = np.random.default_rng((seed, SCENES.index(scene)))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    base = {"corridor": _corridor, "pipe": _pipe, "wall": _wall, "road": _road}[scene](x, y, rng, mended)
    light = 0.82 + 0.25 * np.exp(-(((x - WIDTH * 0.5) / 190) ** 2 + ((y - 30) / 150) ** 2))
    picture = base * light[..., None] * (1.08 if mended else 1.0)
    picture += rng.normal(0, 4, (HEIGHT, WIDTH, 1)) + rng.normal(0, 1.5, (HEIGHT, WIDTH, 3))
    band = (x + y) < 26
    picture[band] = picture[band] * 0.4 + 140
    return _encode(np.clip(picture, 0, 255).astype(np.uint8))


def _solid(x: Picture, colour: tuple[int, int, int]) -> Picture:
    return np.broadcast_to(np.array(colour, np.float64), (*x.shape, 3)).copy()


def _corridor(x: Picture, y: Picture, rng: np.random.Generator, mended: bool) -> Picture:
    picture = _solid(x, (150, 152, 148))
    floor = y > HEIGHT * 0.55 + np.abs(x - WIDTH / 2) * 0.28
    walls = (np.abs(x - WIDTH / 2) > 52 + (y - 60) * 0.35) & ~floor
    picture[walls] = (128, 132, 130)
    picture[floor] = (104, 106, 104)
    door = (np.abs(x - WIDTH / 2) < 34) & (y > 52) & (y < 118)
    picture[door] = (92, 98, 106)
    picture[door & (np.abs(x - WIDTH / 2) < 1.5)] = (60, 64, 70)
    if not mended:
        wet = floor & (np.hypot((x - WIDTH / 2 + rng.uniform(-20, 20)) / 120, (y - 168) / 34) < 1)
        shine = 0.5 + 0.5 * np.sin(x / 9 + np.sin(y / 5) * 2)
        picture[wet] = (np.array((74, 92, 108)) + 46 * shine[..., None])[wet]
    return picture


def _pipe(x: Picture, y: Picture, rng: np.random.Generator, mended: bool) -> Picture:
    picture = _solid(x, (136, 134, 128))
    depth = np.abs(y - 96) / 24
    pipe = depth < 1
    shade = np.sqrt(np.clip(1 - depth**2, 0, 1))
    picture[pipe] = (np.array((118, 58, 48)) * (0.55 + 0.6 * shade[..., None]))[pipe]
    joint = (np.abs(x - 160) < 13) & (depth < 1.25)
    picture[joint] = (98, 98, 96)
    if mended:
        wheel = np.abs(np.hypot((x - 160) / 1.5, y - 56) - 20) < 4
        picture[wheel] = (150, 60, 50)
        picture[(np.abs(x - 160) < 3) & (y > 56) & (y < 84)] = (110, 110, 108)
    else:
        spray = (np.abs(x - 160 - rng.normal(0, 1)) < (y - 96) * 0.35) & (y > 100)
        picture[spray] = picture[spray] * 0.5 + 92
    return picture


def _wall(x: Picture, y: Picture, rng: np.random.Generator, mended: bool) -> Picture:
    picture = _solid(x, (142, 130, 118))
    row = np.floor(y / 16)
    mortar = (y % 16 < 2) | ((x + (row % 2) * 20) % 40 < 2)
    picture[mortar] = (112, 106, 100)
    if not mended:
        hole = np.hypot((x - 170 - 14 * np.sin(y / 9)) / 58, (y - 92) / 44) < 1
        picture[hole] = (88, 84, 82)
        crack = np.abs(x - 90 - 12 * np.sin(y / 13)) < 1.6
        picture[crack] = (58, 56, 54)
    return picture


def _road(x: Picture, y: Picture, rng: np.random.Generator, mended: bool) -> Picture:
    picture = _solid(x, (148, 154, 158))
    road = y > 62 + np.abs(x - 160) * 0.05
    picture[road] = (96, 97, 98)
    picture[road & (np.abs(x - 160) < (y - 50) * 0.04) & ((y // 22) % 2 == 0)] = (176, 176, 168)
    picture[(y > 46) & (y <= 62)] = (104, 114, 100)
    if not mended:
        for _ in range(3):
            cx, cy = rng.uniform(70, 250), rng.uniform(110, 180)
            hole = np.hypot((x - cx) / 34, (y - cy) / 13) < 1
            picture[hole] = (62, 62, 62)
    return picture


def _encode(picture: npt.NDArray[np.uint8]) -> bytes:
    height, width, _ = picture.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), picture.reshape(height, width * 3)], axis=1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)) + chunk(
        b"IEND", b""
    )  # fmt: skip
