"""A line painted by its face is the line that Qt paints into the box."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from commandscreen import theme as look
from commandscreen.widgets.text_face import face

TEXTS = (
    "",
    "楼道灯不亮3号",
    "处置 · 市交警支队",
    "Jjgy 12/3 “broken” Å",
    "很长的标题" * 12,
    "WWWWWWWW@@@@",
    "超期123天14时",
)


@pytest.mark.parametrize("scale", [1.0, 1.1, 1.25, 1.5])
@pytest.mark.parametrize("role", ["label", "body", "section"])
@pytest.mark.parametrize("elide", [True, False])
def test_it_paints_what_qt_paints(qtbot, scale: float, role: str, elide: bool) -> None:
    look.load_fonts()
    theme = look.make(scale=scale)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    for text in TEXTS:
        for width in (40, 131, 400):
            pictures = []
            for ours in (True, False):
                picture = QImage(440, 70, QImage.Format.Format_RGB32)
                picture.fill(QColor("black"))
                painter = QPainter(picture)
                painter.setPen(QColor("white"))
                box = QRect(7, 9, width, theme.px(32))
                font = theme.font(role)
                painter.setFont(font)
                if ours:
                    face(theme, role).paint(painter, box, text, elide)
                else:
                    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width) if elide else text
                    painter.drawText(box, flags, shown)
                painter.end()
                pictures.append(picture)
            assert pictures[0] == pictures[1], (text, width)
