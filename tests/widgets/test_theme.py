"""Tokens, style sheet, icons and contrast of both themes."""

import itertools
import re

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from commandscreen import theme as look
from commandscreen.widgets.lamp import TOKENS, paint_lamp

LOOKS = list(itertools.product(("dark", "light"), (False, True)))


def _luminance(color: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: QColor, other: QColor) -> float:
    """WCAG 2.2 contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "contrast"), LOOKS)
def test_texts_can_be_read_on_panels_and_on_selected_rows(name: str, contrast: bool) -> None:
    theme = look.make(name, high_contrast=contrast)
    tones = ("text_primary", "text_secondary", "text_tertiary", "text_critical", "text_warning", "text_ok", "text_link")
    for tone, ground in itertools.product(tones, ("bg_panel", "bg_raised", "bg_selected")):
        assert ratio(theme.color(tone), theme.color(ground)) >= 4.5, (tone, ground)


@pytest.mark.parametrize(("name", "contrast"), LOOKS)
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_the_style_sheet_has_no_placeholder_left(qapp: QApplication, name: str, contrast: bool, scale: float) -> None:
    sheet = look.style_sheet(look.make(name, scale, contrast))
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert "@" not in rules
    assert "$" not in rules
    assert not re.search(r"\d+dp", rules)
    assert rules.count("{") == rules.count("}") > 40


def test_lengths_follow_the_persons_scale() -> None:
    assert [look.make(scale=s).px(74) for s in (1.0, 1.25, 1.5)] == [74, 92, 111]
    assert look.make(scale=1.5).font("body").pixelSize() == 24


def test_reduced_movement_takes_no_time() -> None:
    assert look.make().duration(120) == 120
    assert look.make(reduce_motion=True).duration(120) == 0


def test_a_theme_can_be_changed_while_running(qapp: QApplication) -> None:
    for name, scale in (("light", 1.5), ("dark", 1.0)):
        theme = look.make(name, scale)
        look.apply(qapp, theme)
        assert look.of() == theme
        assert qapp.palette().window().color() == theme.color("bg_app")
        assert qapp.font().pixelSize() == theme.px(16)


def test_digits_share_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    look.load_fonts()
    for role in ("label", "body", "section", "kpi"):
        metrics = QFontMetricsF(look.make().font(role, bold=True))
        assert len({round(metrics.horizontalAdvance(d), 3) for d in "0123456789"}) == 1


def test_every_icon_takes_the_colour_asked_for(qapp: QApplication) -> None:
    files = sorted((look.RESOURCES / "icons").glob("*.svg"))
    assert len(files) > 20
    for file in files:
        image = look.icon(file.stem, QColor("#ff0000"), 24).toImage()
        inked = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        strong = [c for c in inked if c.alpha() > 200]
        assert strong, file.name
        assert all(c.red() > 200 and c.green() < 60 and c.blue() < 60 for c in strong), file.name


def _mask(kind: str, theme: look.Theme) -> frozenset[int]:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    from PySide6.QtCore import QRectF

    paint_lamp(painter, QRectF(0, 0, 40, 40), kind, theme)
    painter.end()
    return frozenset(y * 40 + x for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 128)


def test_lamps_differ_by_shape_alone(qapp: QApplication) -> None:
    """Without colour, any two lamps differ in at least a fifth of their ink."""
    masks = {kind: _mask(kind, look.make()) for kind in TOKENS}
    for one, other in itertools.combinations(masks, 2):
        both, either = masks[one] & masks[other], masks[one] | masks[other]
        assert either
        assert len(both) / len(either) < 0.8, (one, other)


def test_the_amber_lamp_has_a_dark_edge_on_light_ground(qapp: QApplication) -> None:
    theme = look.make("light")
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(theme.color("bg_panel"))
    painter = QPainter(image)
    from PySide6.QtCore import QRectF

    paint_lamp(painter, QRectF(0, 0, 40, 40), "due", theme)
    painter.end()
    bottom = [image.pixelColor(20, y) for y in range(40)]
    assert any(ratio(c, theme.color("bg_panel")) > 7 for c in bottom)
