"""The alarms in a site's settings: read, or refused with the line of site.json, what is there and what may be there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ..domain import alarm_types
from ..domain.category import CaseClass
from .report import Report

FILE = "site.json"
_SHOWN = 60


def read(given: object, text: str, report: Report) -> alarm_types.AlarmRules | None:
    """The rules; None where they are refused, which stands in the report."""
    try:
        return alarm_types.parse(given)
    except alarm_types.RuleFault as fault:
        name = f"settings.{fault}"
        what = (
            f"{name} 是 is {json.dumps(fault.found, ensure_ascii=False)[:_SHOWN]}"
            if fault.given
            else f"{name} 没有写 missing"
        )
        report.error(FILE, line_of(text, ("settings", *str(fault).split("."))), "bad-settings", what, fault.must)
        return None


def check_emergencies(given: object, classes: Mapping[int, CaseClass], text: str, report: Report) -> None:
    """Refuses what a site calls an emergency and no class of it is: nobody would notice that it never rings. The built-in
    ones may name more than a small site has."""
    told = given.get("emergencies") if isinstance(given, dict) else None
    for level, entries in (told or {}).items():
        for entry in entries:
            minor, _, word = entry.partition("/")
            built_in = entry in alarm_types.EMERGENCIES.get(level, ())
            if not built_in and not any(kind.minor == minor and word in kind.name for kind in classes.values()):
                row = line_of(text, ("settings", "alarms", "emergencies", level, entry))
                near = sorted({kind.minor for kind in classes.values() if kind.minor[:1] == minor[:1]})[:5]
                mend = "写 小类/细类名里的词，照 classes.csv minor/word of a class's name, as in classes.csv"
                report.error(FILE, row, "unknown-class",
                             f"settings.alarms.emergencies.{level} 没有一个类别是 no class is {entry[:_SHOWN]}",
                             f"{mend}{'：' + ' '.join(near) if near else ''}")  # fmt: skip


def line_of(text: str, names: Sequence[str]) -> int:
    """The line, from 1, where a setting stands; that of the nearest one around it where it is missing."""
    at = 0
    for name in names:
        found = text.find(json.dumps(name, ensure_ascii=False), at)
        found = found if found >= 0 else text.find(json.dumps(name), at)
        if found < 0:
            break
        at = found
    return text.count("\n", 0, at) + 1
