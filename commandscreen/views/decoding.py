"""Other people's pictures, decoded with a cap on their pixels and shrunk to what the screen shows."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

PIXELS_MAX = 24_000_000


def decode(data: bytes, box: QSize) -> QImage:
    """The picture of a file, no larger than `box`; a null image for what is none, or has too many pixels."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > PIXELS_MAX:
        return QImage()
    reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
