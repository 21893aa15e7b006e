"""The whole of it, as `make run` starts it: server and day as processes, the screen on its replica, the cable pulled."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from commandscreen.app import App
from commandscreen.domain.case import Case, Stage, State
from commandscreen.settings import Settings
from commandscreen.store import queries
from commandscreen.store.connection import allow_thread
from commandscreen.store.delta import Delta
from commandscreen.store.filter import Filter, Sort
from commandscreen.sync.status import Phase


def fates(screen: App) -> list[str]:
    return [e.fate.value for e in screen.seat.replica.look_into_outbox(lambda box: box.listing())]


def in_replica(screen: App, case_id: int) -> Case:
    return screen.seat.replica.write(lambda c: (queries.case(c, case_id), Delta())).result()


def waiting_for_dispatch(screen: App) -> list[int]:
    found = screen.seat.replica.write(
        lambda c: (queries.case_ids(c, Filter(area=screen.desk.area, stage=Stage.DISPATCH), Sort.REMAINING, 0), Delta())
    ).result()
    return [int(i) for i in found]


def dispatch(qtbot, screen: App, case_id: int) -> None:
    """D Enter on a case, as the operator does it."""
    screen.desk.select(case_id)
    for key in (Qt.Key.Key_D, Qt.Key.Key_Return):
        qtbot.keyClick(screen.operator.queue.list, key)
    qtbot.waitUntil(lambda: in_replica(screen, case_id).state is State.PENDING_SIGN, timeout=10_000)


def test_the_screen_lives_and_acts_offline_and_catches_up(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    screen = App(app, tmp_path / "home", Settings(reduce_motion=True), save=False)
    screen.window.resize(1600, 900)
    screen.window.show()
    screen.begin()
    screen.show_operator()
    screen.start_demo(speed=0, history=4_000)
    try:
        qtbot.waitUntil(
            lambda: screen.failed or (screen.status is not None and screen.status.phase is Phase.LIVE), timeout=60_000
        )
        assert not screen.failed, screen.trouble
        queue = screen.operator.queue
        qtbot.waitUntil(lambda: len(queue.model.ids) == 47, timeout=10_000)
        assert screen.operator.header._demo.isVisible(), "demo data says so"

        screen.settings = replace(screen.settings, undo_seconds=0)
        first, second = waiting_for_dispatch(screen)[:2]
        dispatch(qtbot, screen, first)
        qtbot.waitUntil(lambda: fates(screen) == ["settled"], timeout=20_000)

        server = screen.embedded._children[0]
        server.send_signal(signal.SIGSTOP)  # the cable: packets go out, nothing comes back
        time.sleep(0.1)
        server.send_signal(signal.SIGKILL)
        server.wait()
        qtbot.waitUntil(lambda: screen.status.phase is Phase.OFFLINE, timeout=40_000)
        assert len(queue.model.ids) == 47, "reading goes on"
        dispatch(qtbot, screen, second)
        qtbot.waitUntil(lambda: "1条指令待发送" in queue.bar.words.text(), timeout=10_000)
        assert fates(screen) == ["waiting", "settled"], "acting goes on too"
        screen.desk.open(queue.model.id_at(0))
        qtbot.waitUntil(lambda: screen.operator.case.case is not None, timeout=5_000)

        port = screen.client.url.rsplit(":", 1)[1]
        database = f"sqlite:///{tmp_path / 'home' / 'demo' / 'city.db'}"
        screen.embedded._spawn("serve", "--demo", "--database", database, "--listen", f"127.0.0.1:{port}")
        back = time.monotonic()
        qtbot.waitUntil(lambda: screen.status.phase is Phase.LIVE, timeout=30_000)
        assert time.monotonic() - back < 30
        qtbot.waitUntil(lambda: fates(screen) == ["settled", "settled"], timeout=20_000)
        for case_id in (first, second):
            row = in_replica(screen, case_id)
            assert (row.state, row.flow[-1].actor) == (State.PENDING_SIGN, "周敏")
            assert sum(entry.kind == "dispatch" for entry in row.flow) == 1
    finally:
        screen.window.close()
        screen.close()
        allow_thread(threading.get_ident())
        screen.window.deleteLater()
        qtbot.wait(10)


def test_run_without_a_display_writes_the_screen_and_ends_well(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    environment["COMMANDSCREEN_HOME"] = str(tmp_path / "home")
    environment["PYTHONPATH"] = str(root)
    done = subprocess.run([sys.executable, str(root / "main.py")], cwd=tmp_path, env=environment, capture_output=True,
                          timeout=150, check=False)  # fmt: skip
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()
    assert "No display" in said
    assert "在办 47 件" in said
    assert "66,623" in said
    assert (tmp_path / "out" / "operator.png").read_bytes().startswith(b"\x89PNG")


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "COMMANDSCREEN_HOME": str(home)}
    return subprocess.run([sys.executable, str(root / "main.py"), *arguments], cwd=root, env=environment, capture_output=True,
                          timeout=100, check=False)  # fmt: skip


def test_the_command_line_explains_itself_and_refuses_nonsense(tmp_path: Path) -> None:
    shown = run("--help", home=tmp_path)
    assert shown.returncode == 0
    for command in (b"operate", b"serve", b"simulate", b"snapshot", b"site"):
        assert command in shown.stdout
    for wrong in (
        ["--size", "x"],
        ["snapshot"],
        ["serve", "--listen", "nowhere"],
        ["operate", "--scale", "9"],
        ["fly"],
    ):
        answer = run(*wrong, home=tmp_path)
        assert answer.returncode == 2, wrong
        assert b"Traceback" not in answer.stderr
    refused = run("serve", "--demo", "--listen", "0.0.0.0:0", home=tmp_path)
    assert refused.returncode != 0
    assert "127.0.0.1" in refused.stderr.decode()


def test_demo_accounts_are_listed_for_any_client(tmp_path: Path) -> None:
    listed = json.loads(run("site", "people", "--demo", "--json", home=tmp_path).stdout)
    mine = next(row for row in listed if row["account"] == "zhoumin")
    assert mine["roles"] == ["dispatcher", "intake"]
    assert {role for row in listed for role in row["roles"]} >= {"supervisor", "wall", "channel", "admin", "grid_chief"}


def test_site_check_counts_the_city(tmp_path: Path) -> None:
    report = json.loads(run("site", "check", "--json", home=tmp_path).stdout)
    assert report["ok"] is True
    assert report["counts"]["general_grids"] == 63_684
    assert report["counts"]["dedicated_grids"] == 2_939
    missing = run("site", "check", str(tmp_path / "nothing"), home=tmp_path)
    assert missing.returncode == 1
    assert b"Traceback" not in missing.stderr
