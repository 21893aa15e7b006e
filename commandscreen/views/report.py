"""A recipient's report: what is known is filled in and not asked again, the rest is asked once, pictures come with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from sqlalchemy import Connection

from .. import theme as look
from ..domain import known
from ..domain.receipt import Receipt, ReceiptState
from ..domain.site import Site
from ..domain.task import FieldKind, FieldSpec, Task
from ..store import board as store
from ..store.records import ReplicaBook
from ..widgets.drawer import Drawer
from ..widgets.fact_grid import FactGrid
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from .board_commands import BoardCommands, Wanted
from .desk import Desk
from .questions import Questions

PHOTOS_MOST = 20
Known = dict[str, tuple[Any, str]]


class ReportForm(Drawer):
    """`files_picked(paths, done)`: pictures to be prepared and kept; `done(addresses)` is called on the UI thread."""

    files_picked = Signal(object, object)

    def __init__(self, desk: Desk, questions: Questions, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._questions, self._commands = desk, questions, commands
        self._receipt: Receipt | None = None
        self._task: Task | None = None
        self._photos: tuple[str, ...] = ()
        self._fields: dict[str, tuple[FieldSpec, Field]] = {}
        self.body.setContentsMargins(theme.px(18), theme.px(12), theme.px(16), theme.px(12))
        self.body.setSpacing(theme.px(10))
        head = QHBoxLayout()
        self._title = PlainLabel("", size="section", bold=True, elide=True)
        head.addWidget(self._title, 1)
        close = KeycapButton(self.tr("放下"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        self._what = PlainLabel("", "secondary", "label")
        self._what.setWordWrap(True)
        self.body.addWidget(self._what)
        self._known = FactGrid()
        self._known_head = PlainLabel(self.tr("已知道的，不再要"), "tertiary", "label")
        self.body.addWidget(self._known_head)
        self.body.addWidget(self._known)
        self._form_host = QWidget()
        self._form_host.setProperty("role", "plain")
        self._form = QFormLayout(self._form_host)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(theme.px(8))
        self.body.addWidget(self._form_host)
        self.body.addWidget(PlainLabel(self.tr("怎样办的"), "tertiary", "label"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("怎样办的"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(theme.px(120))
        self.body.addWidget(self.text)
        row = QHBoxLayout()
        self._pick = KeycapButton(self.tr("加照片"), "Ctrl O")
        self._pick.clicked.connect(self.pick)
        row.addWidget(self._pick)
        self._pictures = PlainLabel("", "secondary", "label", elide=True)
        row.addWidget(self._pictures, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        self._said = PlainLabel("", "warning", "label", elide=True)
        foot.addWidget(self._said, 1)
        self._send = KeycapButton(self.tr("回报"), "Ctrl Enter", "primary")
        self._send.clicked.connect(self.send)
        foot.addWidget(self._send)
        self.body.addLayout(foot)

    def begin(self, receipt: Receipt) -> None:
        """A report on a share; what is known is looked up first."""
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        if self._receipt is None or self._receipt.id != receipt.id:
            self.text.setPlainText(receipt.text)
            self._photos = ()
        self._receipt = receipt
        self._title.show_text(receipt.title)
        self._said.show_text("")
        self._show_pictures()
        self._send.setText(self.tr("补附件") if receipt.state is ReceiptState.REPORTED else self.tr("回报"))

        def look_up(connection: Connection) -> tuple[Task | None, Known]:
            return _known(connection, receipt, site, now)

        self._questions.ask("report.known", look_up, self._take)

    def _take(self, found: tuple[Task | None, Known]) -> None:
        task, there = found
        self._task = task
        if task is None:
            return
        self._what.show_text(task.text)
        self._what.setVisible(bool(task.text))
        words = {"site": self.tr("辖区数据"), "below": self.tr("下级合计"), "before": self.tr("以前报过")}
        labels = {f.key: f.label for f in task.fields}
        self._known.set_facts(
            [(labels.get(k, k), f"{_shown(v)}  {words.get(origin, origin)}") for k, (v, origin) in there.items()]
        )
        self._known_head.setVisible(bool(there))
        before = {key: field.text() for key, (_, field) in self._fields.items()}
        while self._form.rowCount():
            self._form.removeRow(0)
        self._fields = {}
        for spec in task.fields:
            if spec.key in there:
                continue
            field = Field()
            field.setMaxLength(200)
            field.setAccessibleName(spec.label)
            field.setText(before.get(spec.key, ""))
            if spec.kind is FieldKind.YES_NO:
                field.setPlaceholderText(self.tr("是 或 否"))
            elif spec.kind is FieldKind.NUMBER:
                field.setPlaceholderText(self.tr("填数"))
            self._form.addRow(PlainLabel(spec.label), field)
            self._fields[spec.key] = (spec, field)
        first = next((field for _, field in self._fields.values()), None)
        (first or self.text).setFocus()

    def pick(self) -> None:
        """Asks for picture files."""
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("选照片"), "", "JPEG PNG WebP (*.jpg *.jpeg *.png *.webp)"
        )
        self.add_files([Path(p) for p in paths])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Pictures to hand in with the report."""
        if paths:
            self._pictures.show_text(self.tr("正在读取照片"))
            self.files_picked.emit(list(paths)[:PHOTOS_MOST], self._take_pictures)

    def _take_pictures(self, addresses: Sequence[str]) -> None:
        self._photos = tuple(dict.fromkeys([*self._photos, *addresses]))[:PHOTOS_MOST]
        self._show_pictures()

    def photo_refused(self, code: str) -> None:
        """A file that is not taken as a picture, and why."""
        self._said.show_text({
            "too-big": self.tr("照片文件太大"), "too-many-pixels": self.tr("照片像素太多"),
            "no-photo": self.tr("不是照片文件"),
        }.get(code, self.tr("读不到照片文件")))  # fmt: skip

    def _show_pictures(self) -> None:
        self._pictures.show_text(
            self.tr("照片{n}张").format(n=len(self._photos)) if self._photos else self.tr("没有照片")
        )

    def send(self) -> None:
        """Ctrl+Enter: reports, once."""
        receipt = self._receipt
        if receipt is None:
            return
        values: dict[str, Any] = {}
        late = receipt.state is ReceiptState.REPORTED
        for key, (spec, field) in self._fields.items() if not late else ():
            value = read_value(spec, field, self.tr("是"))
            if value is None:
                self._said.show_text(self.tr("{field}没有填，或不是数").format(field=spec.label))
                field.setFocus()
                return
            values[key] = value
        text = self.text.toPlainText().strip()
        if not text:
            self._said.show_text(self.tr("写一句怎样办的"))
            self.text.setFocus()
            return
        args: dict[str, Any] = {"text": text[:2000]}
        if values:
            args["fields"] = values
        if self._photos:
            args["photos"] = list(self._photos)
        kind = "receipt.report"
        if receipt.state is ReceiptState.REPORTED:  # reported already: only evidence can still be added
            kind, args = "receipt.attach", {"photos": list(self._photos), "text": text[:2000]}
        wanted = Wanted(kind, receipt.id, receipt.ver, args, receipt.title)
        self._commands.give([wanted], lambda tried: self._given(tried[0].why))

    def _given(self, why: str) -> None:
        if why:
            self._said.show_text(why)
            return
        self.text.clear()
        self._receipt, self._photos = None, ()
        self.shut()


def read_value(spec: FieldSpec, field: QLineEdit, yes: str) -> Any:
    """A field's value by its kind; None where it is empty or of another kind."""
    text = field.text().strip()
    if not text:
        return None
    if spec.kind is FieldKind.NUMBER:
        try:
            number = float(text.replace(",", "").replace("，", ""))
        except ValueError:
            return None
        return int(number) if number == int(number) else number
    return text.casefold() in (yes.casefold(), "y", "yes", "1") if spec.kind is FieldKind.YES_NO else text


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _known(connection: Connection, receipt: Receipt, site: Site, now: int) -> tuple[Task | None, Known]:
    task = store.task_by_id(connection, receipt.task)
    return task, known.known(receipt, task, site, ReplicaBook(connection), now) if task else {}
