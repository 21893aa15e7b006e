"""One picture as large as its pane, on a plain ground; a mosaic says that it is one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look


class PicturePane(QWidget):
    """`stepped(-1 | +1)` by a click on the left or right half."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words, self._note = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.of(self).px(240), look.of(self).px(180))

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def put(self, image: QImage, words: str = "", note: str = "") -> None:
        """Shows a picture; without one, `words` say why. `note` lies over its lower edge."""
        self._image, self._words, self._note = image, words, note
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.color("bg_app"))
        if self._image.isNull():
            size = theme.px(36)
            icon = look.icon("photo", theme.color("text_tertiary"), size)
            middle = self.rect().center()
            painter.drawPixmap(middle.x() - size // 2, middle.y() - size, icon)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text_secondary"))
            line = QRect(0, middle.y() + theme.px(10), self.width(), theme.px(30))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)
            return
        room = self.size() - QSize(theme.px(16), theme.px(16))
        whole = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, whole.width(), whole.height())
        box.moveCenter(self.rect().center())
        painter.drawImage(box, self._image)
        if self._note:
            font = theme.font("label")
            painter.setFont(font)
            band = QRect(box.left(), box.bottom() - theme.px(33), box.width(), theme.px(34))
            painter.fillRect(band, theme.color("bg_panel"))
            painter.setPen(theme.color("text_secondary"))
            text = painter.fontMetrics().elidedText(
                self._note, Qt.TextElideMode.ElideRight, band.width() - theme.px(20)
            )
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.stepped.emit(-1 if event.position().x() < self.width() / 2 else 1)
