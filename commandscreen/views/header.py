"""The two header rows: centre, palette field, sync block, clock, person; breadcrumb and the state of the data."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.division import Level, level_of
from ..sync.status import Phase, SyncStatus
from ..widgets.alarm_counts import AlarmCounts
from ..widgets.alarm_line import AlarmLine
from ..widgets.breadcrumb import Breadcrumb, Crumb
from ..widgets.keycap import Keycap
from ..widgets.plain_label import PlainLabel
from ..widgets.sync_block import SyncBlock
from . import format as fmt
from . import words
from .desk import Desk

SLOW_SECONDS, STALE_SECONDS, SKEW_SECONDS = 60, 300, 120


class HeaderView(QWidget):
    """Signals: `palette_wanted()`, `retry_wanted()`, `stale_changed(bool)`, `age_told(text)`: how old the data
    is while it is not live, or empty."""

    palette_wanted = Signal()
    retry_wanted = Signal()
    stale_changed = Signal(bool)
    age_told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk = desk
        self._status = SyncStatus()
        self._stale = False
        self._post = ""
        self._compact = False
        self.setProperty("role", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._first = QFrame()
        self._first.setProperty("role", "header")
        self._first.setFixedHeight(theme.px(52))
        column.addWidget(self._first)
        self._fill_first(QHBoxLayout(self._first))
        self._second = QFrame()
        self._second.setProperty("role", "plain")
        self._second.setFixedHeight(theme.px(46))
        column.addWidget(self._second)
        self._fill_second(QHBoxLayout(self._second))
        desk.site_changed.connect(self._show_person)
        desk.area_changed.connect(self._show_area)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()

    def _fill_first(self, row: QHBoxLayout) -> None:
        theme = look.of(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(16), 0)
        row.setSpacing(theme.px(10))
        self._centre = PlainLabel(self.tr("指挥中心"), size="page", bold=True)
        row.addWidget(self._centre)
        self._product = PlainLabel(self.tr("一屏指挥"), "tertiary", "label")
        row.addWidget(self._product)
        row.addSpacing(theme.px(40))
        self._field = QPushButton()
        self._field.setAccessibleName(self.tr("搜案件、网格、部门、动作 Ctrl K"))
        self._field.clicked.connect(self.palette_wanted.emit)
        self._field.setMinimumWidth(theme.px(220))
        self._field.setMaximumWidth(theme.px(452))
        self._field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._field.setFixedHeight(theme.px(32))
        inner = QHBoxLayout(self._field)
        inner.setContentsMargins(theme.px(10), 0, theme.px(8), 0)
        glass = QLabel()
        glass.setPixmap(look.icon("search", theme.color("text_secondary"), theme.px(16)))
        inner.addWidget(glass)
        self._field_hint = PlainLabel(
            self.tr("搜案件、网格、部门、动作（可用拼音首字母）"), "tertiary", "label", elide=True
        )
        inner.addWidget(self._field_hint, 1)
        inner.addWidget(Keycap("Ctrl K"))
        row.addWidget(self._field, 3)
        row.addStretch(2)
        self._demo = PlainLabel(self.tr("演示数据"))
        self._demo.setProperty("role", "chip")
        self._demo.setProperty("tone", "warning")
        self._demo.setFixedHeight(theme.px(24))
        self._demo.hide()
        row.addWidget(self._demo)
        self._sync = SyncBlock()
        self._sync.pressed.connect(self.retry_wanted.emit)
        row.addWidget(self._sync)
        row.addWidget(self._bar())
        self._date = PlainLabel("", "secondary")
        row.addWidget(self._date)
        self._clock = PlainLabel("", size="section", bold=True)
        row.addWidget(self._clock)
        row.addWidget(self._bar())
        self._face = QLabel()
        self._face.setPixmap(look.icon("user", theme.color("text_secondary"), theme.px(18)))
        row.addWidget(self._face)
        self._person = PlainLabel("", bold=True)
        row.addWidget(self._person)
        self._posted = PlainLabel("", "secondary", "label")
        row.addWidget(self._posted)

    def _bar(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "vline")
        line.setFixedHeight(look.of(self).px(26))
        return line

    def _fill_second(self, row: QHBoxLayout) -> None:
        theme = look.of(self)
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(10))
        self.crumbs = Breadcrumb()
        self.crumbs.chosen.connect(self._desk.set_area)
        row.addWidget(self.crumbs)
        row.addStretch(1)
        self._line = QFrame()
        self._line.setProperty("role", "banner")
        self._line.setProperty("tone", "plain")
        self._line.setFixedHeight(theme.px(36))
        inner = QHBoxLayout(self._line)
        inner.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        inner.setSpacing(theme.px(10))
        self._news = PlainLabel("", "secondary", "label", elide=True)
        inner.addWidget(self._news, 1)
        self._retry = QPushButton(self.tr("立即重连"))
        self._retry.setProperty("role", "mini")
        self._retry.clicked.connect(self.retry_wanted.emit)
        self._retry.hide()
        inner.addWidget(self._retry)
        self._line.setMinimumWidth(theme.px(300))
        self.alarm_counts = AlarmCounts()
        row.addWidget(self.alarm_counts)
        row.addWidget(self._line, 2)
        self.alarm_line = AlarmLine()
        row.addWidget(self.alarm_line, 60)
        self.sound = QPushButton()
        self.sound.setProperty("role", "flat")
        self.sound.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.sound)
        self.show_alarmed(False, False)

    def show_alarmed(self, alarmed: bool, muted: bool) -> None:
        """Whether the alarm line has the row's place, and whether it is silent for now."""
        theme = look.of(self)
        self._line.setVisible(not alarmed)
        self.sound.setIcon(look.icon("volume-off" if muted else "volume", theme.color("text_secondary"), theme.px(18)))
        self.sound.setAccessibleName(self.tr("已静音2分钟，F9 恢复") if muted else self.tr("静音2分钟 F9"))

    def set_post(self, post: str) -> None:
        """What the signed-in person is, in the site's words."""
        self._post = post

    def _show_person(self) -> None:
        actor, site = self._desk.actor, self._desk.site
        if actor is None or site is None:
            return
        self._person.show_text(actor.name)
        self._posted.show_text(self._post)
        self._demo.setVisible(site.demo)
        own = site.divisions.get(actor.area)
        name = own.name if own else site.name
        self._centre.show_text(self.tr("{place}指挥中心").format(place=name))

    def _show_area(self) -> None:
        site, area = self._desk.site, self._desk.area
        if site is None:
            return
        crumbs = []
        for division in self._desk.path():
            beside = site.children(division.parent) if division.parent else (division,)
            crumbs.append(Crumb(division.code, division.name, tuple((d.code, d.name) for d in beside)))
        below = site.children(area) if level_of(area) < Level.COMMUNITY else ()
        text = {
            Level.CITY: self.tr("全部{n}个县区"), Level.COUNTY: self.tr("全部{n}个乡镇街道"),
            Level.TOWNSHIP: self.tr("全部{n}个社区（村）"), Level.COMMUNITY: "{n}",
        }[level_of(area)].format(n=len(below))  # fmt: skip
        self.crumbs.set_path(crumbs, tuple((d.code, d.name) for d in below), text)

    def show_status(self, status: SyncStatus) -> None:
        """How synchronisation stands."""
        self._status = status
        self._desk.set_skew(status.skew)
        self._tick()

    def _tick(self) -> None:
        now = self._desk.now()
        self._clock.show_text(fmt.clock_seconds(now))
        local = fmt.local(now)
        self._date.show_text(f"{local.month}-{local.day}" if self._compact else f"{fmt.date(now)} {fmt.weekday(now)}")
        self._show_sync()

    def _show_sync(self) -> None:
        status, clock = self._status, time.monotonic()
        age = clock - status.heard_at if status.heard_at else 0.0
        stale = (
            bool(status.data_at)
            and status.phase is not Phase.LIVE
            and self._desk.now() - status.data_at > STALE_SECONDS
        )
        if status.phase is Phase.LIVE and age > STALE_SECONDS:
            stale = True
        state, word, detail, line = "loading", self.tr("正在连接"), "", ""
        if status.phase is Phase.LIVE:
            slow = age > SLOW_SECONDS
            state, word = ("slow", self.tr("同步变慢")) if slow else ("live", self.tr("已同步"))
            detail = self.tr("滞后{t}").format(t=fmt.duration(age))
            line = self.tr("数据实时，收件正常")
            if abs(status.skew) > SKEW_SECONDS:
                line = self.tr("本机时钟与服务器差{t}，时限按服务器时间算").format(t=fmt.duration(abs(status.skew)))
            if status.repaired:
                line += self.tr("。核对发现不一致，已自动修复 {n} 处").format(n=status.repaired)
        elif status.phase is Phase.LOADING:
            word, detail = self.tr("正在取数据"), f"{status.done}/{status.total}"
            line = self.tr("第一次取本辖区数据，取到的先显示")
        elif status.phase is Phase.OFFLINE:
            gone = fmt.duration(clock - status.since)
            state, word, detail = "offline", self.tr("离线"), gone
            when = fmt.moment(int(status.data_at), self._desk.now()) if status.data_at else "—"
            line = self.tr("离线 {t}，数据停在 {at}。可照常查看，连上后自动补齐。第{n}次重连").format(
                t=gone, at=when, n=status.attempt
            )
            if status.code == "certificate":
                line = words.problem("certificate")
        elif status.phase is not Phase.IDLE:
            state, word = "trouble", self.tr("同步停下")
            line = words.problem(status.code)
            if status.phase is Phase.UNAUTHORISED:
                line = self.tr("登录已过期，指令照存。F5 重新登录")
        self._sync.show_state(state, word, detail)
        self._news.show_text(line)
        warn = state in ("offline", "trouble", "slow")
        look.set_state(self._line, "tone", "" if warn else "plain")
        look.set_state(self._news, "tone", "" if warn else "secondary")
        self._retry.setVisible(warn)
        ended = status.phase is Phase.UNAUTHORISED
        self._retry.setText(self.tr("重新登录") if ended else self.tr("立即重连"))
        old = state in ("offline", "trouble") and status.data_at > 0
        self.age_told.emit(
            self.tr("{at} 的数据").format(at=fmt.moment(int(status.data_at), self._desk.now())) if old else ""
        )
        if stale != self._stale:
            self._stale = stale
            self.stale_changed.emit(stale)

    def set_compact(self, compact: bool) -> None:
        """Smaller rows and shorter words on small screens."""
        theme = look.of(self)
        self._compact = compact
        self._first.setFixedHeight(theme.px(44 if compact else 52))
        self._second.setFixedHeight(theme.px(42 if compact else 46))
        self.alarm_line.set_compact(compact)
        self._product.setVisible(not compact)
        self._posted.setVisible(not compact)
        self._field_hint.show_text(
            self.tr("搜案件、网格、动作") if compact else self.tr("搜案件、网格、部门、动作（可用拼音首字母）")
        )
        self._tick()
