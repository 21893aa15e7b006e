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
from ..protocol.rows import CASE, RECORD, case_from_values, record_from_values
from ..protocol.version import PAGE_MAX
from . import phrases
from .board_day import BoardDay
from .calls import Calls, GoneError
from .cast import CHANNELS, Cast
from .history import HOME, HOURS, NAMED, SOURCE_SHARE, SOURCES, WEEKDAY, weights
from .pictures import SCENES
from .watchers import Watchers

PER_DAY = 2_600
COMMANDS_A_SECOND = 40
_ANEW = (409, 410)  # another epoch or scope, or a cursor the feed no longer holds
_BEGUN = ("sign", "check_fail", "call_back_unsolved")


class Day:
    """Plays until told to stop. `speed` 1 is the city's own pace; more speed brings more and is done sooner.

    At most `max_rate` commands a second. Times are the server's, as its pages tell them.
    """

    def __init__(self, site: Site, calls: Calls, speed: float, seed: int, stop: threading.Event,
                 say: Callable[[str], None], max_rate: int = COMMANDS_A_SECOND) -> None:  # fmt: skip
        self._site, self._calls, self._speed, self._stop, self._say = site, calls, speed, stop, say
        self._rate = max(1, max_rate)
        self._rng = np.random.default_rng(seed)
        self._cast = Cast(site)
        self._spread = weights(site, 1)
        self._board = BoardDay(site, self._cast, speed, self._rng)
        self._watchers = Watchers(site, self._cast, self._spread, self._rng, HOME, calls.keep_photo)
        self._cases: dict[int, Case] = {}
        self._due: dict[int, float] = {}
        self._cursor = 0
        self._epoch = ""
        self._ahead = 0.0
        self._debt = 0.0
        self._refused = ""

    def run(self, seconds: float = float("inf")) -> None:
        """Plays for so many seconds; waits and goes on where the server is away for a while."""
        end = time.monotonic() + seconds
        last = time.monotonic()
        failures = 0
        while not self._stop.is_set() and time.monotonic() < end:
            try:
                self._look()
                now = time.monotonic()
                done = self._report(now - last) + self._act() + self._meet(now - last)
                last = now
                failures = 0
                if done:
                    self._say(f"{done} commands, {len(self._cases)} open cases{self._refused}")
                    self._refused = ""
                self._stop.wait(max(0.5, done / self._rate))
            except GoneError as gone:
                if gone.status in _ANEW:
                    self._forget()
                failures += 1
                self._say(f"waiting: {gone}")
                self._stop.wait(min(30.0, 2.0 ** min(failures, 5)) * float(self._rng.uniform(0.5, 1.0)))
                last = time.monotonic()

    def _now(self) -> float:
        return time.time() + self._ahead

    def _forget(self) -> None:
        """Begins the feed again: the server's data have another life."""
        self._cases.clear()
        self._due.clear()
        self._board.forget()
        self._cursor, self._epoch = 0, ""
        self._watchers.forget()

    def _look(self) -> None:
        """Reads the feed to its end, as the city's operator. Raises GoneError, also for pages that make no sense."""
        more = True
        while more and not self._stop.is_set():
            query = {"cursor": self._cursor, "limit": PAGE_MAX, "epoch": self._epoch}
            page = self._calls.get("city-operator", "/changes", query)
            try:
                self._epoch = str(page["epoch"])
                self._ahead = float(page["server_time"]) - time.time()
                for item in page["items"]:
                    if item["t"] == CASE:
                        self._take(int(item["id"]), case_from_values(item["row"]) if item["op"] == "put" else None)
                    elif item["t"] == RECORD:
                        record = record_from_values(item["row"]) if item["op"] == "put" else None
                        self._board.take(int(item["id"]), record)
                        self._watchers.take(int(item["id"]), record, self._now(), self._speed)
                self._cursor, more = int(page["cursor"]), bool(page["more"])
            except (KeyError, TypeError, ValueError) as error:
                raise GoneError(f"a page that makes no sense: {str(error)[:100]}") from error

    def _take(self, number: int, case: Case | None) -> None:
        if case is None or not case.open:
            self._cases.pop(number, None)
            self._due.pop(number, None)
            return
        known = self._cases.get(number)
        if known is None or known.ver != case.ver:
            self._due[number] = self._now() + self._pause(case)
        self._cases[number] = case

    def _pause(self, case: Case) -> float:
        """Seconds until the next step of a case: mostly before its deadline, now and then after."""
        left = max(60.0, case.due_at - self._now()) if case.due_at else 1_800.0
        share = float(self._rng.beta(2.0, 3.2)) * 1.02 if self._rng.random() > 0.03 else 1.15
        if case.state is State.HANDLING:
            left = min(left, 9 * HOUR) * (0.4 if case.flow[-1:] and case.flow[-1].kind in _BEGUN else 1.0)
        return float(left * share / max(1.0, self._speed**0.5))

    def _report(self, elapsed: float) -> int:
        """New reports for the time that passed, by the weekday's and the hour's share; how many."""
        local = int(self._now()) + 8 * HOUR
        share = float(HOURS[local % DAY // HOUR] / HOURS.sum() * WEEKDAY[(local // DAY + 3) % 7] / WEEKDAY.mean())
        self._debt += min(PER_DAY * self._speed * share / HOUR, self._rate / 4) * elapsed
        count, self._debt = int(self._debt), self._debt % 1
        by_account: dict[str, list[dict[str, Any]]] = {}
        for _ in range(count):
            grid = int(self._rng.choice(self._spread.grid_codes, p=self._spread.grid_share))
            kind = self._site.classes[int(self._rng.choice(self._spread.class_ids, p=self._spread.class_share))]
            source = SOURCES[int(self._rng.choice(len(SOURCES), p=SOURCE_SHARE))]
            extra = int(self._rng.integers(1 << 30))
            where = phrases.place(self._site, grid, extra)
            if source is Source.AI_VIDEO:  # a person looks at those first
                continue
            account = self._cast.reporter(source, grid).account
            args: dict[str, Any] = {"source": source.value, "title": phrases.title(kind, where, extra), "place": where, "grid": grid,
                    "class_id": kind.id}  # fmt: skip
            if source in NAMED:
                args |= {"reporter": "王先生", "phone": f"1380000{extra % 10_000:04d}"}
            elif self._rng.random() < 0.5:
                args["photos"] = [self._calls.keep_photo(account, SCENES[extra % 4], extra % 12, False)]
            by_account.setdefault(account, []).append({"kind": "report", "args": args})
        seen = self._watchers.events(elapsed, self._speed, share * 24)
        if seen:
            by_account[CHANNELS[Source.AI_VIDEO]] = seen
        return sum(self._send(account, commands) for account, commands in by_account.items())

    def _meet(self, elapsed: float) -> int:
        """The weekly board goes on: recipients sign and report, proposers accept; how many did."""
        by_account: dict[str, list[dict[str, Any]]] = {}
        for account, command in self._board.steps(elapsed, self._now(), self._rate):
            by_account.setdefault(account, []).append(command)
        return sum(self._send(account, commands) for account, commands in by_account.items())

    def _send(self, account: str, commands: list[dict[str, Any]]) -> int:
        """Sends a person's commands; how many were carried out. A refusal is said with the next line."""
        results = self._calls.act(account, commands)
        refused = [r for r in results if r.get("status") not in ("applied", "duplicate")]
        if refused:
            self._refused = f", {len(refused)} refused: {str(refused[0].get('problem') or refused[0])[:120]}"
        return len(results) - len(refused)

    def _act(self) -> int:
        """Every case whose hour has come takes its next step; how many did."""
        now = self._now()
        ready = sorted((at, number) for number, at in self._due.items() if at <= now)[: self._rate * 2]
        by_account: dict[str, list[dict[str, Any]]] = {}
        for _, number in ready:
            case = self._cases[number]
            account, kind, args = self._step(case)
            by_account.setdefault(account, []).append({"kind": kind, "case_id": number, "base": case.ver, "args": args})
            self._due[number] = now + 120
        for account, answers in self._watchers.answers(now, self._rate).items():
            by_account.setdefault(account, []).extend(answers)
        done = 0
        for account, commands in by_account.items():
            if self._stop.is_set():
                break
            done += self._send(account, commands)
        return done

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
                if case.flow and case.flow[-1].kind in _BEGUN:
                    return account, "progress", {"step": "arrive", "text": phrases.found(rng)}
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
