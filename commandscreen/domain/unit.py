"""The three circles round the party core: who handles cases, and who is on duty there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Circle(StrEnum):
    """The three circles of 一核三圈, and the core itself."""

    CORE = "core"
    PARTY_GOV = "party_gov"
    MASS_ORG = "mass_org"
    SOCIAL_ORG = "social_org"


BOARD_TRADE = "board"  # of units that propose tasks at the weekly meeting and are sent no cases


@dataclass(frozen=True, slots=True)
class Duty:
    """One seat of a unit's roster. `days` are ISO weekdays (1 = Monday); hours are local, `end` may pass 24."""

    name: str
    post: str
    days: tuple[int, ...]
    start: int
    end: int
    reachable: str = "on_post"  # on_post, field, phone


@dataclass(frozen=True, slots=True)
class Unit:
    """A handling unit. `area` is the division it serves; `trade` is what classes name as their usual handler.

    `capacity` is the number of open cases the unit can carry at once, from the site; 0 means not stated.
    """

    id: int
    name: str
    short: str
    circle: Circle
    trade: str
    area: int
    capacity: int = 0
    phone: str = ""
    roster: tuple[Duty, ...] = field(default=())


def on_duty(unit: Unit, weekday: int, hour: float) -> Duty | None:
    """Who sits at the unit now, for local ISO weekday 1–7 and hour 0–24; a shift may run past midnight."""
    yesterday = 7 if weekday == 1 else weekday - 1
    for duty in unit.roster:
        if weekday in duty.days and duty.start <= hour < duty.end:
            return duty
        if yesterday in duty.days and duty.start <= hour + 24 < duty.end:
            return duty
    return None
