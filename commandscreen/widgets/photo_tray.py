"""Pictures that are about to be handed in: small, each with a way to take it out, and a place to add more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look

WIDTH, HEIGHT, GAP = 92, 64, 8


class PhotoTray(QWidget):
    """Signals: `add_wanted()` for a file to choose, `removed(address)`. Left, right, Del and Enter work as the mouse does."""

    add_wanted = Signal()
    removed = Signal(object)

    def __init__(self, add_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_text = add_text
        self._pictures: dict[str, QImage] = {}
        self._at = 0  # the place the keys are at; the last is the one that adds
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(add_text)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The pictures in it, in order."""
        return tuple(self._pictures)

    def put(self, address: str, image: QImage) -> None:
        """Adds a picture, or gives one that is there its image."""
        self._pictures[address] = image
        self._at = len(self._pictures)
        self.updateGeometry()
        self.update()

    def take_out(self, address: str) -> None:
        """Removes a picture."""
        if self._pictures.pop(address, None) is not None:
            self._at = min(self._at, len(self._pictures))
            self.updateGeometry()
            self.update()

    def clear(self) -> None:
        """Removes all."""
        self._pictures.clear()
        self._at = 0
        self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> int:
        theme = look.of(self)
        return max(1, (width + theme.px(GAP)) // (theme.px(WIDTH) + theme.px(GAP)))

    def box(self, place: int) -> QRect:
        """Where a picture is, or the place to add one: its number in order."""
        theme = look.of(self)
        row, column = divmod(place, self._columns(self.width()))
        corner = QPoint(column * theme.px(WIDTH + GAP), row * theme.px(HEIGHT + GAP))
        return QRect(corner, QSize(theme.px(WIDTH), theme.px(HEIGHT)))

    def _cross(self, place: int) -> QRect:
        side = look.of(self).px(24)
        box = self.box(place)
        return QRect(box.right() - side + 1, box.top(), side, side)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = look.of(self)
        rows = len(self._pictures) // self._columns(width) + 1
        return rows * theme.px(HEIGHT) + (rows - 1) * theme.px(GAP)

    def sizeHint(self) -> QSize:
        return QSize(look.of(self).px(WIDTH) * 3, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.of(self).px(WIDTH), self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, image in enumerate(self._pictures.values()):
            box = self.box(place)
            painter.fillRect(box, theme.color("bg_raised"))
            size = theme.px(18)
            if image.isNull():
                icon = look.icon("photo", theme.color("text_tertiary"), size)
                painter.drawPixmap(box.center().x() - size // 2, box.center().y() - size // 2, icon)
            else:
                whole = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
                source = QRect(QPoint(), QSize(round(image.width() * box.width() / whole.width()),
                                               round(image.height() * box.height() / whole.height())))  # fmt: skip
                source.moveCenter(image.rect().center())
                painter.drawImage(box, image, source)
            cross = self._cross(place)
            painter.fillRect(cross, theme.color("bg_panel"))
            small = theme.px(14)
            icon = look.icon("x", theme.color("text_primary"), small)
            painter.drawPixmap(cross.center().x() - small // 2, cross.center().y() - small // 2, icon)
            painter.setPen(theme.color("line_default"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        self._paint_place(painter, self.box(len(self._pictures)), theme)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.box(self._at).adjusted(1, 1, -1, -1))

    def _paint_place(self, painter: QPainter, box: QRect, theme: look.Theme) -> None:
        painter.setPen(QPen(theme.color("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        size = theme.px(18)
        icon = look.icon("plus", theme.color("text_secondary"), size)
        painter.drawPixmap(box.center().x() - size // 2, box.top() + theme.px(11), icon)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text_secondary"))
        line = QRect(box.left(), box.top() + theme.px(32), box.width(), theme.px(22))
        text = painter.fontMetrics().elidedText(self._add_text, Qt.TextElideMode.ElideRight, box.width() - theme.px(6))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for place, address in enumerate(self._pictures):
            if self._cross(place).contains(point):
                self.removed.emit(address)
                return
        if self.box(len(self._pictures)).contains(point):
            self.add_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self._pictures)
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._at = max(0, min(count, self._at + (1 if key == Qt.Key.Key_Right else -1)))
            self.update()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._at < count:
            self.removed.emit(self.addresses[self._at])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at == count:
            self.add_wanted.emit()
        else:
            event.ignore()
