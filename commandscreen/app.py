"""The composition root of the screen: builds everything and passes it in, owns the order of start and end. UI thread."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from . import settings as preferences
from . import theme as look
from . import translator
from .settings import Settings
from .window import Window

if TYPE_CHECKING:
    from .client import Client, Seat
    from .domain.decide import Command
    from .embedded import Embedded
    from .store.delta import Delta
    from .store.outbox import Entry
    from .sync.status import SyncStatus

DEMO_ACCOUNT = "zhoumin"
DEMO_HISTORY = 36_000
DEMO_SPEED = 2.0
STRIP_BOX = QSize(480, 360)  # px; what a strip of pictures shows of one


class App:
    """A session of the screen on one machine."""

    def __init__(self, app: QApplication, folder: Path, settings: Settings, save: bool) -> None:
        self._app, self.folder, self.settings, self._save = app, folder, settings, save
        self._translator = translator.install(app, settings.language)
        look.apply(app, self._theme())
        self.window = Window(self.close)
        self.window.setWindowTitle("一屏指挥 commandscreen")
        self.client: Client | None = None
        self.embedded: Embedded | None = None
        self.status: SyncStatus | None = None
        self.seat: Seat | None = None
        self.trouble = ""
        self.failed = False
        self._threads: list[threading.Thread] = []
        self._closed = False
        splash = QWidget()
        splash.setProperty("role", "app")
        self._splash_text = ""
        QVBoxLayout(splash)
        self.window.show_page(splash)

    def _theme(self) -> look.Theme:
        s = self.settings
        return look.make(s.theme, s.scale, s.high_contrast, s.reduce_motion)

    def begin(self) -> None:
        """Imports what the first picture did not need, and builds the screen's parts."""
        from .bridge import Bridge
        from .collector import Collector
        from .sound_desk import SoundDesk
        from .views.desk import Desk
        from .views.questions import Questions

        sys.setswitchinterval(1e-4)
        self.collector = Collector()
        self.bridge = Bridge()
        self.desk = Desk()
        self.questions = Questions(self.bridge)
        self.sounds = SoundDesk(self.folder / "cache" / "sounds", self._save, self._keep_settings)
        self.bridge.changed.connect(self._take_delta)
        self.bridge.status_changed.connect(self._take_status)
        from .store.connection import forbid_thread

        forbid_thread(threading.get_ident())

    # Pages -----------------------------------------------------------------------------------------------------------------

    def show_operator(self) -> None:
        """The operator's screen on the current desk; called again after a change of look or language."""
        from .views.operator import OperatorView
        from .views.preferences import PreferencesView
        from .views.questions import Questions

        self._drop_operator()
        self.questions = Questions(self.bridge)
        if self.seat is not None:
            self.questions.attach(self.seat.replica.readers)
        self.operator = OperatorView(self.desk, self.questions, self.folder / "cache" / "city.ids",
                                     self.settings.letters_need_alt)  # fmt: skip
        sources = "  ".join(self.seat.site.notices) if self.seat else ""
        sheet = PreferencesView(self.settings, sources, self.operator)
        sheet.changed.connect(self.change)
        self.sounds.serve(self.operator, sheet, self.settings)
        self.operator.settings_wanted.connect(sheet.open)
        self.operator.retry_wanted.connect(self.retry)
        self._connect_hands()
        self.operator.photo_wanted.connect(self._photo)
        self.operator.papers.tray.wanted.connect(self._paper)
        self.operator.sign_in_again.sign_in_wanted.connect(self._sign_in_again)
        self.operator.theme_wanted.connect(self._other_theme)
        self.operator.scale_wanted.connect(self._other_scale)
        self.window.show_page(self.operator)
        if self.seat is not None:
            self.operator.header.set_post(self.seat.post)
            selected = self.desk.selected
            self.desk.site_changed.emit()
            self.desk.area_changed.emit()
            self.desk.filter_changed.emit()
            if selected:
                self.desk.selected_changed.emit(selected)
        if self.status is not None:
            self.operator.take_status(self.status)
        self.operator.queue.list.setFocus()

    def _keep_settings(self, settings: Settings) -> None:
        """Writes preferences down that change nothing on the screen."""
        self.settings = replace(self.settings, sound_heard=settings.sound_heard,
                                sound_checked_at=settings.sound_checked_at)  # fmt: skip
        if self._save:
            try:
                preferences.save(self.folder, self.settings)
            except OSError as error:
                self.trouble = str(error)

    def _connect_hands(self) -> None:
        self.operator.hands.commanded.connect(self._command)
        self.operator.meeting.commands.commanded.connect(self._command)
        self.operator.meeting.photo_wanted.connect(self._task_photo)
        self.operator.meeting.papers.tray.wanted.connect(self._paper)
        self.operator.meeting.report.files_picked.connect(self._keep_photos)
        self.operator.alarms.commanded.connect(self._command)
        self.operator.results.undo_wanted.connect(lambda ids: self.client.undo(ids) if self.client else None)
        self.operator.sent.dismissed.connect(lambda ids: self.client.dismiss(ids) if self.client else None)
        if self.client is not None and self.seat is not None:
            self._attach_pictures()
            self.client.list_commands()

    def _attach_pictures(self) -> None:
        self.operator.pictures.attach(self.client)
        self.operator.intake.recall()

    def _command(self, command: Command) -> None:
        from .views.board_commands import AT_ONCE

        results = self.operator.results
        if self.client is None:
            results.failed("replica")
        else:
            failed = lambda code: self.bridge.post(lambda: self._not_kept(code))  # noqa: E731
            # Who acknowledges has seen it: that is not taken back, and the others should know at once.
            undo = 0 if command.kind == "alarm.ack" or command.kind in AT_ONCE else self.settings.undo_seconds
            self.client.command(command, undo, failed)

    def _not_kept(self, code: str) -> None:
        """The disk refused a command: that is said, and a form it came from is taken up again."""
        self.operator.results.failed(code)
        self.operator.intake.recall()

    def _take_sent(self, entries: Sequence[Entry]) -> None:
        def show() -> None:
            if hasattr(self, "operator") and not self._closed:
                self.operator.results.take(entries)

        self.bridge.post(show)

    def _drop_operator(self) -> None:
        """Before the screen goes: late answers are dropped and the map's thread ends."""
        self.questions.close()
        operator = getattr(self, "operator", None)
        if operator is not None:
            operator.intake.settle()
            operator.map.map.stop()

    def change(self, settings: Settings) -> None:
        """Other preferences: acts at once, and writes them down."""
        fresh = settings.checked()
        if fresh == self.settings:
            return
        if fresh.language != self.settings.language:
            if self._translator is not None:
                self._app.removeTranslator(self._translator)
            self._translator = translator.install(self._app, fresh.language)
        self.settings = fresh
        look.apply(self._app, self._theme())
        if self._save:
            try:
                preferences.save(self.folder, fresh)
            except OSError as error:
                self.trouble = str(error)
        # Built anew, after the sheet that asked has returned.
        QTimer.singleShot(
            0, self.show_login if self.client and self.seat is None and self._login else self.show_operator
        )

    _login = False

    def _other_theme(self) -> None:
        self.change(replace(self.settings, theme="light" if self.settings.theme == "dark" else "dark"))

    def _other_scale(self, step: int) -> None:
        self.change(replace(self.settings, scale=round(self.settings.scale + step * 0.1, 2) if step else 1.0))

    def show_login(self) -> None:
        """The sign-in page for a central server."""
        from .views.login import LoginView

        client = self.client
        if client is None:
            return
        self._login = True
        self._drop_operator()
        known = client.known_accounts()
        page = LoginView(client.url, self.settings.account, self.settings, self.settings.account in known)
        page.sign_in_wanted.connect(self._sign_in)
        page.offline_wanted.connect(self._offline)
        page.settings_changed.connect(self.change)
        self.login = page
        self.window.show_page(page)
        self._thread("look", self._look_at_server)

    # Threads ----------------------------------------------------------------------------------------------------------------

    def _thread(self, name: str, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=name)
        self._threads = [t for t in self._threads if t.is_alive()] + [thread]
        thread.start()

    def connect(self, url: str, ca: Path | None) -> None:
        """Makes the client for a server."""
        from .client import Client

        self.client = Client(
            self.folder / "desks",
            url,
            ca,
            self.bridge.tell_delta,
            self.bridge.tell_status,
            self._seated,
            self._take_sent,
        )

    def start_demo(self, speed: float = DEMO_SPEED, history: int = DEMO_HISTORY, account: str = DEMO_ACCOUNT) -> None:
        """The embedded server and its day, then the operator's seat; what is known is shown before the server answers."""
        from .client import Client
        from .embedded import Embedded, EmbeddedError
        from .protocol.demo import demo_password
        from .store.replica import ReplicaError
        from .sync.status import ApiError, Phase, SyncStatus

        client = Client(
            self.folder / "desks",
            "demo",
            None,
            self.bridge.tell_delta,
            self.bridge.tell_status,
            self._seated,
            self._take_sent,
        )
        self.client = client
        self.embedded = Embedded(self.folder / "demo", history, self._said)

        def run() -> None:
            try:
                client.sit_offline(account)
                if self._closed or self.embedded is None:
                    return
                client.url = self.embedded.start()
                client.sign_in(account, demo_password(account))
                if speed and not self._closed:
                    self.embedded.play(speed)
            except (ApiError, ReplicaError, EmbeddedError) as error:
                code = getattr(error, "code", "internal")
                self.trouble, self.failed = f"{code}: {error}", True
                self.bridge.tell_status(SyncStatus(Phase.TROUBLE, code=code))

        self._thread("start", run)

    def _said(self, line: str) -> None:
        self.trouble = line
        if os.environ.get("COMMANDSCREEN_VERBOSE"):
            print(line, file=sys.stderr)

    def _look_at_server(self) -> None:
        """What the sign-in page says of the server, clock and data."""
        from .sync.api import Api
        from .sync.status import ApiError
        from .views import words

        client = self.client
        if client is None:
            return
        api = Api(client.url, client._ca)
        try:
            start = time.monotonic()
            meta = api.json("GET", "/meta")
            took = round((time.monotonic() - start) * 1000)
            skew = float(meta.get("server_time", 0)) - time.time()
            site = meta.get("site")
            name = f"{site.get('name', '')} {site.get('version', '')}" if isinstance(site, dict) else ""
            checks = [
                (
                    "done",
                    QApplication.translate("App", "服务器"),
                    QApplication.translate("App", "已连通 {n}毫秒").format(n=took),
                ),
                (
                    "done" if abs(skew) < 120 else "due",
                    QApplication.translate("App", "本机时钟"),
                    QApplication.translate("App", "与服务器差{n}秒").format(n=f"{abs(skew):.1f}"),
                ),
                ("done", QApplication.translate("App", "辖区数据"), name),
            ]
        except ApiError as error:
            checks = [("overdue", QApplication.translate("App", "服务器"), words.problem(error.code))]
        finally:
            api.close()
        self.bridge.post(lambda: self.login.set_checks(checks))

    def _sign_in(self, account: str, password: str) -> None:
        from .store.replica import ReplicaError
        from .sync.status import ApiError
        from .views import words

        page = self.login if self._login else self.operator.sign_in_again

        def run() -> None:
            if self.client is None:
                return
            try:
                self.client.sign_in(account, password)
                self.settings = replace(self.settings, account=account)
                preferences.save(self.folder, self.settings)
            except (ApiError, ReplicaError) as error:
                text = words.problem(error.code)
                self.bridge.post(lambda: page.show_trouble(text))
            except (OSError, ValueError):
                self.bridge.post(lambda: page.show_trouble(words.problem("protocol")))

        self._thread("sign-in", run)

    def _offline(self) -> None:
        client, account = self.client, self.settings.account
        if client is not None:

            def sit() -> None:
                client.sit_offline(account)

            self._thread("offline", sit)

    def _seated(self, seat: Seat) -> None:
        self.bridge.post(lambda: self._sit(seat))

    def _sit(self, seat: Seat) -> None:
        self.seat = seat
        self._login = False
        if not hasattr(self, "operator") or self.window.pages.currentWidget() is not self.operator:
            self.show_operator()
        self.questions.attach(seat.replica.readers)
        self.operator.header.set_post(seat.post)
        self.desk.set_site(seat.site, seat.actor)
        self.collector.settle()
        self.operator.refresh()
        self.operator.queue.list.setFocus()
        self.sounds.greet()
        if self.client is not None:
            self._attach_pictures()
            self.client.list_commands()

    def _take_delta(self, delta: Delta) -> None:
        if hasattr(self, "operator") and not self._closed:
            self.operator.take_delta(delta)

    def _take_status(self, status: SyncStatus) -> None:
        self.status = status
        if hasattr(self, "operator") and not self._closed:
            self.operator.take_status(status)

    def retry(self) -> None:
        """Tries the server again now; where the session has ended, asks for the password first."""
        from .sync.status import Phase

        if self.status is not None and self.status.phase is Phase.UNAUTHORISED:
            self.operator.ask_to_sign_in()
        elif self.client is not None:
            self.client.wake()

    def _sign_in_again(self, password: str) -> None:
        if self.client is not None:
            self._sign_in(self.client.account, password)

    def _photo(self, address: str) -> None:
        client, operator = self.client, self.operator
        if client is not None:
            client.photo(address, lambda data: self.bridge.post(lambda: operator.take_photo(address, data)))

    def _task_photo(self, address: str) -> None:
        from .views.decoding import decode

        client, show = self.client, self.operator.meeting.task.take_photo

        def take(data: bytes) -> None:  # on the photos' thread
            image = decode(data, STRIP_BOX)
            self.bridge.post(lambda: show(address, image))

        if client is not None:
            client.photo(address, take)

    def _keep_photos(self, paths: Sequence[Path], done: Callable[[Sequence[str]], None]) -> None:
        """Prepares picked pictures off the UI thread and keeps them until the server has them."""
        from .views.photos import PhotoError, prepare, read_file

        client = self.client
        if client is None:
            return

        def work() -> None:
            kept, why = [], ""
            for path in paths:
                try:
                    kept.append(client.take_photo(prepare(read_file(path))))
                except PhotoError as error:
                    why = error.code
                except OSError:
                    why = "unreadable"
            self.bridge.post(lambda: done(kept))
            if why:
                self.bridge.post(lambda: self.operator.meeting.report.photo_refused(why))

        client.behind(work)

    def _paper(self, task: Callable[[Callable[[str], bytes]], None]) -> None:
        """Something to be put on paper: with its pictures, off the UI thread."""
        client = self.client
        if client is not None:
            client.behind(lambda: task(client.picture))

    def close(self) -> None:
        """Ends everything in order: the day and server, the client's threads, the map's."""
        if self._closed:
            return
        self._closed = True
        if hasattr(self, "questions"):
            self._drop_operator()
            self.sounds.close()
            self.collector.close()
        if self.embedded is not None:
            self.embedded.stop()
        for thread in self._threads:
            thread.join(15)
        if self.client is not None:
            self.client.close()
