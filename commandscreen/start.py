"""How a session of the screen begins: in a window, or offscreen for pictures of it."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from . import settings as preferences
from .app import App
from .settings import Settings
from .window import qt_application


def _no_display() -> bool:
    return (
        sys.platform.startswith("linux")
        and not os.environ.get("DISPLAY")
        and not os.environ.get("WAYLAND_DISPLAY")
        and os.environ.get("QT_QPA_PLATFORM", "") in ("", "offscreen", "xcb", "wayland")
    )


def operate(server: str | None = None, ca: Path | None = None, account: str | None = None, theme: str | None = None,
            language: str | None = None, scale: float | None = None, size: tuple[int, int] | None = None) -> int:  # fmt: skip
    """Opens the screen; without a display, plays the same session offscreen, writes a picture and ends with 0."""
    folder = preferences.data_dir()
    settings = preferences.load(folder)
    asked = {"theme": theme, "language": language, "scale": scale, "account": account, "server": server}
    settings = replace(settings, **{k: v for k, v in asked.items() if v is not None}).checked()  # type: ignore[arg-type]
    if _no_display():
        print(
            "没有显示器：离屏运行同一会话，把画面存成图片。No display: the session runs offscreen and is saved as a picture."
        )
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from .picture import Wanted, portray

        out = Path("out") / "operator.png"
        return portray(folder, settings, server, ca, [Wanted("operator", out, size or (1920, 1080))], speak=True)
    qt = qt_application()
    app = App(qt, folder, settings, save=True)
    app.window.resize(*(size or (1600, 900)))
    app.window.show()
    signal.signal(signal.SIGINT, lambda *_: app.window.close())
    heartbeat = QTimer()
    heartbeat.start(250)  # lets Python see signals
    heartbeat.timeout.connect(lambda: None)

    def start() -> None:
        app.begin()
        if server:
            app.connect(server, ca)
            app.show_login()
        else:
            app.show_operator()
            app.start_demo()

    QTimer.singleShot(0, start)
    code = qt.exec()
    app.close()
    return code


def snapshot(view: str, size: tuple[int, int], theme: str, language: str, scale: float, out: Path,
             server: str | None = None, ca: Path | None = None, account: str = "") -> int:  # fmt: skip
    """Renders one view offscreen from live data."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from .picture import Wanted, portray

    settings = Settings(theme=theme, language=language, scale=scale, account=account, reduce_motion=True).checked()
    return portray(preferences.data_dir(), settings, server, ca, [Wanted(view, out, size)])
