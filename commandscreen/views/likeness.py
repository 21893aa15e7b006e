"""What the desk already knows about what is being written down: cases like it, and earlier ones of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.case import FINAL, Source, State
from ..domain.intake import Intake, dialled, whole_number
from ..domain.privacy import mask_phone
from ..domain.workflow import Kind, allowed
from ..store.callers import Earlier, earlier
from ..store.similar import Similar, similar
from ..widgets.like_list import LikeCase, LikeList
from ..widgets.plain_label import PlainLabel
from . import format as fmt
from . import words
from .desk import Desk
from .pictures import Pictures
from .questions import Questions

WAIT_MS = 250
SHOWN = 3


class LikenessView(QWidget):
    """Signals: `open_wanted(case id)`, `merge_wanted(case id)`, `note_wanted(case id)`. A moment after each change it looks
    again; what the server knows of a whole number is asked for through `pictures`."""

    open_wanted = Signal(object)
    merge_wanted = Signal(object)
    note_wanted = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self._desk, self._questions, self._pictures = desk, questions, pictures
        self._intake = Intake()
        self._looked: tuple[object, ...] = ()
        self._most = SHOWN
        self._number = ""
        self._told: tuple[int, tuple[int, ...]] | None = None  # what the server said of the number
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(8))
        column.setSpacing(theme.px(4))
        self._sub = self._head(column, self.tr("相似与重复"))
        self.likes = LikeList()
        self.likes.wanted.connect(self._wanted)
        column.addWidget(self.likes)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        column.addWidget(self._line)
        self._callers = QWidget()
        self._callers.setProperty("role", "plain")
        inner = QVBoxLayout(self._callers)
        inner.setContentsMargins(0, theme.px(2), 0, 0)
        inner.setSpacing(theme.px(2))
        self._caller_sub = self._head(inner, self.tr("来电历史"))
        self.earlier = LikeList()
        self.earlier.wanted.connect(self._wanted)
        inner.addWidget(self.earlier)
        column.addWidget(self._callers)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.look)
        self._show_callers((0, ()))
        self.likes.set_cases((), self.tr("选了类别和网格就开始比对"))

    def _head(self, column: QVBoxLayout, title: str) -> PlainLabel:
        row = QHBoxLayout()
        row.setSpacing(look.of(self).px(8))
        row.addWidget(PlainLabel(title, bold=True))
        sub = PlainLabel("", "tertiary", "label", elide=True)
        row.addWidget(sub, 1)
        column.addLayout(row)
        return sub

    def set_compact(self, compact: bool) -> None:
        """On small screens there are fewer of them, one line each."""
        self._most = 2 if compact else SHOWN
        self.likes.set_compact(compact)
        self.earlier.set_compact(compact)

    def follow(self, intake: Intake) -> None:
        """The form as it stands now."""
        self._intake = intake
        self._wait.start()

    def look(self) -> None:
        """Asks the replica, if what matters has changed."""
        intake, now = self._intake, self._desk.now()
        asked = (intake.class_id, intake.grid, intake.place, intake.title, intake.reporter, intake.phone)
        if asked == self._looked:
            return
        self._looked = asked
        if not intake.grid or not (intake.class_id or intake.title or intake.place):
            self._sub.show_text("")
            self.likes.set_cases((), self.tr("选了类别和网格就开始比对"))
        else:
            trial = intake.trial(self._desk.site, now)
            self._questions.ask("intake.like", lambda c: similar(c, trial, SHOWN), self._show_likes)
        number = whole_number(intake.phone)
        if number != self._number:
            self._number, self._told = number, None
            if len(number) >= (11 if number[:1] in ("0", "1") else 7):  # a shorter one is half typed
                self._pictures.ask_callers(number, partial(self._take_callers, number))
        self._look_for_caller()

    def _look_for_caller(self) -> None:
        name, phone, now = self._intake.reporter.strip(), dialled(self._intake.phone), self._desk.now()
        named = self._told[1] if self._told else ()
        self._questions.ask("intake.caller", lambda c: earlier(c, name, phone, now, named), self._show_callers)

    def _take_callers(self, number: str, count: int, ids: tuple[int, ...]) -> None:
        """What the server told of a number; a count below 0 where none told."""
        if number != self._number:
            return
        if count < 0:
            self._number = ""  # asked again when the form is looked at again
        else:
            self._told = (count, ids)
            self._look_for_caller()

    def again(self) -> None:
        """Looks again though nothing was typed: the cases have changed."""
        self._looked = ()
        self._wait.start()

    def _show_likes(self, found: list[Similar]) -> None:
        self._sub.show_text(self.tr("同类、近处、近期，{n}件").format(n=len(found)) if found else "")
        self.likes.set_cases([self._like(s) for s in found[: self._most]], self.tr("三十天内没有相似案件"))

    def _like(self, found: Similar) -> LikeCase:
        actor, now = self._desk.actor, self._desk.now()
        acts = [("open", self.tr("打开"))]
        roles = actor.roles if actor else frozenset()
        if found.state not in FINAL:
            if Kind.PROGRESS in allowed(found.state, roles):
                acts.insert(0, ("note", self.tr("加备注")))
            if Kind.MERGE in allowed(State.REPORTED, roles) and found.id > 0:
                acts.insert(0, ("merge", self.tr("并入")))
        kind = self.tr("重复") if found.duplicate else self.tr("相似")
        under = " · ".join(p for p in (
            words.source(Source(found.source)), found.number, fmt.moment(found.reported_at, now), words.state(found.state),
        ) if p)  # fmt: skip
        return LikeCase(found.id, kind, f"{round(found.score * 100)}%", found.title, under, tuple(acts), found.score)

    def _show_callers(self, answer: tuple[int, Sequence[Earlier]]) -> None:
        count, found = answer
        self._callers.setVisible(bool(found))
        self._line.setVisible(bool(found))
        if not found:
            self.earlier.set_cases(())
            return
        number = mask_phone(dialled(self._intake.phone))
        if self._told is None:
            text = self.tr("{number} 一年内疑似{n}件，没有联网，只按打码的号码和姓氏比").format(number=number, n=count)
        else:
            text = self.tr("{number} 一年内{n}件").format(number=number, n=self._told[0])
            if count:
                text += self.tr("，另有疑似{n}件").format(n=count)
        self._caller_sub.show_text(text)
        now = self._desk.now()
        rows = []
        for case in found[: max(1, self._most - 1)]:
            under = " · ".join(
                p for p in (case.reporter, case.number, fmt.moment(case.reported_at, now), words.state(case.state)) if p
            )
            rows.append(
                LikeCase(
                    case.id,
                    self.tr("同号") if case.sure else self.tr("疑似"),
                    "",
                    case.title,
                    under,
                    (("open", self.tr("打开")),),
                )
            )
        self.earlier.set_cases(rows)

    def _wanted(self, name: str, case_id: object) -> None:
        {"open": self.open_wanted, "merge": self.merge_wanted, "note": self.note_wanted}[name].emit(case_id)
