"""Photos of a case side by side, each with when and at which step it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .plain_label import plain


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture's address and caption; the picture itself comes later, or is missing."""

    address: str
    caption: str

    def __post_init__(self) -> None:
        for name in ("caption",):
            object.__setattr__(self, name, plain(getattr(self, name)))


class PhotoStrip(QWidget):
    """`wanted(address)` asks for a picture, `chosen(address)` when one is clicked."""

    wanted = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Photo, ...] = ()
        self._images: dict[str, QImage | None] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_photos(self, photos: Sequence[Photo]) -> None:
        """Photos in order; asks for those not seen yet."""
        self._photos = tuple(photos)
        self.setAccessibleName("; ".join(p.caption for p in self._photos))
        known = {p.address for p in self._photos}
        self._images = {a: i for a, i in self._images.items() if a in known}
        for photo in self._photos:
            if photo.address not in self._images:
                self._images[photo.address] = None
                self.wanted.emit(photo.address)
        self.update()

    def set_image(self, address: str, image: QImage) -> None:
        """A picture that came; a null image stays a grey frame."""
        if address in self._images:
            self._images[address] = image
            self.update()

    def _boxes(self) -> list[QRect]:
        theme = look.of(self)
        gap = theme.px(8)
        width = min(theme.px(108), (self.width() - gap * 3) // 4)
        count = max(1, (self.width() + gap) // (width + gap))
        return [QRect(i * (width + gap), 0, width, theme.px(102)) for i in range(min(count, len(self._photos)))]

    def sizeHint(self) -> QSize:
        return QSize(200, look.of(self).px(104))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for box, photo in zip(self._boxes(), self._photos, strict=False):
            painter.fillRect(box, theme.color("bg_raised"))
            picture = box.adjusted(1, 1, -1, -theme.px(25))
            image = self._images.get(photo.address)
            if image is not None and not image.isNull():
                scaled = image.scaled(picture.size() * self.devicePixelRatio(), Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                                      Qt.TransformationMode.SmoothTransformation)  # fmt: skip
                source = QRect(0, 0, round(picture.width() * self.devicePixelRatio()),
                               round(picture.height() * self.devicePixelRatio()))  # fmt: skip
                source.moveCenter(scaled.rect().center())
                painter.drawImage(picture, scaled, source)
            else:
                size = theme.px(22)
                icon = look.icon("photo", theme.color("text_tertiary"), size)
                painter.drawPixmap(picture.center().x() - size // 2, picture.center().y() - size // 2, icon)
            painter.setPen(theme.color("line_default"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setFont(theme.font("label"))
            painter.setPen(theme.color("text_secondary"))
            caption = QRect(
                box.left() + theme.px(5), box.bottom() - theme.px(23), box.width() - theme.px(8), theme.px(22)
            )
            text = painter.fontMetrics().elidedText(photo.caption, Qt.TextElideMode.ElideRight, caption.width())
            painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for box, photo in zip(self._boxes(), self._photos, strict=False):
            if box.contains(event.position().toPoint()):
                self.chosen.emit(photo.address)
