"""Photos that may show people are shown as a mosaic until somebody gives a reason to see them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

BLOCKS = 32  # across the longer side: what happened is still seen, who and which car is not


def mosaic(image: QImage) -> QImage:
    """The picture in `BLOCKS` blocks of one colour along its longer side; the size stays."""
    if image.isNull():
        return image
    fast = Qt.TransformationMode.FastTransformation
    smooth = Qt.TransformationMode.SmoothTransformation
    longer = max(image.width(), image.height())
    width, height = (max(1, round(side * BLOCKS / longer)) for side in (image.width(), image.height()))
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    return image.scaled(width, height, ignore, smooth).scaled(image.size(), ignore, fast)
