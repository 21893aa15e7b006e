"""The registry of alarms, a setting of the site: each type with its level, cause, consequence, actor, action and time
limit, and the numbers that rule latching, escalation, floods and chattering. Without an entry here nothing is an alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import IntEnum
from typing import Any

from .category import CaseClass

LINE_MAX, WORDS_MAX = 120, 400


class AlarmLevel(IntEnum):
    """特急, 紧急, 一般; 1 and 2 latch, 3 clears itself."""

    CRITICAL = 1
    URGENT = 2
    ORDINARY = 3


@dataclass(frozen=True, slots=True)
class AlarmType:
    """What has to be known of an alarm before it may ring. `minutes` is how long its actor has; `level` 1–3."""

    level: int
    name: str
    cause: str
    consequence: str
    actor: str
    action: str
    minutes: int


# The types that rules and screen raise themselves; a site may add others for its channels and change all of these.
TYPES: Mapping[str, AlarmType] = {
    "critical_report": AlarmType(1, "特急上报", "上报的类别属特急：燃气泄漏、电梯困人、爆管等", "可能危及人身安全",
                                 "值班员", "立即派遣并电话通知应急单位，向值班长报告", 5),
    "urgent_report": AlarmType(2, "紧急上报", "上报的类别属紧急：线路漏电、井盖缺失、路面塌陷等", "可能伤人或停用公共设施",
                               "值班员", "受理并派遣，必要时吹哨", 15),
    "whistle": AlarmType(2, "吹哨未报到", "被叫单位到时限没有报到", "现场缺人，处置停下",
                         "值班员", "电话催促；仍不到的报值班长另派", 15),
    "unsigned": AlarmType(3, "派遣未签收", "承办单位到签收时限没有签收", "处置时限已在走，可能超期",
                          "值班员", "催办或改派", 15),
    "overdue": AlarmType(3, "环节超期", "案件的当前环节过了时限", "计入超期，诉求人在等",
                         "值班员", "办理本环节，或催办、督办", 30),
    "ai_event": AlarmType(3, "AI识别", "视频识别出疑似问题", "未经人看过，既可能是真，也可能是误报",
                          "值班员", "看画面：属实则确认立件，不是则写明原因驳回", 15),
    "feed": AlarmType(3, "数据中断", "与服务器的连接断开", "各处灯色停在断开时，新案件看不到",
                      "值班员", "检查网络；照常办理，指令连上后自动送出", 10),
}  # fmt: skip

# Raised by the rules and by the desk alone; a channel may not.
INNER = frozenset({"critical_report", "urgent_report", "whistle", "unsigned", "overdue", "feed"})

# 小类 or 小类/词 in the name of the 细类; a class that fits level 1 is not asked for level 2.
EMERGENCIES: Mapping[str, tuple[str, ...]] = {
    "1": ("供气/泄漏", "供水/爆管", "电梯/困人", "防汛/管涌", "固废与危废/泄漏", "森林防火/烧荒"),
    "2": ("供电/打火", "供电/漏电", "井盖/缺失", "道路设施/塌陷", "排水/积水", "排水/冒溢", "防汛/积水", "消防设施/压力不足",
          "危旧房/墙体开裂", "危旧房/屋顶塌落", "森林防火/冒烟", "养老助残/失联"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """Types and numbers of a site's alarms; the defaults are those of ISA-18.2 and EEMUA 191 as the design takes them.

    `critical_seconds` and `urgent_seconds`: unacknowledged for so long, an alarm goes to the shift leader. A flood starts
    at `flood_start` alarms in `flood_minutes` and ends after `flood_minutes` with fewer than `flood_end`. `desks`
    are the operators of one township; `aim` and `finding` alarms per operator-hour.
    """

    types: Mapping[str, AlarmType] = field(default_factory=lambda: dict(TYPES))
    emergencies: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(EMERGENCIES))
    critical_seconds: int = 60
    urgent_seconds: int = 300
    shelve_minutes: int = 60
    flood_start: int = 10
    flood_end: int = 5
    flood_minutes: int = 10
    group_minutes: int = 15
    flips: int = 3
    flip_seconds: int = 60
    hold_minutes: int = 5
    feed_seconds: int = 60
    late_minutes: int = 120  # a limit that ran out longer ago raises nothing: a server that was away starts no flood
    desks: int = 1
    aim: int = 6
    finding: int = 12

    def patience(self, level: int) -> int:
        """Seconds until an unacknowledged alarm goes to the shift leader; 0 = never."""
        return {1: self.critical_seconds, 2: self.urgent_seconds}.get(level, 0)

    def emergency(self, kind: CaseClass | None) -> int:
        """1 or 2 for a class that alarms as soon as it is reported, else 0."""
        for level in (AlarmLevel.CRITICAL, AlarmLevel.URGENT):
            for entry in self.emergencies.get(str(int(level)), ()):
                minor, _, word = entry.partition("/")
                if kind is not None and kind.minor == minor and word in kind.name:
                    return int(level)
        return 0


def plain(rules: AlarmRules) -> dict[str, Any]:
    """The rules as they stand in a site's files."""
    told = {f.name: getattr(rules, f.name) for f in fields(AlarmRules)}
    told["types"] = {key: asdict(kind) for key, kind in rules.types.items()}
    told["emergencies"] = {level: list(words) for level, words in rules.emergencies.items()}
    return told


