"""`site check` on the alarms: what is broken is refused with file, line, what stands there and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sites import tiny_site

from commandscreen.site.alarm_settings import line_of
from commandscreen.site.folder import check, export_folder

SMOKE = {
    "level": 1,
    "name": "烟感",
    "cause": "烟感报警",
    "consequence": "可能起火",
    "actor": "值班员",
    "action": "电话核实",
    "minutes": 3,
}


def checked(tmp_path: Path, alarms: object) -> tuple[Any, list[str]]:
    """The report on a site with these alarms, and the lines of its site.json."""
    folder = tmp_path / "site"
    export_folder(tiny_site(), folder)
    about = json.loads((folder / "site.json").read_text("utf-8"))
    about["settings"]["alarms"] = alarms
    (folder / "site.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
    return check(folder), (folder / "site.json").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("alarms", "line", "what", "mend"),
    [
        ({"types": {"smoke": SMOKE | {"level": 4}}}, '"level": 4', "types.smoke.level 是 is 4", "1 到 3"),
        ({"types": {"smoke": SMOKE | {"action": " "}}}, '"action": " "', "types.smoke.action", "120"),
        ({"types": {"smoke": {k: v for k, v in SMOKE.items() if k != "action"}}}, '"smoke"', "types.smoke.action 没有写", "写上"),
        ({"types": {"smoke": SMOKE | {"minutes": 0}}}, '"minutes": 0', "types.smoke.minutes 是 is 0", "1 到 1440"),
        ({"types": {"smoke": SMOKE | {"loud": True}}}, '"loud"', "types.smoke.loud", "no such field"),
        ({"critical_seconds": 0}, '"critical_seconds"', "critical_seconds 是 is 0", "1 到 100000"),
        ({"flood_start": 4, "flood_end": 5}, '"flood_end"', "flood_end 是 is 5", "flood_start (4)"),
        ({"shelve_minutes": 90}, '"shelve_minutes"', "shelve_minutes 是 is 90", "60"),
        ({"flod_start": 9}, '"flod_start"', "flod_start", "flood_start"),
        ({"emergencies": {"3": ["供水/停水"]}}, '"3"', "emergencies.3", "特急"),
        ({"emergencies": {"1": "供水/停水"}}, '"1"', "emergencies.1", "列表"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_line_and_remedy(
    tmp_path: Path, alarms: dict[str, Any], line: str, what: str, mend: str
) -> None:
    report, lines = checked(tmp_path, alarms)
    assert not report.ok
    [found] = report.findings
    assert (found.file, found.code) == ("site.json", "bad-settings")
    assert line in lines[found.row - 1]
    assert what in found.what
    assert mend in found.mend


def test_an_emergency_that_no_class_is_would_never_ring(tmp_path: Path) -> None:
    report, lines = checked(tmp_path, {"emergencies": {"1": ["供水/停水", "供汽/泄漏"]}})
    assert not report.ok
    [found] = report.findings
    assert (found.code, "供汽/泄漏" in found.what) == ("unknown-class", True)
    assert "供汽/泄漏" in lines[found.row - 1]
    assert "供水" in found.mend, "what may have been meant"
    assert "classes.csv" in found.mend


def test_sound_alarms_pass(tmp_path: Path) -> None:
    report, _ = checked(tmp_path, {"types": {"smoke": SMOKE}, "emergencies": {"2": ["供水/停水"]}, "flood_start": 12})
    assert report.ok, report.findings


def test_a_line_is_found_by_the_names_on_the_way_to_it() -> None:
    text = '{"a": {\n"b": 1},\n"c": {\n"b": 2}}'
    assert line_of(text, ("c", "b")) == 4
    assert line_of(text, ("a", "b")) == 2
    assert line_of(text, ("c", "missing")) == 3
