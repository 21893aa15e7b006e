"""The look: tokens, fonts, icons, style sheet. The theme is the application's, as its palette is. UI thread."""

from __future__ import annotations

import getpass
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

RESOURCES = Path(__file__).parent.parent / "resources"
FAMILY = "Noto Sans SC"
_SIZES = {"keycap": 13, "label": 14, "body": 16, "section": 20, "page": 22, "kpi": 30, "timer": 42}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and sizes of one look. `scale` is the person's own, 1.0–1.5; lengths are logical pixels at scale 1."""

    name: str
    scale: float
    high_contrast: bool
    reduce_motion: bool
    colours: Mapping[str, str]
    stale: Mapping[str, str] = field(default_factory=dict)

    def color(self, token: str) -> QColor:
        """The colour of a token. Raises KeyError for a name that is none."""
        return QColor(self.colours[token])

    def faded(self) -> Theme:
        """The same for data too old to be acted upon: status colours have lost their chroma."""
        return replace(self, colours={**self.colours, **self.stale})

    def px(self, length: float) -> int:
        """A length at the person's scale."""
        return round(length * self.scale)

    def font(self, role: str = "body", bold: bool = False) -> QFont:
        """The font of a role: keycap, label, body, section, page, kpi or timer."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(_SIZES[role]))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def duration(self, milliseconds: int) -> int:
        """A movement's time; 0 where movement is reduced."""
        return 0 if self.reduce_motion else milliseconds


def make(name: str = "dark", scale: float = 1.0, high_contrast: bool = False, reduce_motion: bool = False) -> Theme:
    """The theme of a name, `dark` or `light`, from the tokens."""
    tokens = _tokens()
    colours = {k: v for k, v in tokens["color"][name].items() if isinstance(v, str)}
    if high_contrast:
        colours |= tokens["high_contrast_override"][name]
    return Theme(name, scale, high_contrast, reduce_motion, colours, tokens["color"]["stale_override"][name])


def of(_widget: QWidget | None = None) -> Theme:
    """The application's theme; the dark one where none was applied yet."""
    app = QApplication.instance()
    found = app.property("theme") if app is not None else None
    return found if isinstance(found, Theme) else make()


def apply(app: QApplication, theme: Theme) -> None:
    """Gives the application a theme: fonts, palette, style sheet. Widgets that paint get a style-change event."""
    load_fonts()
    app.setProperty("theme", theme)
    app.setStyle("Fusion")
    app.setFont(theme.font())
    palette = QPalette()
    for role, token in _tokens()["palette_roles"].items():
        known = getattr(QPalette.ColorRole, role, None)
        if known is not None:
            palette.setColor(QPalette.ColorGroup.All, known, theme.color(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_disabled"))
    app.setPalette(palette)
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """The QSS of a theme: `@token` becomes a colour, `12dp` a length at the person's scale."""
    text = (RESOURCES / "theme" / "app.qss").read_text("utf-8")
    text = re.sub(r"@([a-z_0-9]+)", lambda m: theme.colours[m.group(1)], text)
    text = re.sub(r"\$([a-z-]+)", lambda m: _image(m.group(1), theme), text)
    return re.sub(r"(\d+)dp", lambda m: f"{theme.px(int(m.group(1)))}px", text)


def repolish(widget: QWidget) -> None:
    """Lets a changed dynamic property show, for this widget only."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet reads, if it differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def _image(name: str, theme: Theme) -> str:
    """An icon's file in the colour a style sheet needs; style sheets take files only."""
    colour = theme.color("text_on_accent" if name == "check" else "text_secondary").name()
    folder = Path(tempfile.gettempdir()) / f"commandscreen-icons-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}-{colour[1:]}.svg"
    if not path.exists():
        text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
        path.write_text(text, "utf-8")
    return path.as_posix()


@cache
def _tokens() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))
    return found


@cache
def load_fonts() -> tuple[str, ...]:
    """Loads the shipped fonts, since a fresh machine has no Chinese one; the families that came."""
    families: list[str] = []
    for name in ("NotoSansSC-Regular-gb2312.ttf", "NotoSansSC-Bold-gb2312.ttf"):
        number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


_ICONS: dict[tuple[str, str, int, float], QPixmap] = {}


def icon(name: str, color: QColor, size: int) -> QPixmap:
    """An icon as a picture of `size` logical pixels; QtSvg knows no currentColor, so it is replaced beforehand."""
    ratio = max((s.devicePixelRatio() for s in QGuiApplication.screens()), default=1.0)
    key = (name, color.name(), size, ratio)
    if key not in _ICONS:
        text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", color.name())
        picture = QPixmap(round(size * ratio), round(size * ratio))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, picture.width(), picture.height()))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        _ICONS[key] = picture
    return _ICONS[key]
