"""One picture in a frame, such as what a camera saw; grey until it comes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look

RATIO = 0.62  # height to width


class FramePicture(QWidget):
    """Shows a picture whole, its height following its width up to `most`."""

    def __init__(self, most: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._most = most
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def empty(self) -> bool:
        """Whether no picture has come."""
        return self._image.isNull()

    def set_image(self, image: QImage) -> None:
        """Another picture; a null one leaves the frame grey."""
        self._image = image
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(round(width * RATIO), look.of(self).px(self._most))

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        return QSize(theme.px(320), theme.px(self._most))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.color("bg_raised"))
        if self._image.isNull():
            size = theme.px(24)
            icon = look.icon("photo", theme.color("text_tertiary"), size)
            painter.drawPixmap(self.rect().center().x() - size // 2, self.rect().center().y() - size // 2, icon)
        else:
            size_ = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, size_.width(), size_.height())
            box.moveCenter(self.rect().center())
            painter.drawImage(box, self._image)
        painter.setPen(theme.color("line_default"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
