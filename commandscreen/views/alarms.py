"""The desk's alarms: reads them, fills the alarm line and its counters, turns keys into commands, tells what sounds. UI thread.

A lost feed is an alarm of this desk alone: the server cannot raise it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from sqlalchemy import Connection

from ..domain import alarm_rules
from ..domain.alarm import Alarm, LogLine, Standing, record_of
from ..domain.alarm_board import Board, board
from ..domain.alarm_flood import Burden, Group, burden
from ..domain.alarm_sound import Chime, in_quiet_hours
from ..domain.case import Case, Source
from ..domain.clock import HOUR, MINUTE
from ..domain.command import Command, Ground, Refusal
from ..domain.decide import decide
from ..domain.division import Level, level_of
from ..domain.record import Record, RecordKind
from ..domain.workflow import Kind
from ..store import alarms as questions_about
from ..store.delta import Delta
from ..sync.status import Phase, SyncStatus
from ..widgets.alarm_counts import AlarmCounts
from ..widgets.alarm_line import AlarmLine
from . import alarm_words, words
from . import format as fmt
from .desk import Desk
from .questions import Questions

TICK_MS = 500
FEED_ID = -1
_QUIET_FEED = 300.0  # seconds without a word over a feed that says it is live
_BURDEN_SECONDS = 7 * 24 * HOUR
_WELL = (Phase.IDLE, Phase.LOADING, Phase.LIVE)


class Alarms(QObject):
    """Signals: `commanded(Command)`, `changed(Board)`, `sounded(Tone)`, `list_wanted()`, `shelve_wanted(Alarm)`,
    `refused(text)` with the reason, `burden_told(Burden)`."""

    commanded = Signal(object)
    changed = Signal(object)
    sounded = Signal(object)
    list_wanted = Signal()
    shelve_wanted = Signal(object)
    refused = Signal(str)
    burden_told = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, line: AlarmLine, counts: AlarmCounts,
                 parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._questions, self._line, self._counts = desk, questions, line, counts
        self.board = Board()
        self.quiet_hours = ""
        self.chime = Chime()
        self._alarms: Mapping[int, Alarm] = {}
        self._reader = questions_about.AlarmReader()
        self._feed: Alarm | None = None
        self._status = SyncStatus()
        self._broken_since = 0.0
        self._sifted_at = 0
        self._was_muted = False
        line.ack_wanted.connect(self.acknowledge)
        line.shelve_wanted.connect(self.shelve)
        line.pressed.connect(self.list_wanted)
        counts.pressed.connect(self.list_wanted)
        desk.site_changed.connect(self._begin)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    # What there is --------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._alarms = {}
        self._reader.forget()
        self.refresh(Delta(everything=True))

    def refresh(self, delta: Delta) -> None:
        """News of the store."""
        if delta.everything or RecordKind.ALARM in delta.records:
            self._sift()

    def _sift(self) -> None:
        """Has the board made on a reader: with thousands of alarms it takes as long as many frames."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None:
            return
        self._sifted_at = now
        local, rules, reader = (self._feed,) if self._feed is not None else (), site.settings.alarms, self._reader

        def look(connection: Connection) -> tuple[Mapping[int, Alarm], Board]:
            alarms = {alarm.id: alarm for alarm in reader.shown(connection, now)}
            return alarms, board(alarms.values(), actor, rules, now, local)

        self._questions.ask("alarms", look, self._take)

    def _take(self, found: tuple[Mapping[int, Alarm], Board]) -> None:
        self._alarms, self.board = found
        self._show()
        self.changed.emit(self.board)

    def _show(self) -> None:
        site, shown, now = self._desk.site, self.board, self._desk.now()
        if site is None:
            return
        self._line.show_alarm(alarm_words.line(shown.line, site, now) if shown.line else None)
        parts = []
        if shown.shelved:
            parts.append(self.tr("搁置{n}").format(n=len(shown.shelved)))
        if shown.flood:
            parts.append(self.tr("报警潮"))
        if self.chime.muted(now):
            parts.append(self.tr("已静音"))
        spoken = self.tr("报警：特急{a}，紧急{b}，一般{c}，搁置{d}").format(
            a=shown.counts[0], b=shown.counts[1], c=shown.counts[2], d=len(shown.shelved))  # fmt: skip
        self._counts.show_counts(shown.counts, "  ".join(parts), spoken)

    def ask_burden(self) -> None:
        """Has the week's alarms counted: `burden_told`."""
        site, area, actor = self._desk.site, self._desk.area, self._desk.actor
        if site is None or actor is None:
            return
        rules = site.settings.alarms
        townships = sum(
            d.level is Level.TOWNSHIP and str(d.code).startswith(str(area)) for d in site.divisions.values()
        ) if level_of(area) < Level.TOWNSHIP else 1  # fmt: skip
        since = self._desk.now() - _BURDEN_SECONDS
        self._questions.ask(
            "alarms.burden",
            lambda c: (questions_about.counts(c, area, since), questions_about.began(c, area, since),
                       questions_about.levels(c, area, since)),
            lambda told: self._tell_burden(burden(told[0], self._desk.now() - max(since, told[1]),
                                                  rules.desks * townships, rules, told[2])),
        )  # fmt: skip

    def _tell_burden(self, told: Burden) -> None:
        self.burden_told.emit(told)

    def now(self) -> int:
        """The desk's time, UTC seconds."""
        return self._desk.now()

    # Time -----------------------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._desk.now()
        self._look_at_feed(now)
        if now - self._sifted_at >= MINUTE and self._alarms:  # floods end with time alone
            self._sift()
        local = fmt.local(now)
        quiet = in_quiet_hours(self.quiet_hours, local.hour * 60 + local.minute)
        tone = self.chime.due(now, self.board.unseen, self.board.flood, quiet)
        if tone is not None:
            self.sounded.emit(tone)
        if self._was_muted != self.chime.muted(now):
            self._show_muted()

    def take_status(self, status: SyncStatus) -> None:
        """How synchronisation stands."""
        self._status = status
        self._look_at_feed(self._desk.now())

    def _look_at_feed(self, now: int) -> None:
        """One alarm for the whole feed, after the site's patience; it ends by itself when the feed is back."""
        site, status, clock = self._desk.site, self._status, time.monotonic()
        kind = site.settings.alarms.types.get("feed") if site else None
        if site is None or kind is None:
            return
        silent = status.phase is Phase.LIVE and status.heard_at and clock - status.heard_at > _QUIET_FEED
        broken = bool(status.phase not in _WELL or silent)
        self._broken_since = (self._broken_since or clock) if broken else 0.0
        feed = self._feed
        if broken and (feed is None or not feed.on) and clock - self._broken_since >= site.settings.alarms.feed_seconds:
            at = now - int(clock - self._broken_since)
            why = words.problem(status.code or "offline").split("。")[0]
            self._feed = Alarm(
                FEED_ID, 1, self._desk.area, 0, "feed", kind.level, why, "", at,
                Standing.RAISED, until=at + kind.minutes * MINUTE, log=(LogLine(at, "raise"),),
            )  # fmt: skip
        elif not broken and feed is not None and feed.on:
            latched = feed.level < 3 and feed.unseen
            self._feed = replace(feed, on=False, standing=Standing.GONE) if latched else None
        if feed is not self._feed:
            self._sift()

    # What people do -------------------------------------------------------------------------------------------------------

    def acknowledge(self) -> None:
        """A: the alarm in the line, with those of its group."""
        if self.board.line is not None:
            self.acknowledge_group(self.board.line)

    def acknowledge_group(self, group: Group) -> None:
        """Says who has seen it; the cause is still there."""
        newest = group.newest
        if newest.id == FEED_ID:
            self._acknowledge_feed()
            return
        named = [newest, *(a for a in group.unseen if a.id != newest.id)]
        for start in range(0, len(named), alarm_rules.GROUP_MAX):  # so many go into one command
            first, *others = named[start : start + alarm_rules.GROUP_MAX]
            self.give("ack", first, **({"members": [a.id for a in others]} if others else {}))

    def _acknowledge_feed(self) -> None:
        feed, actor = self._feed, self._desk.actor
        if feed is None or actor is None:
            return
        log = (*feed.log, LogLine(self._desk.now(), "ack", actor.id, actor.name))
        self._feed = replace(feed, standing=Standing.ACKED, log=log) if feed.on else None
        self._sift()

    def shelve(self) -> None:
        """S: the alarm in the line; the list asks for how long and why."""
        if self.board.line is not None:
            self.shelve_wanted.emit(self.board.line.newest)

    def mute(self) -> None:
        """F9: silent for two minutes, or sounding again."""
        now = self._desk.now()
        if self.chime.muted(now):
            self.chime.unmute()
        else:
            self.chime.mute(now, self.board.unseen)
        self._show_muted()

    def _show_muted(self) -> None:
        self._was_muted = self.muted
        self._show()
        self.changed.emit(self.board)

    @property
    def muted(self) -> bool:
        """Whether it is silent for now."""
        return self.chime.muted(self._desk.now())

    def give(self, verb: str, alarm: Alarm, **args: Any) -> None:
        """A command on an alarm, unless the rules refuse it here and now."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None or alarm.id == FEED_ID:
            return
        command = Command(str(uuid.uuid4()), f"alarm.{verb}", alarm.id, alarm.ver, args, now)
        found = alarm_rules.decide(record_of(alarm, now), command, Ground(site, actor, now), _Shown(self._alarms, now))
        if isinstance(found, Refusal):
            self.refused.emit(alarm_words.refusal(found.reason.value))
        else:
            self.commanded.emit(command)

    def confirm(self, alarm: Alarm) -> None:
        """What was recognised is so: a case is reported with the frame as its picture, and the alarm named in it."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None or not alarm_rules.needs_person(alarm):
            return
        args: Mapping[str, Any] = {
            "source": Source.AI_VIDEO.value, "title": alarm.title, "place": alarm.place, "grid": alarm.grid,
            "class_id": alarm.class_id, "photos": list(alarm.photos), "alarm": alarm.id,
        }  # fmt: skip
        command = Command(str(uuid.uuid4()), Kind.REPORT.value, 0, 0, args, now)
        found = decide(None, command, Ground(site, actor, now))
        if isinstance(found, Refusal):
            self.refused.emit(alarm_words.refusal(found.reason.value))
        else:
            self.commanded.emit(command)


class _Shown:
    """The alarms on the screen as the rules' book: a first answer without asking the disk."""

    def __init__(self, alarms: Mapping[int, Alarm], now: int) -> None:
        self._alarms, self._now = alarms, now

    def record(self, number: int) -> Record | None:
        """One alarm's record."""
        alarm = self._alarms.get(number)
        return record_of(alarm, self._now) if alarm else None

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """None: no command of a person on an alarm asks for them."""
        return ()

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """None, likewise."""
        return None

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """None, likewise."""
        return ()

    def case(self, number: int) -> Case | None:
        """None, likewise."""
        return None
