"""GCJ-02, the shifted coordinates of Chinese web maps, to CGCS2000 (≈ WGS-84).

Formula: the public description of the offset (Krasovsky 1940 ellipsoid); the way back is found by iteration.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]
_A, _EE = 6378245.0, 0.00669342162296594323


def to_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Shifts true longitudes and latitudes (degrees) as the maps do. Outside China the maps do not shift; this does."""
    x, y = lon - 105.0, lat - 35.0
    wave = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    d_lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + wave
    d_lat += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    d_lat += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    d_lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + wave
    d_lon += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    d_lon += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    radians = np.radians(lat)
    magic = 1 - _EE * np.sin(radians) ** 2
    d_lat = d_lat * 180 / ((_A * (1 - _EE)) / (magic * np.sqrt(magic)) * np.pi)
    d_lon = d_lon * 180 / (_A / np.sqrt(magic) * np.cos(radians) * np.pi)
    return lon + d_lon, lat + d_lat


def from_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """True longitudes and latitudes of shifted ones, to about a centimetre."""
    true_lon, true_lat = lon.copy(), lat.copy()
    for _ in range(6):
        shifted_lon, shifted_lat = to_gcj(true_lon, true_lat)
        true_lon -= shifted_lon - lon
        true_lat -= shifted_lat - lat
    return true_lon, true_lat
