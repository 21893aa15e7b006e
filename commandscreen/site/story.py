"""The article's worked example, played on demand: water in the lift lobby of building 32 on 鞍千路, closed within three hours."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

from ..domain.site import Site
from .calls import Calls, GoneError
from .cast import Cast

COMMUNITY = 210304015017  # 立山区 沙河街道 新工社区
TRIES = 8
TITLE, PLACE = "鞍千路32栋电梯间和楼道有积水", "鞍千路32栋电梯间、1至3层楼道"

# Minutes after the report, who, what. Photos are scene and whether it is mended.
_COURSE: tuple[tuple[float, str, str, dict[str, Any]], ...] = (
    (3, "l2", "progress", {"step": "respond", "text": "已看到，上报一级网格长"}),
    (6, "clerk", "file", {"condition": "现场确有管道渗漏，影响电梯和通行"}),
    (9, "l1", "progress", {"step": "join", "text": "联系房产、供暖、自来水赶往现场"}),
    (28, "l1", "progress", {"step": "arrive", "text": "三家到场", "photo": ("corridor", False)}),
    (83, "l1", "progress", {"step": "inspect", "text": "原因为消防管道破裂", "photo": ("pipe", False)}),
    (93, "router", "dispatch", {"units": True}),
    (95, "unit", "sign", {"handler": True}),
    (116, "unit", "progress", {"step": "arrive", "text": "应急消防物业到场，关闭阀组"}),
    (149, "unit", "progress", {"step": "work", "text": "更换阀门，渗漏停止", "photo": ("pipe", True)}),
    (152, "unit", "feed_back", {"text": "阀门已更换，积水已清，电梯恢复", "photo": ("corridor", True)}),
    (155, "clerk", "send_check", {}),
    (168, "l1", "check", {"result": "pass", "reason": "现场已干，电梯正常"}),
    (172, "clerk", "close", {"condition": "渗漏消除，现场恢复正常，有处置后照片"}),
)


def play_story(site: Site, calls: Calls, speed: float, stop: threading.Event, say: Callable[[str], None]) -> int:
    """Plays it; `speed` 60 makes a minute a second. The case's id. Raises GoneError when a step is refused."""
    cast = Cast(site)
    first, last = site.grids.span(COMMUNITY)
    grid = int(site.grids.code[min(first + 2, last - 1)])
    kind = next(c for c in site.classes.values() if c.name == "管道渗漏" and c.trade == "housing")
    township = grid // 10**7
    lead = cast.unit("housing", grid)
    assists = [cast.unit("water_supply", grid).id, cast.unit("heating", grid).id]
    people = {
        "l3": cast.worker(grid, 3), "l2": cast.worker(grid, 2), "l1": cast.worker(grid, 1),
        "clerk": cast.clerk(township, "intake"), "router": cast.clerk(township, "dispatch"),
        "unit": cast.handler(lead.id),
    }  # fmt: skip
    worker = people["l3"].account
    photos = [calls.keep_photo(worker, "corridor", 32, False), calls.keep_photo(worker, "wall", 32, False)]
    report = {"source": "grid_app", "title": TITLE, "place": PLACE, "grid": grid, "class_id": kind.id,
              "text": "电梯间和楼道里有积水，存在安全隐患。", "photos": photos}  # fmt: skip
    case_id = _do(calls, worker, {"kind": "report", "args": report}, stop)
    say(f"0 min report {TITLE}")
    before = 0.0
    for minute, who, what, args in _COURSE:
        if stop.wait((minute - before) * 60 / speed):
            break
        before = minute
        given = dict(args)
        account = people[who].account
        if "photo" in given:
            scene, mended = given.pop("photo")
            given["photos"] = [calls.keep_photo(account, scene, 32, mended)]
        if given.pop("units", False):
            given = {"lead": lead.id, "assists": assists, "note": "消防管道破裂"}
        if given.get("handler"):
            given["handler"] = lead.roster[0].name if lead.roster else lead.short
        _do(calls, account, {"kind": what, "case_id": case_id, "args": given}, stop)
        say(f"{minute:g} min {what} {given.get('text', '')}")
    return case_id


def _do(calls: Calls, account: str, command: dict[str, Any], stop: threading.Event) -> int:
    """Gives one command, again under the same id while the server is away; its case. Raises GoneError."""
    command = {"id": str(uuid.uuid4()), **command}
    for attempt in range(TRIES):
        try:
            result = calls.act(account, [command])[0]
            break
        except GoneError as gone:
            if gone.status or attempt == TRIES - 1 or stop.wait(min(2.0**attempt, 30.0)):
                raise
    if result.get("status") not in ("applied", "duplicate"):
        raise GoneError(f"{command['kind']}: {result.get('problem')}", 422)
    return int(result["case_id"])
