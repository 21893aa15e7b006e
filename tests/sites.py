"""A small made-up site for tests: one city, two counties, three townships, square grids, people of every role."""

from __future__ import annotations

import numpy as np

from commandscreen.domain.category import CaseClass, DutyItem
from commandscreen.domain.clock import Limit, LimitKind, WorkCalendar
from commandscreen.domain.division import Division, Level
from commandscreen.domain.grid import GridTable, grid_code
from commandscreen.domain.person import Person, Role
from commandscreen.domain.site import PartyNode, Settings, Site
from commandscreen.domain.unit import Circle, Duty, Unit

CITY = 2103
LISHAN, TIEDONG = 210304, 210302
SHAHE, YOUHAO, CHANGDIAN = 210304015, 210304009, 210302003
XINGONG = 210304015017
SIDE = 10_000  # centimetres

_TOWNSHIPS = {SHAHE: "沙河街道", YOUHAO: "友好街道", CHANGDIAN: "长甸街道"}
_COMMUNITIES = {
    210302003001: "长甸社区", 210302003002: "风光社区",
    210304009001: "友好社区", 210304009002: "新光社区",
    210304015001: "沙河社区", 210304015009: "曙光社区", XINGONG: "新工社区",
}  # fmt: skip
_UNITS = (
    (1, "沙河街道综合行政执法队", "执法队", Circle.PARTY_GOV, "enforcement", SHAHE),
    (2, "沙河街道环境卫生所", "环卫所", Circle.PARTY_GOV, "sanitation", SHAHE),
    (3, "友好街道综合行政执法队", "执法队", Circle.PARTY_GOV, "enforcement", YOUHAO),
    (4, "立山区住房和城乡建设局", "住建局", Circle.PARTY_GOV, "housing", LISHAN),
    (5, "铁东区环境卫生所", "环卫所", Circle.PARTY_GOV, "sanitation", TIEDONG),
    (6, "市自来水公司", "自来水", Circle.PARTY_GOV, "water", CITY),
    (7, "沙河街道志愿者协会", "志愿者", Circle.SOCIAL_ORG, "volunteers", SHAHE),
    (8, "市妇女联合会", "妇联", Circle.MASS_ORG, "women", CITY),
)
_CLASSES = (
    ("市容环卫", "垃圾", ("暴露垃圾", "积存渣土", "乱倒垃圾", "卫生死角", "小广告"), "sanitation"),
    ("市政设施", "道路", ("路面破损", "井盖缺失", "路灯不亮", "护栏破损", "积水"), "enforcement"),
    ("房屋设施", "消防设施", ("管道渗漏", "消防栓漏水", "通道占用", "应急灯损坏", "门禁故障"), "housing"),
    ("环保水务", "供水", ("停水", "水压不足", "管道爆裂", "水质浑浊", "水表损坏"), "water"),
)
_POSTS = {
    Role.GRID_WORKER: "三级网格员", Role.GRID_LEAD: "二级网格员", Role.GRID_CHIEF: "一级网格长",
    Role.COLLECTOR: "采集员", Role.INTAKE: "受理员", Role.DISPATCHER: "派遣员", Role.SHIFT_LEADER: "值班长",
    Role.CENTRE_HEAD: "中心主任", Role.HANDLER: "经办人", Role.SUPERVISOR: "督查员", Role.WALL: "大屏",
    Role.CHANNEL: "接入渠道", Role.ADMIN: "系统管理员",
}  # fmt: skip


def account_of(role: Role, area: int, unit: int = 0) -> str:
    """The account of the site's person with a role in an area, or of a unit's handler."""
    return f"{role.value}.u{unit}" if unit else f"{role.value}.{area}"