class RuleFault(ValueError):
    """What is wrong with a site's rules: its text is where, such as alarms.flips; `found` is what stands there, `given`
    whether anything does, `must` how to mend it, in both languages."""

    def __init__(self, where: str, found: object, must: str, given: bool = True) -> None:
        super().__init__(where)
        self.found, self.must, self.given = found, must, given


_NUMBER = "改成 1 到 100000 的整数 use a whole number, 1 to 100000"
_OBJECT = "改成对象 {…} use an object {…}"


def parse(told: object) -> AlarmRules:
    """The rules of a site's file; what is not given keeps its default. Raises RuleFault."""
    if not isinstance(told, dict):
        raise RuleFault("alarms", told, _OBJECT)
    numbers = {f.name for f in fields(AlarmRules)} - {"types", "emergencies"}
    values: dict[str, Any] = {}
    for name, value in told.items():
        if name in numbers:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 100_000:
                raise RuleFault(f"alarms.{name}", value, _NUMBER)
            values[name] = value
        elif name not in ("types", "emergencies"):
            known = " ".join(sorted(numbers | {"types", "emergencies"}))
            raise RuleFault(
                f"alarms.{str(name)[:40]}", value, f"没有这一项，删去或改名 no such setting, drop or rename it: {known}"
            )
    rules = replace(AlarmRules(), **values, types=_types(told.get("types", {})),
                    emergencies=_emergencies(told.get("emergencies", EMERGENCIES)))  # fmt: skip
    if rules.flood_end > rules.flood_start:
        raise RuleFault("alarms.flood_end", rules.flood_end, f"不多于 at most flood_start ({rules.flood_start})")
    if rules.shelve_minutes > 60:
        raise RuleFault("alarms.shelve_minutes", rules.shelve_minutes, "至多 at most 60")
    return rules


def _types(told: object) -> dict[str, AlarmType]:
    if not isinstance(told, dict):
        raise RuleFault("alarms.types", told, _OBJECT)
    found = dict(TYPES)
    names = tuple(f.name for f in fields(AlarmType))
    for key, given in told.items():
        if not isinstance(key, str) or not key or len(key) > 40 or "." in key or not isinstance(given, dict):
            raise RuleFault(
                f"alarms.types.{str(key)[:40]}",
                given,
                f"名称 40 字以内、不含点，值是对象 a name of at most 40, no dots, and {_OBJECT}",
            )
        known = found.get(key)
        values = (asdict(known) if known else {}) | given
        for name in names:
            value = values.get(name)
            most = {"level": 3, "minutes": 1440}.get(name, 0)
            if not (_whole(value, most) if most else _words(value)):
                must = (
                    f"1 到 {most} 的整数 a whole number, 1 to {most}"
                    if most
                    else f"{LINE_MAX} 字以内的文字 words, at most {LINE_MAX}"
                )
                raise RuleFault(f"alarms.types.{key}.{name}", value, f"写上 write: {must}", name in values)
        for name in set(values) - set(names):
            raise RuleFault(f"alarms.types.{key}.{str(name)[:40]}", values[name],
                            f"没有这一项，删去或改名 no such field, drop or rename it: {' '.join(names)}")  # fmt: skip
        found[key] = AlarmType(**values)
    return found


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _words(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LINE_MAX


def _emergencies(told: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, Mapping):
        raise RuleFault("alarms.emergencies", told, _OBJECT)
    for level, words in told.items():
        if level not in ("1", "2"):
            raise RuleFault(
                f"alarms.emergencies.{str(level)[:40]}", words, '只有 only "1" 特急 critical, "2" 紧急 urgent'
            )
        if not isinstance(words, list | tuple) or len(words) > WORDS_MAX or not all(_words(w) for w in words):
            raise RuleFault(f"alarms.emergencies.{level}", words, '改成文字的列表 use a list of words, ["供气/泄漏"]')
    return {str(level): tuple(words) for level, words in told.items()}
