"""A case's photos, large: arrows move, Esc goes back; a mosaic is taken off for a reason, which the server logs first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain.case import Case
from ..domain.privacy import picture_is_masked
from ..widgets.drawer import Drawer
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton, KeyHints
from ..widgets.picture_pane import PicturePane
from ..widgets.plain_label import PlainLabel
from . import format as fmt
from . import words
from .pictures import Came, Pictures

REASON_MAX = 200


class PhotoView(Drawer):
    """Lies where the case drawer lies; `closed()` when it goes."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._pictures = pictures
        self._shots: list[tuple[str, str, bool]] = []  # address, caption, whether it is masked
        self._at = 0
        self._case: Case | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(10))
        self._count = PlainLabel("", size="section", bold=True)
        head.addWidget(self._count)
        self._caption = PlainLabel("", "secondary", elide=True)
        head.addWidget(self._caption, 1)
        self._clear = KeycapButton(self.tr("看清"), "Enter", "primary")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.ask)
        head.addWidget(self._clear)
        close = KeycapButton(self.tr("返回"), "Esc")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        self.pane = PicturePane()
        self.pane.stepped.connect(self.step)
        self.body.addWidget(self.pane, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(10))
        foot.setSpacing(theme.px(10))
        self._hints = KeyHints([("← →", self.tr("上一张、下一张")), ("Esc", self.tr("返回"))])
        foot.addWidget(self._hints, 1)
        self._said = PlainLabel("", "critical", "label", elide=True)
        foot.addWidget(self._said, 1)
        self.reason = Field()
        self.reason.setMaxLength(REASON_MAX)
        self.reason.setPlaceholderText(self.tr("为何要看清，记入审计日志。回车确认，Esc 放下"))
        self.reason.setAccessibleName(self.tr("看清的理由"))
        self.reason.returnPressed.connect(self._give_reason)
        self.reason.hide()
        foot.addWidget(self.reason, 3)
        self.body.addLayout(foot)
        pictures.came.connect(self._came)

    def show_photos(self, case: Case, first: str = "") -> bool:
        """Shows a case's photos from one on; no, where it has none."""
        shots = [
            (address, f"{fmt.clock(entry.at)} {words.step(entry.kind)}  {case.title}", picture_is_masked(entry.post))
            for entry in case.flow for address in entry.photos
        ]  # fmt: skip
        if not shots:
            return False
        self._case, self._shots = case, shots
        self._at = next((n for n, shot in enumerate(shots) if shot[0] == first), 0)
        self.open()
        self.setFocus()
        self._show()
        return True

    def _show(self) -> None:
        address, caption, masked = self._shots[self._at]
        self._leave_reason()
        self._count.show_text(self.tr("照片 {n}/{all}").format(n=self._at + 1, all=len(self._shots)))
        self._caption.show_text(caption)
        self._clear.setVisible(masked and address not in self._pictures.clear)
        self.setAccessibleName(f"{self._count.text()} {caption}")
        self.pane.put(QImage(), self.tr("正在取照片"))
        self._pictures.want(address, masked, large=True)

    def _came(self, came: Came) -> None:
        if not (self.is_open and came.large and self._shots and came.address == self._shots[self._at][0]):
            return
        note = self.tr("来自诉求渠道，人脸和车牌未逐一识别，先整张打码") if came.masked else ""
        self.pane.put(came.image, self.tr("照片取不到，连上服务器后再看"), note)

    def step(self, by: int) -> None:
        """The next or the previous one; the ends are ends."""
        at = max(0, min(len(self._shots) - 1, self._at + by))
        if at != self._at:
            self._at = at
            self._show()

    def ask(self) -> None:
        """Asks why this one has to be seen clearly."""
        if not self._clear.isHidden():
            self._hints.hide()
            self._said.show_text("")
            self.reason.show()
            self.reason.setFocus()

    def _leave_reason(self) -> None:
        self.reason.clear()
        self.reason.hide()
        self._said.show_text("")
        self._hints.show()
        self.setFocus()

    def _give_reason(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            return
        address = self._shots[self._at][0]

        def done(code: str) -> None:
            if self._shots[self._at][0] != address:
                return
            if code:
                self._said.show_text(self.tr("没有看清：{why}").format(why=words.problem(code)))
                return
            self._show()
            self._pictures.want(address, True)  # the small one in the drawer follows

        self._leave_reason()
        self._pictures.unmask(address, reason, done)

    def shut(self) -> None:
        """Goes back to the case."""
        self._leave_reason()
        super().shut()

    # Qt -------------------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Its keys are its own while it has the keyboard; those with Ctrl or Alt, and F keys, go past.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            past = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if not past and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_K):
            self.step(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_Space):
            self.step(1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
        elif key == Qt.Key.Key_Escape:
            if self.reason.isVisible():
                self._leave_reason()
            else:
                self.shut()
        elif key == Qt.Key.Key_P:
            self.shut()
        else:
            event.accept()
