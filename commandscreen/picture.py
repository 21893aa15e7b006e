"""Pictures of the screen from live data: plays a session offscreen until it is level, then saves views as PNG."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QGuiApplication

from .app import DEMO_ACCOUNT, App
from .domain.case import Stage
from .settings import Settings
from .window import qt_application

PATIENCE_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to make: view, file, size in logical pixels; look and language where they differ from the session's."""

    view: str
    out: Path
    size: tuple[int, int]
    theme: str = ""
    language: str = ""
    scale: float = 0.0


def portray(folder: Path, settings: Settings, server: str | None, ca: Path | None, pictures: Sequence[Wanted],
            speak: bool = False) -> int:  # fmt: skip
    """Makes pictures in one session; 0 when all were written. `speak` prints the figures on the screen."""
    from .sync.status import Phase
    from .views import words

    qt = qt_application()
    app = App(qt, folder, settings, save=False)
    app.window.resize(*pictures[0].size)
    app.window.show()
    app.begin()
    try:
        if server:
            app.connect(server, ca)
            from .protocol.demo import demo_password

            app.show_login()
            if any(p.view != "login" for p in pictures):
                account = settings.account or "zhoumin"
                app._sign_in(account, demo_password(account))
        else:
            app.show_operator()
            app.start_demo(account=settings.account or DEMO_ACCOUNT)
        if any(p.view != "login" for p in pictures) or not server:
            _until(
                lambda: (
                    app.failed or (app.status is not None and app.status.phase is Phase.LIVE and app.seat is not None)
                )
            )
            if app.status is None or app.status.phase is not Phase.LIVE:
                code = app.status.code if app.status else ""
                print(words.problem(code or "offline"), app.trouble, file=sys.stderr)
                return 1
        for wanted in pictures:
            _one(app, wanted)
            print(f"{wanted.out}")
        if speak:
            _speak(app)
    finally:
        app.window.close()
        app.close()
    return 0


def _one(app: App, wanted: Wanted) -> None:
    changes = {k: v for k, v in (("theme", wanted.theme), ("language", wanted.language), ("scale", wanted.scale)) if v}
    app.change(replace(app.settings, **changes))  # type: ignore[arg-type]
    app.window.resize(*wanted.size)
    settle(0.3)
    if wanted.view == "login":
        if app.client is not None:
            app.show_login()
            settle(1.0)
        _save(app, wanted.out)
        if app.seat is not None:
            app.show_operator()
        return
    operator = app.operator
    if wanted.view == "meeting":
        operator.open_page("meeting")
        _until(lambda: operator.meeting.week is not None and bool(operator.meeting.week.tasks))
        settle(1.0)
        _save(app, wanted.out)
        operator.open_page("desk")
        return
    _until(
        lambda: (
            len(operator.queue.model.ids) > 0 and operator.queue.model.value(operator.queue.model.id_at(0)) is not None
        )
    )
    operator.map.map.settle()
    settle(0.8)
    row = min(3, len(operator.queue.model.ids) - 1)
    if wanted.view == "case":  # one with a flow to show
        known = (
            (r, operator.queue.model.value(operator.queue.model.id_at(r))) for r in range(len(operator.queue.model.ids))
        )
        row = next((r for r, brief in known if brief is not None and brief.stage is Stage.CHECK), row)
    if row >= 0:
        operator.queue.list.go(row)
    if wanted.view == "case" and row >= 0:
        app.desk.open(operator.queue.model.id_at(row))
        _until(lambda: operator.case.case is not None and operator.case.case.id == app.desk.selected)
        settle(1.0)
    elif wanted.view == "alarms":
        operator.open_alarms()
        settle(1.5)  # its picture comes from the server
    elif wanted.view == "palette":
        operator.open_palette("xinlou" if app.settings.language == "pseudo" else "xgsq")
        settle(1.0)
    settle(0.8)
    operator.map.map.settle()
    settle(0.3)
    _save(app, wanted.out)
    operator.case.shut()
    operator.alarm_sheet.shut()
    operator.palette_box.close_box()
    operator.map.keep_ids()


def _save(app: App, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    if not app.window.grab().save(str(out), "PNG"):
        raise OSError(f"cannot write {out}")


def _speak(app: App) -> None:
    counts = app.operator.queue._counts
    site = app.seat.site if app.seat else None
    if counts is None or site is None:
        return
    from .domain.case import Lamp

    print(
        f"在办 {counts.total} 件（超期 {counts.lamps.get(Lamp.OVERDUE, 0)}，临期 {counts.lamps.get(Lamp.DUE, 0)}，"
        f"正常 {counts.lamps.get(Lamp.OK, 0)}），全市网格 {len(site.grids):,} 个"
    )


def settle(seconds: float) -> None:
    """Lets events run for a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def _until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if true():
            return True
        settle(0.05)
    return False
