"""The sound check: a person hears the three alarm sounds and says so. At the first run, and whenever it is asked for.

What the machine says of a sound is shown as it is: that a program played it is no proof that anybody heard it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm_sound import Tone
from ..widgets.alarm_mark import AlarmMark
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from . import alarm_words
from . import format as fmt

TONES = (Tone.CRITICAL, Tone.URGENT, Tone.ORDINARY)
_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}

_OWN = frozenset({*_KEYS, Qt.Key.Key_Escape, Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SoundCheck(QFrame):
    """Signals: `sound_wanted(Tone)`, `checked(levels heard, such as "123")` once all three are answered, `closed()`."""

    sound_wanted = Signal(object)
    checked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._heard: dict[int, bool] = {}
        self._played: dict[int, str] = {}
        self._asked = -1
        self._has_keys = True
        self._last = ""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(14))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("声音检查"), size="section", bold=True))
        head.addStretch(1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        column.addLayout(head)
        intro = PlainLabel(
            self.tr("三级报警各有声音。逐级播放，听到了就确认。音箱比室内高10分贝，不超过75。"), "secondary"
        )
        intro.setWordWrap(True)
        column.addWidget(intro)
        column.addLayout(self._rows())
        self._means = PlainLabel("", "tertiary", "label")
        self._means.setWordWrap(True)
        column.addWidget(self._means)
        self._question = PlainLabel("", bold=True)
        self._question.setWordWrap(True)
        column.addWidget(self._question)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.no = KeycapButton(self.tr("没听到"), "N")
        self.no.clicked.connect(partial(self._answer, False))
        self.yes = KeycapButton(self.tr("听到了"), "Y", "primary")
        self.yes.clicked.connect(partial(self._answer, True))
        for button in (self.no, self.yes):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # the sheet does not grow with the question
            button.setSizePolicy(policy)
            row.addWidget(button)
        column.addLayout(row)
        self.setFixedWidth(theme.px(560))
        self.hide()

    def _rows(self) -> QGridLayout:
        theme = look.of(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        words = (
            self.tr("三声短音，每4秒，直到有人确认"),
            self.tr("一高一低，每30秒，直到有人确认"),
            self.tr("一声；报警潮和安静时段里不响"),
        )
        self.buttons: list[KeycapButton] = []
        self.states: list[PlainLabel] = []
        top = Qt.AlignmentFlag.AlignTop
        for number, text in enumerate(words):
            row = 3 * number
            grid.addWidget(AlarmMark(number + 1, 24), row, 0, top)
            grid.addWidget(PlainLabel(alarm_words.level(number + 1), bold=True), row, 1)
            state = PlainLabel("", "secondary", "label")
            grid.addWidget(state, row, 2, Qt.AlignmentFlag.AlignRight)
            self.states.append(state)
            under = PlainLabel(text, "secondary", "label")
            under.setWordWrap(True)
            grid.addWidget(under, row + 1, 1, 1, 2)
            button = KeycapButton(self.tr("播放"), str(number + 1))
            button.clicked.connect(partial(self._play, number))
            button.setAccessibleName(f"{alarm_words.level(number + 1)} {self.tr('播放')}")
            grid.addWidget(button, row, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            if number:
                grid.setRowMinimumHeight(row - 1, theme.px(10))
            self.buttons.append(button)
        return grid

    def open(self, room: QRect, heard: str, checked_at: int, now: int, means: str) -> None:
        """Shows itself in the middle of a room of its parent, with what was heard the last time."""
        self._heard, self._played, self._asked = {}, {}, -1
        self.show_means(means)
        last = self.tr("还没有检查过")
        if checked_at:
            when = fmt.moment(checked_at, now)
            last = self.tr("上次检查 {time}，三级都听到").format(time=when)
            if heard != "123":
                last = self.tr("上次检查 {time}，有没听到的").format(time=when)
        self._last, self._has_keys = last, True
        self._show()
        self.adjustSize()
        self.move(room.center().x() - self.width() // 2, max(room.top(), room.center().y() - self.height() // 2))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_means(self, means: str) -> None:
        """What sounds are played with: a program's name, winsound or beep."""
        self._means.show_text(
            self.tr("这台机器没有播放程序，只能请系统发提示音，响没响程序不知道。听不到时，报警只能看：请接音箱，装播放程序后再检查")
            if means == "beep"
            else self.tr("用 {program} 播放。播放了不等于听到，以人听到为准").format(program=means)
        )  # fmt: skip

    def show_played(self, tone: Tone, played: str) -> None:
        """What became of a sound: sounding, ended or beeped."""
        if self.isVisible() and self._asked == TONES.index(tone):  # not what an alarm of this very minute asked for
            self._played[self._asked] = played
            self._show()

    def _play(self, number: int) -> None:
        self._last = ""
        self._heard.pop(number, None)
        self._asked = number
        self.sound_wanted.emit(TONES[number])
        self._show()

    def _answer(self, heard: bool) -> None:
        if self._asked < 0:
            return
        self._heard[self._asked] = heard
        self._asked = -1
        if len(self._heard) == len(TONES):
            self.checked.emit("".join(str(n + 1) for n, yes in sorted(self._heard.items()) if yes))
        self._show()

    @Slot("QWidget*", "QWidget*")
    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Says so when its keys would act elsewhere."""
        has = now is None or now is self or self.isAncestorOf(now)
        if self.isVisible() and has != self._has_keys:
            self._has_keys = has
            self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _show(self) -> None:
        words = {
            "": "",
            "sounding": self.tr("正在播放"),
            "ended": self.tr("已播放"),
            "beeped": self.tr("放不出，改请系统提示"),
        }
        for number, state in enumerate(self.states):
            text = words.get(self._played.get(number, ""), "")
            if number in self._heard:
                text = self.tr("听到") if self._heard[number] else self.tr("没听到")
            state.show_text(text)
            look.set_state(state, "tone", "warning" if self._heard.get(number) is False else "secondary")
        asking = self._asked >= 0
        self.no.setVisible(asking)
        self.yes.setVisible(asking)
        if asking:
            text = self.tr("听到{level}的声音了吗").format(level=alarm_words.level(self._asked + 1))
        elif len(self._heard) == len(TONES) and all(self._heard.values()):
            text = self.tr("三级都听到，已记下")
        elif len(self._heard) == len(TONES):
            text = self.tr("有没听到的，已记下。查音箱、音量和静音开关后再检查")
        else:
            text = self._last or self.tr("按 1 2 3 播放")
        if not self._has_keys:
            text = self.tr("按键在别处，点一下这里再按")
        self._question.show_text(text)

    def shut(self) -> None:
        """Puts itself away; unanswered, it comes again at the next start."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()  # letters and digits are the desk's own keys otherwise
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in _KEYS:
            self._play(_KEYS[key])
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer(True)
        elif key == Qt.Key.Key_N:
            self._answer(False)
        else:
            super().keyPressEvent(event)
