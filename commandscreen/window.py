"""The one window, a page at a time, and the application it lives in."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget


def qt_application() -> QApplication:
    """The process's Qt application, made where there is none yet."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])


class Window(QMainWindow):
    """The one window: sign-in or the operator's screen. `closing` is called once when it goes."""

    def __init__(self, closing: Callable[[], None]) -> None:
        super().__init__()
        self._closing = closing
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self.setMinimumSize(1024, 640)

    def show_page(self, page: QWidget) -> None:
        """Shows a page and drops the one before."""
        while (old := self.pages.widget(0)) is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing()
        super().closeEvent(event)
