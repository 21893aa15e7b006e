"""Administrative divisions: city, county or district, township or street, village or community."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

COMMUNITY_FACTOR = 1_000


class Level(IntEnum):
    """Floors of the administrative tree; a larger number is closer to the ground."""

    CITY = 0
    COUNTY = 1
    TOWNSHIP = 2
    COMMUNITY = 3


@dataclass(frozen=True, slots=True)
class Division:
    """One node of the tree, keyed by its statistical code (4, 6, 9 or 12 digits).

    `seat` is east and north in centimetres of the site's projected system, or None where unknown.
    """

    code: int
    name: str
    level: Level
    parent: int = 0
    urban: bool = False
    seat: tuple[int, int] | None = None


def level_of(code: int) -> Level:
    """The level a statistical code belongs to. Raises ValueError for a code of another length."""
    match len(str(code)):
        case 4:
            return Level.CITY
        case 6:
            return Level.COUNTY
        case 9:
            return Level.TOWNSHIP
        case 12:
            return Level.COMMUNITY
        case _:
            raise ValueError(f"not a division code: {code}")


def ancestor(code: int, level: Level) -> int:
    """The code of the division at `level` that holds `code` (itself, if it is of that level)."""
    digits = {Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.COMMUNITY: 12}[level]
    text = str(code)
    if len(text) < digits:
        raise ValueError(f"{code} lies above level {level.name}")
    return int(text[:digits])


def contains(area: int, code: int) -> bool:
    """Whether the division `area` holds the division or 16-digit grid `code`."""
    return str(code).startswith(str(area))


def code_range(area: int, digits: int) -> tuple[int, int]:
    """First and one-past-last code of `digits` digits inside `area`: half-open, for SQL range scans."""
    factor = int(10 ** (digits - len(str(area))))
    return area * factor, (area + 1) * factor
