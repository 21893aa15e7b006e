"""A city's day, played against a server: reports come in, clerks file, dispatchers dispatch, units handle, chiefs check.

The players see the cases through the change feed like every client, and each case moves when its own hour has come.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from ..domain.case import Case, Source, State
from ..domain.clock import DAY, HOUR
from ..domain.site import Site
from ..protocol.rows import CASE, case_from_values
from . import phrases
from .calls import Calls, GoneError
from .cast import Cast
from .history import CHANNELS, weights
from .pictures import SCENES

PER_DAY = 2_600
COMMANDS_A_SECOND = 40
_SOURCES = (Source.HOTLINE, Source.GRID_APP, Source.AI_VIDEO, Source.MEDIA, Source.PARTY_GOV, Source.MASS_ORG)
_SHARE = (0.46, 0.36, 0.07, 0.04, 0.05, 0.02)
_HOUR_SHARE = np.array([1, 1, 1, 1, 1, 2, 4, 8, 22, 30, 28, 22, 12, 20, 26, 24, 18, 9, 6, 5, 4, 3, 2, 1], np.float64)


class Day:
    """Plays until told to stop. `speed` 1 is the city's own pace; more speed brings more and is done sooner."""

    def __init__(self, site: Site, calls: Calls, speed: float, seed: int, stop: threading.Event,
                 say: Callable[[str], None]) -> None:  # fmt: skip
        self._site, self._calls, self._speed, self._stop, self._say = site, calls, speed, stop, say
        self._rng = np.random.default_rng(seed)
        self._cast = Cast(site)
        self._spread = weights(site, 1)
        self._cases: dict[int, Case] = {}
        self._due: dict[int, float] = {}
        self._cursor = 0
        self._epoch = ""
        self._debt = 0.0

    def run(self, seconds: float = float("inf")) -> None:
        """Plays for so many seconds."""
        end = time.monotonic() + seconds
        last = time.monotonic()
        while not self._stop.is_set() and time.monotonic() < end:
            try:
                self._look()
                now = time.monotonic()
                done = self._report(now - last) + self._act()
                last = now
                if done:
                    self._say(f"{done} commands, {len(self._cases)} open cases")
                self._stop.wait(max(0.5, done / COMMANDS_A_SECOND))
            except GoneError as gone:
                self._say(f"waiting: {gone}")
                self._stop.wait(3.0)
                last = time.monotonic()

    def _look(self) -> None:
        """Reads the feed to its end, as the city's operator."""
        while not self._stop.is_set():
            page = self._calls.get("city-operator", "/changes", {"cursor": self._cursor, "limit": 500})
            if self._epoch and page["epoch"] != self._epoch:
                self._cases.clear()
            self._epoch = page["epoch"]
            for item in page["items"]:
                if item["t"] != CASE:
                    continue
                case = case_from_values(item["row"]) if item["op"] == "put" else None
                if case is not None and case.open:
                    if self._cases.get(case.id) is None or self._cases[case.id].state is not case.state:
                        self._due[case.id] = time.time() + self._pause(case)
                    self._cases[case.id] = case
                else:
                    self._cases.pop(item["id"], None)
                    self._due.pop(item["id"], None)
            self._cursor = page["cursor"]
            if not page["more"]:
                return

    def _pause(self, case: Case) -> float:
        """Seconds until the next step of a case: mostly before its deadline, now and then after."""
        left = max(60.0, case.due_at - time.time()) if case.due_at else 1_800.0
        share = float(self._rng.beta(2.0, 3.2)) * 1.02 if self._rng.random() > 0.03 else 1.15
        if case.state is State.HANDLING:
            left = min(left, 9 * HOUR)
        return float(left * share / max(1.0, self._speed**0.5))

    def _report(self, elapsed: float) -> int:
        """New reports for the time that passed, by the hour's share."""
        hour = int((time.time() + 8 * HOUR) % DAY / HOUR)
        rate = PER_DAY * self._speed * float(_HOUR_SHARE[hour] / _HOUR_SHARE.sum()) / HOUR
        self._debt += min(rate, COMMANDS_A_SECOND / 4) * elapsed
        count, self._debt = int(self._debt), self._debt % 1
        by_account: dict[str, list[dict[str, Any]]] = {}
        for _ in range(count):
            grid = int(self._rng.choice(self._spread.grid_codes, p=self._spread.grid_share))
            kind = self._site.classes[int(self._rng.choice(self._spread.class_ids, p=self._spread.class_share))]
            source = _SOURCES[int(self._rng.choice(len(_SOURCES), p=_SHARE))]
            extra = int(self._rng.integers(1 << 30))
            where = phrases.place(self._site, grid, extra)
            account = CHANNELS.get(source) or self._cast.worker(grid).account
            args: dict[str, Any] = {"source": source.value, "title": phrases.title(kind, where, extra), "place": where, "grid": grid,
                    "class_id": kind.id}  # fmt: skip
            if source is Source.HOTLINE:
                args |= {"reporter": "王先生", "phone": f"1380000{extra % 10_000:04d}"}
            elif self._rng.random() < 0.5:
                args["photos"] = [self._calls.keep_photo(account, SCENES[extra % 4], extra % 12, False)]
            by_account.setdefault(account, []).append({"kind": "report", "args": args})
        for account, commands in by_account.items():
            self._calls.act(account, commands)
        return count

    def _act(self) -> int:
        """Every case whose hour has come takes its next step."""
        now = time.time()
        ready = sorted((at, number) for number, at in self._due.items() if at <= now)[: COMMANDS_A_SECOND * 2]
        by_account: dict[str, list[dict[str, Any]]] = {}
        for _, number in ready:
            case = self._cases[number]
            account, kind, args = self._step(case)
            by_account.setdefault(account, []).append({"kind": kind, "case_id": number, "base": case.ver, "args": args})
            self._due[number] = now + 120
        for account, commands in by_account.items():
            if self._stop.is_set():
                break
            self._calls.act(account, commands)
        return len(ready)

    def _step(self, case: Case) -> tuple[str, str, dict[str, Any]]:
        site, cast, rng = self._site, self._cast, self._rng
        clerk = cast.clerk(case.township, "intake").account
        kind = site.classes[case.class_id]
        match case.state:
            case State.REPORTED:
                return clerk, "file", {"condition": kind.filing}
            case State.PENDING_DISPATCH:
                unit = cast.unit(kind.trade, case.grid)
                near = [u.id for u in site.units_for(case.township) if u.id != unit.id and u.trade != unit.trade]
                assists = [int(rng.choice(near))] if near and rng.random() < 0.15 else []
                router = cast.clerk(case.township, "dispatch").account
                return router, "dispatch", {"lead": unit.id, "assists": assists}
            case State.PENDING_SIGN:
                unit = site.units[case.lead]
                name = unit.roster[case.id % len(unit.roster)].name if unit.roster else unit.short
                return cast.handler(case.lead).account, "sign", {"handler": name}
            case State.HANDLING:
                account = cast.handler(case.lead).account
                photo = self._calls.keep_photo(account, SCENES[case.id % 4], case.id % 12, True)
                return account, "feed_back", {"text": phrases.done(rng), "photos": [photo]}
            case State.FED_BACK:
                return clerk, "send_check", {}
            case State.CHECKING if not case.checked_at:
                if rng.random() < 0.03:
                    return (
                        cast.worker(case.grid, 1).account,
                        "check",
                        {"result": "fail", "reason": "现场仍有遗留，请继续处理"},
                    )
                return cast.worker(case.grid, 1).account, "check", {"result": "pass"}
            case State.CALLBACK if not case.satisfaction:
                if rng.random() < 0.03:
                    return clerk, "call_back", {"result": "unsolved", "reason": "反映人表示没有解决"}
                rating = int(rng.choice([5, 4, 3, 2], p=[0.73, 0.22, 0.03, 0.02]))
                return clerk, "call_back", {"result": "solved", "rating": rating}
            case _:
                return clerk, "close", {"condition": kind.closing}
