"""Floods and groups of alarms: when so many come at once that ordinary ones fall silent, and what comes of one cause.

Both follow from the alarms' own instants, so that every desk sees the same and nothing has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .alarm import Alarm
from .alarm_types import AlarmRules
from .clock import HOUR, MINUTE


def in_flood(instants: Iterable[int], now: int, rules: AlarmRules) -> bool:
    """Whether a flood is on at `now`: it began when `flood_start` alarms stood in `flood_minutes`, and ends as soon as the
    last `flood_minutes` hold fewer than `flood_end`."""
    span = rules.flood_minutes * MINUTE
    come = sorted(at for at in instants if at <= now)
    moments = sorted([*((at, 1) for at in come), *((at + span, -1) for at in come if at + span <= now)])
    count, flood = 0, False
    for _, step in moments:
        count += step
        flood = count >= rules.flood_end if flood else count >= rules.flood_start
    return flood


@dataclass(frozen=True, slots=True)
class Group:
    """Alarms of one cause, the first-out first. What is over and seen stays in it, for every record is kept."""

    alarms: tuple[Alarm, ...]

    @property
    def first(self) -> Alarm:
        """The first-out: what came first is nearest to the cause."""
        return self.alarms[0]

    @property
    def live(self) -> tuple[Alarm, ...]:
        """Those that are still to be seen."""
        return tuple(a for a in self.alarms if a.live)

    @property
    def unseen(self) -> tuple[Alarm, ...]:
        """Those nobody has acknowledged."""
        return tuple(a for a in self.alarms if a.unseen)

    @property
    def level(self) -> int:
        """The gravest level among those to be seen."""
        return min((a.level for a in self.unseen or self.live or self.alarms), default=3)

    @property
    def newest(self) -> Alarm:
        """The newest of those that matter most."""
        return max(self.unseen or self.live or self.alarms, key=lambda a: (-a.level, a.at, a.id))


def groups(alarms: Iterable[Alarm], rules: AlarmRules) -> tuple[Group, ...]:
    """Alarms of the same building or grid and category, each within `group_minutes` of the one before; by first-out."""
    span = rules.group_minutes * MINUTE
    open_: dict[str, list[Alarm]] = {}
    made: list[list[Alarm]] = []
    for alarm in sorted(alarms, key=lambda a: (a.at, a.id)):
        group = open_.get(alarm.cause) if alarm.cause else None
        if group is None or alarm.at - group[-1].at > span:
            group = []
            made.append(group)
            open_[alarm.cause] = group
        group.append(alarm)
    return tuple(Group(tuple(group)) for group in made)


@dataclass(frozen=True, slots=True)
class Burden:
    """What alarms cost the operators: how many in an hour of one operator, and the noisiest sources with their counts."""

    per_hour: float
    noisiest: Sequence[tuple[str, int]]
    aim: int
    finding: int

    @property
    def is_finding(self) -> bool:
        """Whether the weekly review has to look at it."""
        return self.per_hour > self.finding


def burden(counts: Iterable[tuple[str, int]], seconds: int, desks: int, rules: AlarmRules) -> Burden:
    """The burden of `seconds`, for the alarms of each source or type and the number of operators' desks."""
    told = sorted(counts, key=lambda c: (-c[1], c[0]))
    hours = max(1.0, seconds / HOUR) * max(1, desks)
    return Burden(sum(n for _, n in told) / hours, tuple(told[:10]), rules.aim, rules.finding)
