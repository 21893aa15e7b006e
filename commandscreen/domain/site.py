"""A site: the area's own data as one value, the same for the server, the screen and the simulated day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .alarm_types import AlarmRules
from .category import CaseClass, DutyItem
from .clock import Limit, WorkCalendar
from .division import Division, Level
from .grid import GridTable
from .person import Person
from .unit import BOARD_TRADE, Unit

PHRASES: Mapping[str, tuple[str, ...]] = {
    "comment": ("已电话联系诉求人", "现场有人在处置", "需再核实地点"),
    "send_back": ("地址不全，请补正", "问题类别有误，请改正", "缺现场照片"),
    "rework": ("照片看不出结果", "处置不到位", "漏了一处"),
    "return": ("附职责依据", "已与街道沟通"),
    "deny": ("理由不足", "请先按期处置", "请补充材料"),
    "feed_back": ("已处置完毕，现场恢复", "已临时处置，后续维修已安排"),
    "reopen": ("问题复发", "有新情况"),
    "reroute": ("辖区有误", "职责对口单位变更"),
    "ask": ("等配件", "受天气影响，无法施工", "需产权单位配合"),
    "alarm.shelve": ("现场施工已报备", "设备检修", "已有人在处置"),
    "alarm.dismiss": ("反光、阴影误识别", "已有案件在办", "现场看过，无事"),
    "reply": ("正在处置，今日办结", "已到现场"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and thresholds that differ between places; defaults are the field's usual ones, minutes and shares."""

    version: int = 1
    intake_minutes: int = 15
    dispatch_minutes: int = 15
    sign_minutes: int = 30
    check_minutes: int = 30
    callback_minutes: int = 24 * 60
    near_due_share: float = 0.2
    near_due_minutes: int = 15
    verify_minutes: int = 30
    whistle_minutes: int = 30  # 吹哨 → 报到
    reply_minutes: int = 120  # 督办 → reply
    return_work_days: int = 2
    extension_most: int = 2
    extension_share: float = 1.0  # all extensions together, of the original limit
    suspend_days: int = 365
    suggest_days: int = 90
    two_persons: bool = True  # who receives a return may not make the next dispatch
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(PHRASES))  # by command or step
    list_version: int = 1  # of the three lists, duties.csv
    no_meeting_days: tuple[int, ...] = (3,)  # 无会日, ISO weekdays
    no_meeting_weeks: tuple[int, ...] = ()  # 无会周, ISO week numbers
    meeting_minutes: int = 60  # 1小时会议
    meeting_hours_most: int = 4  # then the server ends it
    meeting_quorum: float = 0.5  # present of invited
    near_share: float = 0.6  # titles at least so alike are shown as near-duplicates
    near_weeks: int = 12
    known_days: int = 180  # so long a recipient's own earlier answer is not asked again
    merged: Mapping[str, str] = field(default_factory=dict)  # a division that was merged away → its successor
    alarms: AlarmRules = field(default_factory=AlarmRules)
    area_short: Mapping[str, str] = field(default_factory=dict)  # township code → short name in case numbers, 立沙


@dataclass(frozen=True, slots=True)
class PartyNode:
    """A party organisation set on the grids.

    `grid` is a 16-digit code: a committee sits at number 0, a branch at l2 × 100. Groups of level-3 grids are
    too many for objects: their leaders stand in `Site.group_leaders`.
    """

    grid: int
    kind: str  # committee (community), branch (level-2 grid)
    name: str
    secretary: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Everything the area brings; mappings are keyed by id or code.

    `workers_l3[i]` names the level-3 worker of grid row i and `group_leaders[i]` its party group's leader;
    `workers_l2` is keyed by community × 100 + level-2 number, `workers_l1` by community code. `outlines` holds
    dissolved rings per division code, centimetres, for drawing boundaries: int32[v,2] each. `notices` are the
    sources that must be shown.
    """

    name: str
    version: str
    crs: str
    demo: bool
    divisions: Mapping[int, Division]
    grids: GridTable
    classes: Mapping[int, CaseClass]
    duties: tuple[DutyItem, ...]
    units: Mapping[int, Unit]
    people: tuple[Person, ...]
    calendar: WorkCalendar
    settings: Settings
    workers_l3: tuple[str, ...]
    workers_l2: Mapping[int, str]
    workers_l1: Mapping[int, str]
    party: tuple[PartyNode, ...]
    group_leaders: tuple[str, ...]
    outlines: Mapping[int, tuple[object, ...]]
    water: tuple[object, ...]
    notices: tuple[str, ...]

    @property
    def city(self) -> Division:
        """The root of the tree."""
        return next(d for d in self.divisions.values() if d.level is Level.CITY)

    def children(self, code: int) -> tuple[Division, ...]:
        """Divisions directly below one, by code."""
        return tuple(sorted((d for d in self.divisions.values() if d.parent == code), key=lambda d: d.code))

    def path(self, code: int) -> tuple[Division, ...]:
        """From the city down to a division."""
        found: list[Division] = []
        while code and code in self.divisions:
            found.append(self.divisions[code])
            code = self.divisions[code].parent
        return tuple(reversed(found))

    def units_for(self, area: int) -> tuple[Unit, ...]:
        """Units that handle cases of an area: those of the area, of what lies above it and of what lies inside it."""
        text = str(area)
        near = (u for u in self.units.values() if text.startswith(str(u.area)) or str(u.area).startswith(text))
        return tuple(u for u in near if u.trade != BOARD_TRADE)


__all__ = ["Limit", "PartyNode", "Settings", "Site"]
