"""Agendas and members: what a meeting starts with where nobody gave one, and how those that were given are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .arguments import NAME_MAX, TITLE_MAX
from .command import Bad, Reason
from .division import Level, contains, level_of
from .meeting import PUBLISH, AgendaItem, MeetingKind, Member
from .privacy import clean
from .site import Site
from .task import Lane
from .unit import Circle

ITEMS_MAX, MEMBERS_MAX, MINUTES_MAX = 20, 400, 240
_LANES = ((Lane.PARTY, 12), (Lane.ECONOMY, 10), (Lane.SOCIETY, 15), (Lane.LIVELIHOOD, 15))
_CIRCLES = (Circle.PARTY_GOV, Circle.MASS_ORG, Circle.SOCIAL_ORG)
QUARTERLY = (MeetingKind.STREET_COMMITTEE, MeetingKind.COMMUNITY_COMMITTEE)


def weekly() -> tuple[AgendaItem, ...]:
    """The four lanes and 确认发布: 60 minutes."""
    return (*(AgendaItem(lane.value, "", minutes) for lane, minutes in _LANES), AgendaItem(PUBLISH, "", 8))


def quarterly() -> tuple[AgendaItem, ...]:
    """A joint committee's three items, and 确认发布."""
    items = (
        AgendaItem("", "上季度决议办理情况", 15),
        AgendaItem("", "党务、政务、服务事项", 25),
        AgendaItem("", "本季度共建项目", 12),
    )
    return (*items, AgendaItem(PUBLISH, "", 8))


def members(kind: MeetingKind, area: int, site: Site) -> tuple[Member, ...]:
    """Who is invited: of a weekly meeting the units of the area and the divisions below it; of a joint committee the
    units of the three circles that serve the area, its own before its county's, and the party secretaries below it."""
    found: list[Member] = []
    if kind is MeetingKind.WEEKLY:
        found += [
            _unit(u.id, site) for u in site.units.values() if u.area == area and u.circle is not Circle.SOCIAL_ORG
        ]
        found += [Member("", d.name, "", 0, Circle.CORE.value) for d in site.children(area)]
    else:
        serving = sorted(
            (u for u in site.units.values() if contains(u.area, area)), key=lambda u: (-len(str(u.area)), u.id)
        )
        for circle in _CIRCLES:
            found += [_unit(u.id, site) for u in serving if u.circle is circle][:8]
        found += [Member("", n.name, n.secretary, 0, Circle.CORE.value)
                  for n in site.party if contains(area, n.grid)][:30]  # fmt: skip
    return tuple(replace(m, key=str(i)) for i, m in enumerate(found[:MEMBERS_MAX], 1))


def _unit(number: int, site: Site) -> Member:
    unit = site.units[number]
    return Member("", unit.short, "", number, unit.circle.value)


def agenda_given(value: Any, before: Sequence[AgendaItem], site: Site) -> tuple[AgendaItem, ...]:
    """An agenda as given, `[[lane, title, minutes, who, unit], …]`; each item keeps the tasks of the one it stands for.

    The last is 确认发布, added where it is missing. Raises Bad.
    """
    if not isinstance(value, list | tuple) or not 0 < len(value) <= ITEMS_MAX:
        raise Bad("agenda")
    made: list[AgendaItem] = []
    for entry in value:
        if not isinstance(entry, list | tuple) or not 3 <= len(entry) <= 5:
            raise Bad("agenda")
        lane, title, minutes, who, unit = (tuple(entry) + ("", 0)[len(entry) - 3 :])[:5]
        if lane not in ("", PUBLISH, *Lane) or not isinstance(title, str) or not isinstance(who, str):
            raise Bad("agenda")
        if type(minutes) is not int or not 0 < minutes <= MINUTES_MAX or type(unit) is not int:
            raise Bad("agenda")
        if unit and unit not in site.units:
            raise Bad(str(unit), Reason.UNKNOWN_UNIT)
        made.append(AgendaItem(str(lane), clean(title, TITLE_MAX), minutes, clean(who, NAME_MAX), unit))
    if sum(i.lane == PUBLISH for i in made) > 1:
        raise Bad("agenda")
    made.sort(key=lambda i: i.lane == PUBLISH)
    if made[-1].lane != PUBLISH:
        made.append(AgendaItem(PUBLISH, "", 8))
    return _with_tasks(made, before)


def _with_tasks(made: list[AgendaItem], before: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    rest = [t for i in before for t in i.tasks]
    old = {(i.lane, i.title): i for i in before}
    lanes = {i.lane: i for i in before if i.lane}
    kept: list[AgendaItem] = []
    for item in made:
        was = old.get((item.lane, item.title)) or (lanes.get(item.lane) if item.lane else None)
        mine = tuple(t for t in was.tasks if t in rest) if was else ()
        rest = [t for t in rest if t not in mine]
        kept.append(replace(item, tasks=mine, notes=was.notes if was else ()))
    kept[0] = replace(kept[0], tasks=(*kept[0].tasks, *rest))  # an item that fell away leaves its tasks to the first
    return tuple(kept)


def members_given(value: Any, site: Site) -> tuple[Member, ...]:
    """Members as given, `[[name, post, unit, circle], …]`. Raises Bad."""
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MEMBERS_MAX:
        raise Bad("members")
    made = []
    for number, entry in enumerate(value, 1):
        if not isinstance(entry, list | tuple) or not 1 <= len(entry) <= 4:
            raise Bad("members")
        name, post, unit, circle = (
            (*entry, "", 0, "")[:4] if len(entry) == 1 else (*entry, *("", 0, "")[len(entry) - 1 :])
        )
        if not isinstance(name, str) or not isinstance(post, str) or type(unit) is not int:
            raise Bad("members")
        if unit and unit not in site.units:
            raise Bad(str(unit), Reason.UNKNOWN_UNIT)
        circle = site.units[unit].circle.value if unit else circle
        if circle not in ("", *Circle) or not clean(name, NAME_MAX):
            raise Bad("members")
        made.append(Member(str(number), clean(name, NAME_MAX), clean(post, NAME_MAX), unit, str(circle)))
    return tuple(made)


def circles_missing(kind: MeetingKind, invited: Sequence[Member]) -> str:
    """The first of the three circles that a joint committee has no member of; empty where none is missing."""
    if kind not in QUARTERLY:
        return ""
    there = {m.circle for m in invited}
    return next((c.value for c in _CIRCLES if c.value not in there), "")


def fitting(kind: MeetingKind, area: int) -> bool:
    """Whether an area holds meetings of a kind: 大工委 streets, 大党委 communities, the weekly one all above those."""
    try:
        level = level_of(area)
    except ValueError:  # a grid holds none
        return False
    if kind is MeetingKind.STREET_COMMITTEE:
        return level is Level.TOWNSHIP
    if kind is MeetingKind.COMMUNITY_COMMITTEE:
        return level is Level.COMMUNITY
    return level is not Level.COMMUNITY
