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
    """Whether a flood is on at `now`: it began when `flood_start` alarms stood in `flood_minutes`, and ends when for
    `flood_minutes` there were never as many as `flood_end` of them."""
    span = rules.flood_minutes * MINUTE
    come = sorted(at for at in instants if at <= now)
    moments = sorted([*((at, 1) for at in come), *((at + span, -1) for at in come if at + span <= now)])
    count, flood, calm = 0, False, 0
    for at, step in moments:
        if flood and count < rules.flood_end and at - calm >= span:
            flood = False
        before, count = count, count + step
        flood = flood or count >= rules.flood_start
        if count < rules.flood_end <= before:
            calm = at
    return flood and (count >= rules.flood_end or now - calm < span)


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
    """What alarms cost the operators: how many in an hour of one operator, the noisiest sources with their counts, and
    the share of each level, 0–1."""

    per_hour: float
    noisiest: Sequence[tuple[str, int]]
    shares: tuple[float, float, float]
    aim: int
    finding: int

    @property
    def is_finding(self) -> bool:
        """Whether the weekly review has to look at it."""
        return self.per_hour > self.finding


def burden(counts: Iterable[tuple[str, int]], seconds: int, desks: int, rules: AlarmRules,
           levels: tuple[int, int, int] = (0, 0, 0)) -> Burden:  # fmt: skip
    """The burden of `seconds`, for the alarms of each source or type and of each level, and the number of operators'
    desks."""
    told = sorted(counts, key=lambda c: (-c[1], c[0]))
    hours = max(1.0, seconds / HOUR) * max(1, desks)
    every = max(1, sum(levels))
    shares = levels[0] / every, levels[1] / every, levels[2] / every
    return Burden(sum(n for _, n in told) / hours, tuple(told[:10]), shares, rules.aim, rules.finding)
