"""The footer's keys: what does not fit is left out, last first, also when the hints change at the same width."""

from PySide6.QtWidgets import QApplication

from commandscreen import theme as look
from commandscreen.widgets.keycap import KeyHints


def shown(hints: KeyHints) -> int:
    return sum(not group.isHidden() for group in hints._groups)


def test_hints_that_do_not_fit_are_left_out(qtbot) -> None:  # type: ignore[no-untyped-def]
    look.apply(QApplication.instance(), look.make("dark"))  # type: ignore[arg-type]
    hints = KeyHints([("Enter", "看它的案件")])
    qtbot.addWidget(hints)
    hints.resize(170, 30)
    hints.show()
    assert shown(hints) == 1
    hints.set_hints([("1–9", "主办"), ("Shift 1–9", "协办"), ("T", "限时"), ("Esc", "不派了")])
    assert 1 <= shown(hints) < 4
    used = sum(g.sizeHint().width() for g in hints._groups if not g.isHidden())
    assert used <= 170
    hints.resize(600, 30)
    assert shown(hints) == 4
