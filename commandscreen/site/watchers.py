"""What cameras recognise in the simulated day, and the desks that look at it: confirmed, dismissed or just acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..domain.alarm import Alarm, alarm_of
from ..domain.alarm_rules import needs_person
from ..domain.case import Source
from ..domain.clock import HOUR
from ..domain.record import Record, RecordKind
from ..domain.site import Site
from . import phrases
from .cast import CHANNELS, Cast
from .history import Weights
from .pictures import SCENES

PER_HOUR = 48.0  # in the whole city: one in two hours for each township, well under the aim of six an operator-hour
TRUE_SHARE = 0.45
_BURSTS = 0.15  # of the events come from several cameras at once
_SEEN = ("积水", "占用", "垃圾", "冒烟", "堆", "破损", "塌陷", "缺失", "冒溢", "违停", "脱落", "暴露")
_WRONG = ("反光、阴影误识别", "现场看过，无事", "已有案件在办")
Command = dict[str, Any]


class Watchers:
    """Raises events and answers alarms. `home` is the demo seat's township: its alarms are left to the person longer."""

    def __init__(self, site: Site, cast: Cast, spread: Weights, rng: np.random.Generator, home: int,
                 keep_photo: Callable[[str, str, int, bool], str]) -> None:  # fmt: skip
        self._site, self._cast, self._spread, self._rng, self._home = site, cast, spread, rng, home
        self._keep_photo = keep_photo
        classes = [c for c in site.classes.values() if any(word in c.name for word in _SEEN)] or list(
            site.classes.values()
        )
        self._classes = classes
        weights = np.array([c.share + 1e-6 for c in classes])
        self._weights = weights / weights.sum()
        here = spread.grid_codes // 10**7 == home
        self._home_grids = spread.grid_codes[here]
        self._alarms: dict[int, Alarm] = {}
        self._due: dict[int, float] = {}
        self._debt = 0.0
        self._first = True

    def forget(self) -> None:
        """The server's data have another life."""
        self._alarms.clear()
        self._due.clear()

    def take(self, number: int, record: Record | None, now: float, speed: float) -> None:
        """A record that came with a page."""
        alarm = alarm_of(record) if record is not None and record.kind is RecordKind.ALARM else None
        if alarm is None or not alarm.live or not (alarm.unseen or needs_person(alarm)):
            self._alarms.pop(number, None)
            self._due.pop(number, None)
            return
        if number not in self._alarms:
            wait = 900.0 if alarm.area == self._home else 60.0
            self._due[number] = now + wait * float(self._rng.uniform(0.6, 1.6)) / max(1.0, speed**0.5)
        self._alarms[number] = alarm

    def events(self, elapsed: float, speed: float, share: float) -> list[Command]:
        """What cameras recognised in the seconds that passed; `share` is the hour's part of a mean hour."""
        self._debt += PER_HOUR * speed * share * min(elapsed, 600.0) / HOUR
        count, self._debt = int(self._debt), self._debt % 1
        made: list[Command] = []
        if self._first and len(self._home_grids):  # so that the demo's desk sees one soon
            self._first = False
            made += self._event(int(self._rng.choice(self._home_grids)))
        for _ in range(min(count, 20)):
            made += self._event(int(self._rng.choice(self._spread.grid_codes, p=self._spread.grid_share)))
        return made

    def _event(self, grid: int) -> list[Command]:
        rng = self._rng
        kind = self._classes[int(rng.choice(len(self._classes), p=self._weights))]
        extra = int(rng.integers(1 << 30))
        where = phrases.place(self._site, grid, extra)
        cameras = int(rng.integers(2, 6)) if rng.random() < _BURSTS else 1
        account = CHANNELS[Source.AI_VIDEO]
        made = []
        for camera in range(cameras):
            frame = self._keep_photo(account, SCENES[extra % len(SCENES)], (extra + camera) % 12, False)
            made.append({"kind": "alarm.raise", "args": {
                "type": "ai_event", "title": kind.name, "place": where, "grid": grid, "class_id": kind.id,
                "source": f"摄像头{grid % 10**7:07d}-{extra % 7 + camera + 1}", "photos": [frame],
                "confidence": round(float(rng.uniform(0.55, 0.98)), 2),
            }})  # fmt: skip
        return made

    def answers(self, now: float, most: int) -> dict[str, list[Command]]:
        """What the desks do about alarms whose time has come, by account."""
        by_account: dict[str, list[Command]] = {}
        for number in sorted((n for n, at in self._due.items() if at <= now), key=self._due.__getitem__)[:most]:
            account, command = self._answer(self._alarms[number])
            by_account.setdefault(account, []).append(command)
            self._due[number] = now + 300.0
        return by_account

    def _answer(self, alarm: Alarm) -> tuple[str, Command]:
        clerk = self._cast.clerk(alarm.area, "intake").account
        if not needs_person(alarm):
            who = self._cast.clerk(alarm.area, "leader").account if alarm.escalated_at else clerk
            return who, {"kind": "alarm.ack", "case_id": alarm.id, "base": alarm.ver, "args": {}}
        if self._rng.random() < TRUE_SHARE:
            args = {"source": Source.AI_VIDEO.value, "title": alarm.title, "place": alarm.place, "grid": alarm.grid,
                    "class_id": alarm.class_id, "photos": list(alarm.photos), "alarm": alarm.id}  # fmt: skip
            return clerk, {"kind": "report", "args": args}
        reason = _WRONG[int(self._rng.integers(len(_WRONG)))]
        return clerk, {"kind": "alarm.dismiss", "case_id": alarm.id, "base": alarm.ver, "args": {"reason": reason}}
