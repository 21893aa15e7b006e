"""The week once more, through the real pages and the real server: a bureau without a line proposes, the clerk hands one thing down
urgently, the chair holds the hour and publishes, what is off the lists stays back, a village without a line signs and reports."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sites import CITY, SHAHE, XINGONG, account_of
from week import Hall, LocalDesk, Server
from wide import TOWNSHIPS, wide_site

sys.path[:0] = [str(Path(__file__).parent)]

from commandscreen import theme as look  # noqa: E402
from commandscreen.bridge import Bridge  # noqa: E402
from commandscreen.domain.command import Command  # noqa: E402
from commandscreen.domain.meeting import MeetingState  # noqa: E402
from commandscreen.domain.person import Role  # noqa: E402
from commandscreen.domain.receipt import ReceiptState  # noqa: E402
from commandscreen.domain.task import Task, TaskState  # noqa: E402
from commandscreen.views.desk import Desk  # noqa: E402
from commandscreen.views.meeting import MeetingView  # noqa: E402
from commandscreen.views.questions import Questions  # noqa: E402
from commandscreen.views.results import Results  # noqa: E402
from commandscreen.widgets.command_bar import CommandBar  # noqa: E402

HOUR, DAY = 3_600, 86_400
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUREAU, WOMEN = account_of(Role.HANDLER, CITY, 6), account_of(Role.HANDLER, CITY, 8)


class Screen(LocalDesk):
    """A desk with its page in front: keys become commands, commands go into the outbox, the engine carries them."""

    def __init__(self, server: Server, account: str, folder: Path, qtbot) -> None:
        super().__init__(server, account, folder)
        self.server, self.qtbot, self._answers = server, qtbot, 0
        self.bridge = Bridge()
        self.questions = Questions(self.bridge)
        self.questions.attach(self.replica.readers)
        self.desk = Desk()
        results = Results(self.desk, self.questions, CommandBar())
        self.page = MeetingView(self.desk, self.questions, results)
        results.setParent(self.page)  # its clock ends with the page
        self.page.commands.commanded.connect(self._commanded)
        self.page.resize(1600, 900)
        self.desk.set_site(server.site, self.actor)
        self.look()

    def _commanded(self, command: Command) -> None:
        self.replica.command(command, 0.0).result()
        if not self.cut:
            self.level()
        self.page.refresh()

    def look(self) -> None:
        """Sits down: the page in front, on the server's clock, level where there is a line."""
        self.desk.set_skew(self.server.desk.now() - time.time())
        self.page.show()
        self.page.activateWindow()
        if not self.cut:
            self.level()
        shown = self.page.week
        self.page.refresh()
        self.until(lambda: self.page.week is not None and self.page.week is not shown)
        self.page.focus()

    def until(self, true: Callable[[], bool]) -> None:
        """Lets events run until something holds."""
        self.qtbot.waitUntil(true, timeout=8000)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page.board, key, modifiers)

    def write(self, text: str) -> None:
        """Types into the field that has the keyboard."""
        held = QApplication.focusWidget()
        assert hasattr(held, "insert"), held
        held.insert(text)

    def found(self, title: str) -> Task | None:
        """A task of the week by a part of its title."""
        return next((t for t in self.page.week.tasks if title in t.title), None) if self.page.week else None

    def at(self, title: str) -> Task:
        """Goes to a card."""
        self.until(lambda: self.found(title) is not None)
        self.page.board.setFocus()
        self.page.board.go(self.found(title).id)
        return self.found(title)

    def propose(self, lane: str, title: str, scope: str, day: str, item: int = 0) -> None:
        """I, and the form."""
        self.key(Qt.Key.Key_I)
        form = self.page.form
        form._set_lane(lane)
        self.write(title)
        if item:
            form.item.put(item, "…")
        form.to.set_scope(scope)
        form.due.field.setText(day)
        self.key(Qt.Key.Key_Return, CTRL)
        self.until(lambda: self.found(title) is not None)

    def close(self) -> None:
        """Gets up."""
        self.questions.close()
        self.page.close()
        self.page.deleteLater()
        super().close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The wide city on Wednesday morning, 11 March."""
    running = Server(f"sqlite:///{tmp_path / 'city.db'}", tmp_path / "files", site=wide_site())
    yield running
    running.stop()


@pytest.fixture
def hall(server: Server) -> Iterator[Hall]:
    made = Hall(server)
    yield made
    made.leave()


@pytest.fixture
def sit(server: Server, tmp_path: Path, qtbot, qapp: QApplication) -> Iterator[Callable[[str], Screen]]:
    look.apply(qapp, look.make("dark", reduce_motion=True))
    screens: list[Screen] = []

    def make(account: str) -> Screen:
        screens.append(Screen(server, account, tmp_path / "screens", qtbot))
        return screens[-1]

    yield make
    for screen in screens:
        screen.close()


def test_a_week_through_the_screens(server: Server, hall: Hall, sit: Callable[[str], Screen], tmp_path: Path) -> None:
    # Wednesday: 无会日, said before it is asked; the meeting is booked for Friday.
    chair = sit("chair")
    chair.key(Qt.Key.Key_H)
    plan = chair.page.plan
    plan.day.field.setText("2026-03-11")
    chair.key(Qt.Key.Key_Return, CTRL)
    chair.until(lambda: "无会日" in plan.said.text())
    plan.day.field.setText("2026-03-13")
    plan.time.setText("9:00")
    chair.key(Qt.Key.Key_Return, CTRL)
    chair.until(lambda: chair.page.hands.meeting is not None and chair.page.hands.meeting.state is MeetingState.PLANNED)

    # A bureau whose line is cut proposes all the same; another proposes what is on no list.
    bureau = sit(BUREAU)
    bureau.cut = True
    bureau.propose("society", "老旧小区消防管网排查", "township", "2026-03-20", 2007)
    made = bureau.found("消防管网")
    assert bureau.page.board.card(made.id).fate == "waiting" and made.id not in hall.records("chair")
    bureau.cut = False
    bureau.look()
    bureau.until(lambda: bureau.page.board.card(made.id).fate == "")
    women = sit(WOMEN)
    women.look()
    women.propose("economy", "社区填报企业用电台账", "all", "2026-03-18")

    # Wednesday evening: the clerk hands one thing down at once, with its reason.
    server.clock.push(12 * HOUR)
    for screen in (chair, bureau, women):
        screen.page.hide()
    clerk = sit("clerk")
    clerk.key(Qt.Key.Key_I, SHIFT)
    form = clerk.page.form
    form._set_lane("society")
    clerk.write("鞍千路沿线管道当晚排查")
    form.item.put(2007, "…")
    form.to.put("chosen", [(SHAHE, "沙河街道")])
    form.due.field.setText("2026-03-13")
    form.reason.setText("管道破裂，须当晚排查")
    clerk.key(Qt.Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.found("鞍千路") is not None and clerk.found("鞍千路").flagged)
    assert clerk.found("鞍千路").state is TaskState.ACTIVE, "urgent does not wait for eight o'clock"

    # Friday: the room fills, the chair opens the hour, reviews the emergency and goes through the lanes.
    server.clock.push(36 * HOUR + 5 * 60)
    hall.leave()
    clerk.sign_in()
    clerk.look()
    clerk.key(Qt.Key.Key_G)
    clerk.key(Qt.Key.Key_Return, CTRL)
    meeting = clerk.page.hands
    clerk.until(lambda: meeting.meeting.present == len(meeting.meeting.members) > 0)
    clerk.page.hide()
    chair.sign_in()
    chair.look()
    for title in ("消防管网", "社区填报"):
        task = chair.at(title)
        chair.key(Qt.Key.Key_M)
        chair.until(lambda task=task: task.id in chair.page.hands.meeting.tasks)
    chair.key(Qt.Key.Key_F10)
    chair.until(lambda: chair.page.hands.open)
    chair.at("鞍千路")
    chair.key(Qt.Key.Key_X)
    chair.key(Qt.Key.Key_1)
    chair.until(lambda: not chair.found("鞍千路").flagged)
    while chair.page.hands.meeting.item is None or chair.page.hands.meeting.item.lane != "publish":
        number = chair.page.hands.meeting.current
        chair.page.board.setFocus()
        chair.key(Qt.Key.Key_Space)
        chair.until(lambda number=number: chair.page.hands.meeting.current > number)

    # One screen, then Enter: the one goes out to every township, the other is held back and says why.
    chair.key(Qt.Key.Key_Return, CTRL)
    sheet = chair.page.publishing
    off = chair.found("社区填报")
    chair.until(lambda: sheet._rows[off.id].blocked)
    assert "清单外" in sheet._rows[off.id].said
    chair.key(Qt.Key.Key_Return)
    chair.until(lambda: chair.found("消防管网").state is TaskState.ACTIVE)
    assert chair.found("消防管网").counts.total == TOWNSHIPS and chair.found("社区填报").state is TaskState.DRAFT
    chair.key(Qt.Key.Key_Escape)
    chair.at("社区填报")
    chair.key(Qt.Key.Key_R)
    chair.write("清单外，供电公司已有数据")
    chair.key(Qt.Key.Key_Return)
    chair.until(lambda: chair.found("社区填报").state is TaskState.RETURNED)
    server.clock.push(63 * 60)
    chair.look()
    assert chair.page.bar._timer.text().startswith("3:") or chair.page.hands.meeting.left(server.desk.now()) < 0
    chair.key(Qt.Key.Key_F10)
    chair.until(lambda: chair.page.hands.meeting.state is MeetingState.ENDED)
    assert chair.page.hands.meeting.over > 0
    assert sum(b.over > 0 for b in chair.page.week.burden) == 1, "an over-long meeting is counted"
    chair.page.hide()

    # A township whose line is cut signs, splits to its communities and reports; the line comes back.
    street = sit(f"street-{SHAHE}")
    street.cut = True
    street.key(Qt.Key.Key_T)
    mine = next(r for r in street.page.mine._own() if r.task == made.id)
    row = street.page.mine.model.row_of(mine.id)
    street.page.mine.list.go(row)
    street.key(Qt.Key.Key_Y)
    street.until(lambda: street.receipts(made.id)[SHAHE].state is ReceiptState.SIGNED)
    street.until(lambda: any(r.id == mine.id and r.state is ReceiptState.SIGNED for r in street.page.mine._own()))
    street.key(Qt.Key.Key_D)
    street.key(Qt.Key.Key_Return, CTRL)
    street.until(lambda: any(r.over == mine.id for r in street.page.week.mine))
    assert len(street.waiting()) == 2
    street.cut = False
    street.look()
    assert street.waiting() == [] and street.refused() == []
    street.page.hide()

    # The village gets its part from the township, and reports it once.
    village = sit(f"village-{XINGONG}")
    village.key(Qt.Key.Key_T)
    part = next(r for r in village.page.mine._own() if r.task == made.id)
    village.page.mine.list.go(village.page.mine.model.row_of(part.id))
    village.key(Qt.Key.Key_Y)
    village.until(lambda: any(r.id == part.id and r.state is ReceiptState.SIGNED for r in village.page.mine._own()))
    village.key(Qt.Key.Key_B)
    report = village.page.report
    village.until(lambda: report.is_open and report._task is not None)
    report.text.setPlainText("两栋已更换阀门")
    village.key(Qt.Key.Key_Return, CTRL)
    village.until(lambda: any(r.id == part.id and r.state is ReceiptState.REPORTED for r in village.page.mine._own()))
    village.page.hide()

    # The bureau watches it come in, accepts what a township reported, then the task, saying why not all have.
    street.look()
    street.page.show_page("mine")
    street.page.mine.list.go(street.page.mine.model.row_of(mine.id))
    street.key(Qt.Key.Key_B)
    street.until(lambda: street.page.report.is_open and street.page.report._task is not None)
    street.page.report.text.setPlainText("全街道排查完毕")
    street.key(Qt.Key.Key_Return, CTRL)
    street.until(lambda: any(r.id == mine.id and r.state is ReceiptState.REPORTED for r in street.page.mine._own()))
    street.page.hide()
    bureau.sign_in()
    bureau.look()
    assert bureau.page.board.card(made.id).done == 1
    bureau.at("消防管网")
    bureau.key(Qt.Key.Key_Return)
    drawer = bureau.page.task
    bureau.until(lambda: drawer.is_open and bool(drawer._receipts))
    drawer.show_only("reported")
    drawer.list.go(next(n for n, node in enumerate(drawer._nodes) if node.receipt.area == SHAHE))
    bureau.key(Qt.Key.Key_V)
    bureau.until(lambda: bureau.receipts(made.id)[SHAHE].state is ReceiptState.ACCEPTED)
    bureau.key(Qt.Key.Key_Escape)
    bureau.at("消防管网")
    bureau.key(Qt.Key.Key_V)
    bureau.write("其余街道已电话核实")
    bureau.key(Qt.Key.Key_Return)
    bureau.until(lambda: bureau.found("消防管网").state is TaskState.DONE)
    bureau.page.hide()

    # Paper, and what the server has: the same as the screens.
    chair.look()
    chair.page.papers.tray.wanted.connect(lambda task: task(lambda _: b""))
    chair.page.print()
    assert chair.page.choices.isVisible() and len(chair.page.choices.choices) == 5
    there = hall.records("chair")
    assert {t.id: t.ver for t in chair.page.week.tasks} == {t.id: there[t.id].ver for t in chair.page.week.tasks}
