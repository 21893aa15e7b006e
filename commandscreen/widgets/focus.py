"""Who has the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def in_sheet(widget: QWidget) -> bool:
    """Whether a widget is, or stands on, a sheet over the screen: what it has of the keyboard nobody takes from it."""
    up: QWidget | None = widget
    while up is not None:
        if up.property("role") == "sheet":
            return True
        up = up.parentWidget()
    return False
