"""The arguments of a command, read and bounded. Every reader raises Bad for what it cannot take."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from .category import CaseClass
from .clock import DAY
from .command import Bad, Ground, Reason
from .privacy import clean

TITLE_MAX, TEXT_MAX, PLACE_MAX, NAME_MAX, PHONE_MAX, CONDITION_MAX = 120, 4000, 200, 40, 30, 200
PHOTOS_MAX, UNITS_MAX, MENTIONS_MAX = 20, 8, 40

AHEAD_MOST = 3_660 * DAY
WHOLE = 2**53  # whole numbers stay below: every side of the wire holds them exactly

Word = TypeVar("Word", bound=StrEnum)


def empty(value: object) -> bool:
    """Whether nothing would be left of an argument; text of blanks or invisible characters says nothing."""
    if isinstance(value, str):
        return not clean(value, TEXT_MAX)
    return value is None or (isinstance(value, list | tuple) and not value)


def text(args: Mapping[str, Any], name: str, limit: int = TEXT_MAX, lines: bool = False) -> str:
    """Text without control characters, at most `limit` characters; empty where it is not given."""
    value = args.get(name, "")
    if not isinstance(value, str) or len(value) > limit:
        raise Bad(name)
    return clean(value, limit, lines)


def whole(args: Mapping[str, Any], name: str) -> int:
    """A whole number from 0 on; 0 where it is not given."""
    value = args.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < WHOLE:
        raise Bad(name)
    return value


def instant(args: Mapping[str, Any], name: str, now: int) -> int:
    """An instant in UTC seconds, at most ten years on: no calendar has those far beyond, and no desk could show them. 0
    where it is not given."""
    value = whole(args, name)
    if value > now + AHEAD_MOST:
        raise Bad(name)
    return value


def flag(args: Mapping[str, Any], name: str) -> bool:
    """A yes or no; no where it is not given."""
    value = args.get(name, False)
    if not isinstance(value, bool):
        raise Bad(name)
    return value


def word(args: Mapping[str, Any], name: str, kind: type[Word]) -> Word:
    """One of an enumeration's words."""
    try:
        return kind(str(args.get(name)))
    except ValueError:
        raise Bad(name) from None


def photos(args: Mapping[str, Any]) -> tuple[str, ...]:
    """The SHA-256 addresses of pictures."""
    value = args.get("photos", ())
    if not isinstance(value, list | tuple) or len(value) > PHOTOS_MAX:
        raise Bad("photos")
    for name in value:
        if not isinstance(name, str) or len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise Bad("photos")
    return tuple(value)


def units(args: Mapping[str, Any], name: str, ground: Ground) -> tuple[int, ...]:
    """Units of the site, each once."""
    value = args.get(name, ())
    if not isinstance(value, list | tuple) or len(value) > UNITS_MAX:
        raise Bad(name)
    return tuple(dict.fromkeys(known_unit(unit, ground) for unit in value))


def known_unit(unit: object, ground: Ground) -> int:
    """A unit's id, if the site has it."""
    if type(unit) is not int or unit not in ground.site.units:  # True is an int, and equals unit 1
        raise Bad(str(unit)[:20], Reason.UNKNOWN_UNIT)
    return unit


def case_class(ground: Ground, class_id: int) -> CaseClass:
    """A class of the site."""
    found = ground.site.classes.get(class_id)
    if found is None:
        raise Bad(str(class_id), Reason.UNKNOWN_CLASS)
    return found
