"""Signing in to a central server: account, password, what this machine knows, language and theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from .. import __version__
from .. import theme as look
from ..settings import Settings
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton
from ..widgets.lamp import Lamp
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment


class LoginView(QWidget):
    """Signals: `sign_in_wanted(account, password)`, `offline_wanted()`, `settings_changed(Settings)`."""

    sign_in_wanted = Signal(str, str)
    offline_wanted = Signal()
    settings_changed = Signal(object)

    def __init__(
        self, server: str, account: str, settings: Settings, offline: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._settings = settings
        self.setProperty("role", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        card = QFrame()
        card.setProperty("role", "panel")
        card.setFixedWidth(theme.px(520))
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._form(server, account, offline))
        column.addWidget(self._rule())
        column.addLayout(self._checks_area())
        column.addWidget(self._rule())
        column.addLayout(self._foot())
        (self._password if account else self._account).setFocus()

    def _rule(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "line")
        return line

    def _form(self, server: str, account: str, offline: bool) -> QVBoxLayout:
        theme = look.of(self)
        form = QVBoxLayout()
        form.setContentsMargins(theme.px(40), theme.px(36), theme.px(40), theme.px(20))
        form.setSpacing(theme.px(6))
        title = PlainLabel(self.tr("基层治理指挥台"), size="kpi", bold=True)
        form.addWidget(title)
        form.addWidget(PlainLabel(self.tr("一网统管  一屏指挥"), "secondary"))
        form.addSpacing(theme.px(14))
        form.addWidget(PlainLabel(self.tr("服务器"), "secondary", "label"))
        form.addWidget(PlainLabel(server, elide=True))
        form.addSpacing(theme.px(10))
        form.addWidget(PlainLabel(self.tr("账号"), "secondary", "label"))
        self._account = Field(account)
        self._account.setAccessibleName(self.tr("账号"))
        self._account.setMaxLength(64)
        form.addWidget(self._account)
        form.addSpacing(theme.px(10))
        form.addWidget(PlainLabel(self.tr("口令"), "secondary", "label"))
        self._password = Field()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(self.tr("口令"))
        self._password.setMaxLength(256)
        self._password.installEventFilter(self)
        form.addWidget(self._password)
        self._message = PlainLabel("", "critical", "label")
        self._message.setWordWrap(True)
        form.addWidget(self._message)
        form.addSpacing(theme.px(8))
        buttons = QHBoxLayout()
        self._button = KeycapButton(self.tr("登录"), "Enter", "primary")
        self._button.setMinimumHeight(theme.px(40))
        self._button.setMinimumWidth(theme.px(140))
        self._button.clicked.connect(self._sign_in)
        buttons.addWidget(self._button)
        if offline:
            away = KeycapButton(self.tr("离线查看"), "F6")
            away.setMinimumHeight(theme.px(40))
            away.clicked.connect(self.offline_wanted.emit)
            buttons.addWidget(away)
        buttons.addStretch(1)
        form.addLayout(buttons)
        self._account.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._sign_in)
        return form

    def _checks_area(self) -> QGridLayout:
        theme = look.of(self)
        self._checks = QGridLayout()
        self._checks.setContentsMargins(theme.px(40), theme.px(18), theme.px(40), theme.px(18))
        self._checks.setHorizontalSpacing(theme.px(12))
        self._checks.setVerticalSpacing(theme.px(8))
        self._checks.setColumnStretch(2, 1)
        self._cells: list[tuple[Lamp, PlainLabel, PlainLabel]] = []
        return self._checks

    def _foot(self) -> QHBoxLayout:
        theme = look.of(self)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(40), theme.px(12), theme.px(40), theme.px(12))
        language = Segment([("zh_CN", "简体中文"), ("en", "English")], self._settings.language)
        language.chosen.connect(lambda name: self._change(language=name))
        shade = Segment([("light", self.tr("浅色")), ("dark", self.tr("深色"))], self._settings.theme)
        shade.chosen.connect(lambda name: self._change(theme=name))
        foot.addWidget(language)
        foot.addSpacing(theme.px(16))
        foot.addWidget(shade)
        foot.addStretch(1)
        foot.addWidget(PlainLabel(self.tr("版本 {v}").format(v=__version__), "tertiary", "label"))
        return foot

    def _change(self, **changes: str) -> None:
        from dataclasses import replace

        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        self.settings_changed.emit(self._settings)

    def set_checks(self, checks: Sequence[tuple[str, str, str]]) -> None:
        """What this machine knows: (lamp's value, what, how it stands)."""
        while len(self._cells) < len(checks):
            cells = (Lamp("done", 15), PlainLabel("", "tertiary", "label"), PlainLabel("", size="label", elide=True))
            for number, cell in enumerate(cells):
                self._checks.addWidget(cell, len(self._cells), number)
            self._cells.append(cells)
        for (kind, what, how), (lamp, left, right) in zip(checks, self._cells, strict=False):
            lamp.set_kind(kind)
            left.show_text(what)
            right.show_text(how)

    def show_trouble(self, text: str) -> None:
        """Why signing in failed; the form can be used again."""
        self._message.show_text(text)
        self._button.setEnabled(True)
        self._password.selectAll()
        self._password.setFocus()

    def _sign_in(self) -> None:
        account, password = self._account.text().strip(), self._password.text()
        if not account or not password:
            self._message.show_text(self.tr("账号和口令都要填。"))
            return
        self._message.show_text("")
        self._button.setEnabled(False)
        self.sign_in_wanted.emit(account, password)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._password and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if text.isalpha() and text.isupper() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._message.show_text(self.tr("大写锁定开着。"))
        return super().eventFilter(watched, event)
