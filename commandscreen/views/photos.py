"""Pictures people hand in: checked before they are decoded, turned upright, shrunk and written anew without metadata."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

BYTES_MAX = 40 * 2**20
PIXELS_MAX = 64_000_000
SIDE_MAX = 2048
FORMATS = frozenset({"jpeg", "jpg", "png", "webp", "bmp"})


class PhotoError(ValueError):
    """A file that is not taken as a picture; `code` is too-big, too-many-pixels, no-photo or unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_file(path: Path) -> bytes:
    """A picture file's bytes, its size checked first. Raises PhotoError."""
    try:
        if path.stat().st_size > BYTES_MAX:
            raise PhotoError("too-big")
        return path.read_bytes()
    except OSError as error:
        raise PhotoError("unreadable") from error


def prepare(data: bytes) -> bytes:
    """A JPEG of at most `SIDE_MAX` a side, upright, with nothing but its pixels. Raises PhotoError.

    Size and format are read from the header; nothing larger than `PIXELS_MAX` is ever decoded.
    """
    if len(data) > BYTES_MAX:
        raise PhotoError("too-big")
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setDecideFormatFromContent(True)
    if not reader.canRead() or bytes(reader.format().data()).decode("ascii", "replace") not in FORMATS:
        raise PhotoError("no-photo")
    size = reader.size()
    if not size.isValid():
        raise PhotoError("no-photo")
    if size.width() * size.height() > PIXELS_MAX:
        raise PhotoError("too-many-pixels")
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > SIDE_MAX:
        reader.setScaledSize(size.scaled(QSize(SIDE_MAX, SIDE_MAX), Qt.AspectRatioMode.KeepAspectRatio))
    return encode(reader.read())


def encode(image: QImage) -> bytes:
    """The JPEG of a picture from the clipboard or a reader. Raises PhotoError."""
    if image.isNull():
        raise PhotoError("no-photo")
    if image.width() * image.height() > PIXELS_MAX:
        raise PhotoError("too-many-pixels")
    if max(image.width(), image.height()) > SIDE_MAX:
        image = image.scaled(SIDE_MAX, SIDE_MAX, Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)  # fmt: skip
    clean = QImage(image.size(), QImage.Format.Format_RGB32)  # a copy of the pixels: texts and profiles stay behind
    clean.fill(Qt.GlobalColor.white)
    painter = QPainter(clean)
    painter.drawImage(0, 0, image)
    painter.end()
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    if not clean.save(target, "JPEG", 85):  # type: ignore[call-overload]
        raise PhotoError("no-photo")
    return bytes(target.data().data())
