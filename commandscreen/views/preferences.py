"""The sheet of preferences: theme, contrast, language, size, movement, letter keys, sounds. Each change acts at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm_sound import Tone
from ..settings import QUIET_HOURS, Settings
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment
from . import alarm_words


class PreferencesView(QFrame):
    """`changed(Settings)` with every choice, `sound_wanted(Tone)` to hear one, `check_wanted()` for the sound check."""

    changed = Signal(object)
    sound_wanted = Signal(object)
    check_wanted = Signal()

    def __init__(self, settings: Settings, sources: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._settings = settings
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(14))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("设置"), size="section", bold=True))
        head.addStretch(1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.hide)
        head.addWidget(close)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(12))
        column.addLayout(grid)
        shade = Segment([("light", self.tr("浅色")), ("dark", self.tr("深色"))], settings.theme)
        shade.chosen.connect(lambda name: self._change(replace(self._settings, theme=name)))
        language = Segment([("zh_CN", "简体中文"), ("en", "English")], settings.language)
        language.chosen.connect(lambda name: self._change(replace(self._settings, language=name)))
        size = Segment([(str(s), f"{s}%") for s in (100, 110, 125, 150)], str(round(settings.scale * 100)))
        size.chosen.connect(lambda name: self._change(replace(self._settings, scale=int(name) / 100)))
        undo = Segment([(str(s), self.tr("{n}秒").format(n=s)) for s in (10, 20, 30, 60)], str(settings.undo_seconds))
        undo.chosen.connect(lambda name: self._change(replace(self._settings, undo_seconds=int(name))))
        hours = [(h, "–".join(f"{n}:00" for n in h.split("-")) if h else self.tr("没有")) for h in QUIET_HOURS]
        quiet = Segment(hours, settings.quiet_hours)
        quiet.chosen.connect(lambda name: self._change(replace(self._settings, quiet_hours=name)))
        for row, (text, widget) in enumerate(((self.tr("配色"), shade), (self.tr("语言"), language),
                                              (self.tr("字号"), size), (self.tr("撤销时间"), undo),
                                              (self.tr("安静时段"), quiet),
                                              (self.tr("试听报警声"), self._sounds()))):  # fmt: skip
            grid.addWidget(PlainLabel(text, "secondary"), row, 0)
            grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeft)
        for text, name in ((self.tr("高对比"), "high_contrast"), (self.tr("减少动画"), "reduce_motion"),
                           (self.tr("字母键要配合 Alt"), "letters_need_alt")):  # fmt: skip
            box = QCheckBox(text)
            box.setChecked(bool(getattr(settings, name)))
            box.toggled.connect(lambda on, name=name: self._change(replace(self._settings, **{name: on})))
            column.addWidget(box)
        if sources:
            column.addWidget(PlainLabel(sources, "tertiary", "label"))
        self.hide()

    def _sounds(self) -> QWidget:
        host = QWidget()
        host.setProperty("role", "plain")
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.of(self).px(8))
        for tone, level in ((Tone.CRITICAL, 1), (Tone.URGENT, 2), (Tone.ORDINARY, 3)):
            button = QPushButton(alarm_words.level(level))
            button.setProperty("role", "mini")
            button.clicked.connect(partial(self.sound_wanted.emit, tone))
            row.addWidget(button)
        check = QPushButton(self.tr("声音检查"))
        check.setProperty("role", "mini")
        check.clicked.connect(self.check_wanted.emit)
        row.addWidget(check)
        self._means = PlainLabel("", "tertiary", "label")
        row.addWidget(self._means)
        return host

    def show_means(self, means: str) -> None:
        """What sounds are played with: a program's name, winsound or beep."""
        beep = self.tr("没有播放程序或声音设备，用系统提示音")
        self._means.show_text(beep if means == "beep" else self.tr("用 {program} 播放").format(program=means))

    def open(self) -> None:
        """Shows itself in the middle of its parent."""
        self.adjustSize()
        host = self.parentWidget()
        if host is not None:
            self.move((host.width() - self.width()) // 2, (host.height() - self.height()) // 3)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.changed.emit(settings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
