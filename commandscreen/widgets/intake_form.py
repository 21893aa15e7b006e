"""The fields of 登记 in the order people tell things: what kind, where, what happened, who says so, pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.arguments import NAME_MAX, PHONE_MAX, PLACE_MAX, TEXT_MAX, TITLE_MAX
from ..domain.case import Source
from ..domain.intake import Intake
from .field import Field
from .form_row import FormRow
from .photo_tray import PhotoTray
from .segment import Segment
from .text_box import TextBox
from .type_ahead import Offer, TypeAhead

Find = Callable[[str], Sequence[Offer]]


class IntakeForm(QScrollArea):
    """Signals: `edited(field)` when a person changes one, `grid_taken(16-digit code)`, `files_wanted()`, `removed(address)`,
    `pasted()` for Ctrl+V where the clipboard holds pictures. `rows` are the lines by field; `host` is what offers float over."""

    edited = Signal(str)
    grid_taken = Signal(object)
    files_wanted = Signal()
    removed = Signal(object)
    pasted = Signal()

    def __init__(self, sources: Sequence[tuple[str, str]], find_class: Find, find_grid: Find, host: QWidget) -> None:
        super().__init__()
        theme = look.of(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(7))
        self.setWidget(inner)
        self._names = [name for name, _ in sources]
        self.source = Segment(sources, self._names[0])
        self.source.chosen.connect(lambda _: self.edited.emit("source"))
        self.kind = TypeAhead(self.tr("类别：汉字、拼音、首字母或代码"), find_class, host)
        self.kind.taken.connect(self._kind_taken)
        self.grid = TypeAhead(self.tr("网格号、社区、网格员，或在地图上点"), find_grid, host)
        self.grid.taken.connect(self._grid_was_taken)
        self.place = self._line("place", self.tr("楼号、路口、门牌，照说的写"), PLACE_MAX)
        self.title = self._line("title", self.tr("不写就用地点加类别"), TITLE_MAX)
        self.text = TextBox(3, TEXT_MAX)
        self.text.setPlaceholderText(self.tr("说了什么，影响多少人，有没有危险"))
        self.text.setAccessibleName(self.tr("描述"))
        self.text.edited.connect(lambda: self.edited.emit("text"))
        self.text.installEventFilter(self)
        self.reporter = self._line("reporter", self.tr("姓名"), NAME_MAX)
        self.phone = self._line("phone", self.tr("电话"), PHONE_MAX)
        caller = QWidget()
        caller.setProperty("role", "plain")
        pair = QHBoxLayout(caller)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(theme.px(8))
        pair.addWidget(self.reporter, 2)
        pair.addWidget(self.phone, 3)
        self.tray = PhotoTray(self.tr("加照片"))
        self.tray.add_wanted.connect(self.files_wanted)
        self.tray.removed.connect(self.removed)
        for field in (self.kind.field, self.grid.field):
            field.installEventFilter(self)
        self.rows: Mapping[str, FormRow] = {
            "source": FormRow(self.tr("渠道"), self.source), "class_id": FormRow(self.tr("类别"), self.kind, True),
            "grid": FormRow(self.tr("网格"), self.grid, True), "place": FormRow(self.tr("地点"), self.place, True),
            "title": FormRow(self.tr("标题"), self.title), "text": FormRow(self.tr("描述"), self.text),
            "phone": FormRow(self.tr("来电人"), caller), "photos": FormRow(self.tr("照片"), self.tray),
        }  # fmt: skip
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self.rows["photos"].hint(self.tr("拖进来、Ctrl+V 粘贴，或选文件；存下前去掉位置等信息"))

    def _line(self, name: str, prompt: str, most: int) -> Field:
        field = Field()
        field.setMaxLength(most)
        field.setPlaceholderText(prompt)
        field.setAccessibleName(prompt)
        field.textEdited.connect(lambda _: self.edited.emit(name))
        field.installEventFilter(self)
        return field

    @property
    def intake(self) -> Intake:
        """What stands in it."""
        return Intake(
            Source(self.source.current), self.kind.value, self.grid.value, self.place.text(), self.title.text(),
            self.text.toPlainText(), self.reporter.text(), self.phone.text(), self.tray.addresses,
        )  # fmt: skip

    def fill(self, intake: Intake, kind: str, grid: str) -> None:
        """Shows a form without telling anyone; `kind` and `grid` are the words for its class and place."""
        self.source.set_current(intake.source.value if intake.source.value in self._names else self._names[0])
        self.kind.put(intake.class_id, kind)
        self.grid.put(intake.grid, grid)
        for field, text in ((self.place, intake.place), (self.title, intake.title), (self.reporter, intake.reporter),
                            (self.phone, intake.phone)):  # fmt: skip
            field.setText(text)
        self.text.put(intake.text)
        self.tray.clear()
        for address in intake.photos:
            self.tray.put(address, QImage())
        for row in self.rows.values():
            row.complain("")

    def row_of(self, field: str) -> FormRow:
        """The line a field stands in: name and phone share one."""
        return self.rows["phone" if field == "reporter" else field]

    def go(self, field: str) -> None:
        """Puts the keyboard into a field and brings it into view."""
        row = self.row_of(field)
        self.ensureWidgetVisible(row)
        {"phone": self.phone, "reporter": self.reporter}.get(field, row.field).setFocus()

    def go_on(self) -> None:
        """Puts the keyboard where something is missing yet."""
        for field, filled in (("class_id", self.kind.value), ("grid", self.grid.value), ("place", self.place.text())):
            if not filled:
                self.go(field)
                return
        self.go("text")

    def _kind_taken(self, value: int) -> None:
        self.edited.emit("class_id")
        if value:
            self.go_on()

    def _grid_was_taken(self, value: int) -> None:
        self.edited.emit("grid")
        if value:
            self.grid_taken.emit(value)
            self.go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.matches(
            QKeySequence.StandardKey.Paste
        ):  # fmt: skip
            mime = QGuiApplication.clipboard().mimeData()
            if mime is not None and holds_pictures(mime):
                self.pasted.emit()
                return True
        return super().eventFilter(watched, event)


def holds_pictures(mime: QMimeData) -> bool:
    """Whether a paste means pictures rather than text: files, or a picture that brings no words along."""
    return any(url.isLocalFile() for url in mime.urls()) or (mime.hasImage() and not mime.hasText())
