"""What one desk shows of the alarms: those that concern its person, counted, grouped, the one for the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .alarm import Alarm, Standing
from .alarm_flood import Group, groups, in_flood
from .alarm_types import AlarmRules
from .division import Level, contains, level_of
from .person import Actor, Role

_DESK = frozenset({Role.INTAKE, Role.DISPATCHER})
_LEADERS = frozenset({Role.SHIFT_LEADER, Role.CENTRE_HEAD})


def concerns(alarm: Alarm, actor: Actor) -> bool:
    """Whether an alarm is for this person: a township's operators get all of their own; its shift leader gets what was
    passed on and every 特急; desks above get a 特急 that was passed on, for the townships have operators of their own."""
    if actor.unit or not contains(actor.area, alarm.area):
        return False
    passed_on = bool(alarm.escalated_at)
    if len(str(actor.area)) >= 9 and level_of(int(str(actor.area)[:9])) is Level.TOWNSHIP:
        if actor.roles & _DESK:
            return True
        return bool(actor.roles & _LEADERS) and (passed_on or alarm.level == 1)
    return bool(actor.roles & (_DESK | _LEADERS)) and alarm.level == 1 and passed_on


@dataclass(frozen=True, slots=True)
class Mark:
    """What the map shows of a grid's alarms: the gravest level; `filled` while one of it hangs on a case and its cause is
    there. Without a case nothing in the queue stands for it: its mark is hollow and without the level's colour."""

    grid: int
    level: int
    cased: bool
    filled: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A desk's alarms. `counts` are those to be seen by level, without the shelved; `line` is the group for the alarm line:
    the gravest that has an unacknowledged one, then the newest; `shelved` and `history` are single alarms, newest first.
    `unseen` is what nobody has acknowledged, `levels` the gravest alarm of each case that has one, `marks` what the map
    shows of each grid."""

    counts: tuple[int, int, int] = (0, 0, 0)
    line: Group | None = None
    groups: tuple[Group, ...] = ()
    shelved: tuple[Alarm, ...] = ()
    history: tuple[Alarm, ...] = ()
    flood: bool = False
    unseen: tuple[Alarm, ...] = ()
    levels: Mapping[int, int] = field(default_factory=dict)
    marks: frozenset[Mark] = frozenset()


def board(alarms: Iterable[Alarm], actor: Actor, rules: AlarmRules, now: int, local: Iterable[Alarm] = ()) -> Board:
    """The alarms as one person's desk shows them at `now`; `local` are the desk's own, such as that of a lost feed."""
    mine = [a for a in alarms if a.standing is not Standing.GUARD and concerns(a, actor)]
    mine += local
    shelved = [a for a in mine if a.standing is Standing.SHELVED]
    seen = [a for a in mine if a.standing is not Standing.SHELVED]
    found = [g for g in groups(seen, rules) if g.live]
    found.sort(key=lambda g: (not g.unseen, g.level, -g.newest.at))
    live = [a for a in seen if a.live]
    counts = (sum(a.level == 1 for a in live), sum(a.level == 2 for a in live), sum(a.level == 3 for a in live))
    newest_first = sorted(mine, key=lambda a: (-a.at, a.id))
    return Board(
        counts=counts,
        line=found[0] if found and found[0].unseen else None,
        groups=tuple(found),
        shelved=tuple(sorted(shelved, key=lambda a: a.shelf_until)),
        history=tuple(newest_first),
        flood=in_flood((a.at for a in mine), now, rules),
        unseen=tuple(a for group in found for a in group.unseen),
        levels=_levels(live),
        marks=_marks(live),
    )  # fmt: skip


def _levels(live: Iterable[Alarm]) -> dict[int, int]:
    found: dict[int, int] = {}
    for alarm in live:
        if alarm.case:
            found[alarm.case] = min(alarm.level, found.get(alarm.case, 3))
    return found


def _marks(live: Iterable[Alarm]) -> frozenset[Mark]:
    """One mark for each grid; a case's goes before one that nobody has made a case of."""
    found: dict[int, Mark] = {}
    for alarm in live:
        if alarm.grid:
            mark = Mark(alarm.grid, alarm.level, bool(alarm.case), bool(alarm.case) and alarm.on)
            other = found.get(alarm.grid)
            if other is None or _order(mark) < _order(other):
                found[alarm.grid] = mark
    return frozenset(found.values())


def _order(mark: Mark) -> tuple[int, bool, bool]:
    return mark.level, not mark.cased, not mark.filled