def tiny_site(**settings: object) -> Site:
    """The site. Accounts are `account_of(role, area)`; grids of a community are 1-01 … 3-03 squares of 100 m."""
    divisions = {CITY: Division(CITY, "鞍山市", Level.CITY, 0, True, (0, 0))}
    for code, name in ((TIEDONG, "铁东区"), (LISHAN, "立山区")):
        divisions[code] = Division(code, name, Level.COUNTY, CITY, True, (0, 0))
    for code, name in _TOWNSHIPS.items():
        divisions[code] = Division(code, name, Level.TOWNSHIP, code // 1000, True, (0, 0))
    for code, name in _COMMUNITIES.items():
        divisions[code] = Division(code, name, Level.COMMUNITY, code // 1000, True, (0, 0))
    grids = _grids()
    units = {
        number: Unit(number, name, short, circle, trade, area, 20, "0412-0000000",
                     (Duty("王小明", "值班员", (1, 2, 3, 4, 5, 6, 7), 0, 24),))
        for number, name, short, circle, trade, area in _UNITS
    }  # fmt: skip
    classes: dict[int, CaseClass] = {}
    for major_number, (major, minor, names, trade) in enumerate(_CLASSES, 1):
        for number, name in enumerate(names, 1):
            key = major_number * 100 + number
            limit = Limit(LimitKind.WORK_HOUR, 4) if number % 2 else Limit(LimitKind.URGENT_HOUR, 2)
            classes[key] = CaseClass(key, f"{major_number:02d}{number:02d}", major, minor, name,
                                     "event", limit, trade, "属实", "已恢复", 0, 0.05)  # fmt: skip
    count = len(grids)
    return Site(
        name="鞍山市", version="test-1", crs="EPSG:4550", demo=True, divisions=divisions, grids=grids,
        classes=classes, duties=(DutyItem("main_duty", 1, "统筹协调"),), units=units, people=_people(),
        calendar=WorkCalendar(),
        settings=Settings(area_short={str(SHAHE): "立沙", str(YOUHAO): "立友", str(CHANGDIAN): "铁长"}, **settings),  # type: ignore[arg-type]
        workers_l3=tuple(f"网格员{i}" for i in range(count)),
        workers_l2={c * 100 + n: f"片长{n}" for c in _COMMUNITIES for n in (1, 2, 3)},
        workers_l1=dict.fromkeys(_COMMUNITIES, "网格长"),
        party=tuple(PartyNode(c * 10_000, "committee", f"{n}党委", "书记") for c, n in _COMMUNITIES.items()),
        group_leaders=tuple(f"组长{i}" for i in range(count)),
        outlines={}, water=(), notices=("示意数据",),
    )  # fmt: skip


def _grids() -> GridTable:
    codes: list[int] = []
    rings: list[np.ndarray[tuple[int, int], np.dtype[np.int32]]] = []
    for column, community in enumerate(sorted(_COMMUNITIES)):
        for l2 in (1, 2, 3):
            for l3 in (1, 2, 3):
                codes.append(grid_code(community, l2, l3))
                west, south = (column * 3 + l3 - 1) * SIDE, (l2 - 1) * SIDE
                rings.append(np.array([[west, south], [west + SIDE, south], [west + SIDE, south + SIDE],
                                       [west, south + SIDE]], np.int32))  # fmt: skip
    count = len(codes)
    kinds = np.zeros(count, np.uint8)
    kinds[::20] = 3
    return GridTable(
        np.array(codes, np.int64), kinds, np.full(count, 30, np.uint16), np.arange(count + 1, dtype=np.int32),
        np.arange(count + 1, dtype=np.int32) * 4, np.concatenate(rings),
    )  # fmt: skip


def _people() -> tuple[Person, ...]:
    rows: list[tuple[Role, int, int]] = []
    for township in _TOWNSHIPS:
        rows += [(role, township, 0) for role in (Role.INTAKE, Role.DISPATCHER, Role.SHIFT_LEADER, Role.COLLECTOR)]
    for community in _COMMUNITIES:
        rows += [(role, community, 0) for role in (Role.GRID_WORKER, Role.GRID_LEAD, Role.GRID_CHIEF)]
    for county in (TIEDONG, LISHAN):
        rows += [(Role.SHIFT_LEADER, county, 0), (Role.SUPERVISOR, county, 0)]
    rows += [(role, CITY, 0) for role in (Role.CENTRE_HEAD, Role.INTAKE, Role.DISPATCHER, Role.SUPERVISOR, Role.WALL,
                                          Role.CHANNEL, Role.ADMIN)]  # fmt: skip
    rows += [(Role.HANDLER, area, number) for number, _, _, _, _, area in _UNITS]
    return tuple(
        Person(
            number, account_of(role, area, unit), f"{_POSTS[role]}{number}", _POSTS[role], frozenset({role}), area, unit
        )
        for number, (role, area, unit) in enumerate(rows, 1)
    )
