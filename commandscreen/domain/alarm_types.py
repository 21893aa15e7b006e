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
    at `flood_start` alarms in `flood_minutes` and ends when the last `flood_minutes` hold fewer than `flood_end`. `desks`
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


def parse(told: object) -> AlarmRules:
    """The rules of a site's file; what is not given keeps its default. Raises ValueError naming what is wrong."""
    if not isinstance(told, dict):
        raise ValueError("alarms")
    numbers = {f.name for f in fields(AlarmRules)} - {"types", "emergencies"}
    values: dict[str, Any] = {}
    for name, value in told.items():
        if name in numbers:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 100_000:
                raise ValueError(f"alarms.{name}")
            values[name] = value
        elif name not in ("types", "emergencies"):
            raise ValueError(f"alarms.{str(name)[:40]}")
    rules = replace(AlarmRules(), **values, types=_types(told.get("types", {})),
                    emergencies=_emergencies(told.get("emergencies", EMERGENCIES)))  # fmt: skip
    if rules.flood_end > rules.flood_start or rules.shelve_minutes > 60:
        raise ValueError("alarms.flood_end" if rules.flood_end > rules.flood_start else "alarms.shelve_minutes")
    return rules


def _types(told: object) -> dict[str, AlarmType]:
    if not isinstance(told, dict):
        raise ValueError("alarms.types")
    found = dict(TYPES)
    for key, given in told.items():
        if not isinstance(key, str) or not key or len(key) > 40 or not isinstance(given, dict):
            raise ValueError(f"alarms.types.{str(key)[:40]}")
        known = found.get(key)
        values = (asdict(known) if known else {}) | given
        for name in (f.name for f in fields(AlarmType)):
            value = values.get(name)
            most = {"level": 3, "minutes": 1440}.get(name, 0)
            if not (_whole(value, most) if most else _words(value)):
                raise ValueError(f"alarms.types.{key}.{name}")
        if set(values) - {f.name for f in fields(AlarmType)}:
            raise ValueError(f"alarms.types.{key}")
        found[key] = AlarmType(**values)
    return found


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _words(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LINE_MAX


def _emergencies(told: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, Mapping) or set(told) - {"1", "2"}:
        raise ValueError("alarms.emergencies")
    for words in told.values():
        if not isinstance(words, list | tuple) or len(words) > WORDS_MAX or not all(_words(w) for w in words):
            raise ValueError("alarms.emergencies")
    return {str(level): tuple(words) for level, words in told.items()}
