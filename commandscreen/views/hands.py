"""The operator's hands: turns keys into commands the rules allow, and says what became of each. UI thread."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.case import Case, State
from ..domain.clock import DAY
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.suggest import Suggestion, suggest
from ..domain.workflow import Kind, Step, Urge
from ..store import queries
from ..store.outbox import Entry, Fate
from ..widgets.command_bar import CommandBar
from . import rows, words
from .desk import Desk
from .questions import Questions

HISTORY_DAYS = 90
SAID_MS = 6_000


class Hands(QObject):
    """Signals: `commanded(Command)`, `undo_wanted()`, `dismissed(ids)`, `dispatch_ready(Case, suggestions)`, `not_ready()`."""

    commanded = Signal(object)
    undo_wanted = Signal()
    dismissed = Signal(object)
    dispatch_ready = Signal(object, object)
    not_ready = Signal()

    def __init__(self, desk: Desk, questions: Questions, bar: CommandBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._bar = desk, questions, bar
        self._entries: Sequence[Entry] = ()
        self._names: dict[int, tuple[str, State]] = {}
        self._said = ""
        self.preparing = False
        self._asked = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(SAID_MS)
        self._quiet.timeout.connect(self._hush)
        self._answer: Callable[[str], None] | None = None
        bar.pressed.connect(self.press)
        bar.answered.connect(self._answered)

    # What a key asks for --------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """立案: files the case under its class's own condition."""
        self._with_case(lambda case: self._act(case, Kind.FILE, condition=self._class_text(case, "filing")))

    def dispatch(self) -> None:
        """派遣: looks who should get the case, then `dispatch_ready` or `not_ready`; `preparing` until then."""

        def ask(case: Case) -> None:
            site, now = self._desk.site, self._desk.now()
            units = site.units_for(case.township) if site else ()
            if site is None or not self._allowed(case, Kind.DISPATCH, {"lead": units[0].id if units else 0}):
                self._prepared()
                return
            since = now - HISTORY_DAYS * DAY

            def ready(history: dict[int, int]) -> None:
                self.preparing = False
                if case.id == self._desk.selected:
                    self.dispatch_ready.emit(case, suggest(case, site, history))
                else:
                    self.not_ready.emit()

            self._questions.ask(
                "suggest",
                lambda c: queries.closed_leads(c, case.class_id, case.township, since),
                ready,
                lambda _: self._prepared(),
            )

        self.preparing = bool(self._desk.selected) and self._questions.ready
        self._with_case(ask, self._prepared)

    def _prepared(self) -> None:
        self.preparing = False
        self.not_ready.emit()

    def send(self, case: Case, lead: int, assists: tuple[int, ...]) -> None:
        """Dispatches to a lead unit and assisting ones."""
        self._act(case, Kind.DISPATCH, lead=lead, assists=list(assists))

    def verify(self) -> None:
        """发核查 of what was fed back; 核查通过 for those who check."""

        def verify(case: Case) -> None:
            if case.state is State.CHECKING:
                self._act(case, Kind.CHECK, result="pass")
            else:
                self._act(case, Kind.SEND_CHECK)

        self._with_case(verify)

    def note(self) -> None:
        """备注: asks for words and puts them into the flow."""
        prompt = self.tr("备注，回车存入，Esc 放下")
        self._with_case(lambda case: self._ask(case, prompt, Kind.PROGRESS, "text", step=Step.COMMENT.value))

    def turn_back(self) -> None:
        """退回: to intake before dispatch, to the unit after its feedback; agrees to a unit's return."""

        def turn(case: Case) -> None:
            if case.state is State.RETURNED:
                self._act(case, Kind.ACCEPT_RETURN)
            else:
                kind = Kind.REWORK if case.state is State.FED_BACK else Kind.SEND_BACK
                self._ask(case, self.tr("退回原因，回车退回，Esc 放下"), kind, "reason")

        self._with_case(turn)

    def _ask(self, case: Case, prompt: str, kind: Kind, name: str, **args: Any) -> None:
        """Asks for the text a command needs, unless the rules refuse the command whatever the text."""
        if self._allowed(case, kind, {name: "…", **args}) is None:
            return
        self._answer = lambda text: self._act(case, kind, **{name: text}, **args)
        self._bar.ask(f"{kind.value} {case.id}", f"{case.number} {prompt}")

    def _answered(self, text: str) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(text)

    def urge(self) -> None:
        """催办: reminds whoever has the case."""
        self._with_case(lambda case: self._act(case, Kind.URGE, how=Urge.REMINDER.value))

    def close_case(self) -> None:
        """结案 under the class's closing condition."""
        self._with_case(lambda case: self._act(case, Kind.CLOSE, condition=self._class_text(case, "closing")))

    def press(self) -> None:
        """The bar's button: the refused command is looked at, or the newest one taken back."""
        refused = self._refused()
        if refused is not None:
            self._desk.open(refused.command.case_id)
            self.dismissed.emit((refused.command.id,))
        else:
            self.undo()

    def undo(self) -> None:
        """Takes back the newest command that has not left."""
        if self._undoable() is not None:
            self.undo_wanted.emit()
        else:
            self.say(self.tr("没有可撤销的指令，发出后不能撤销"))

    def _with_case(self, act: Callable[[Case], None], gone: Callable[[], None] = lambda: None) -> None:
        """Asks under a name of its own each time: a later key must never take the place of an earlier one."""
        case_id = self._desk.selected
        if case_id:
            self._asked += 1
            self._questions.ask(
                f"hands.key.{self._asked}",
                lambda c: queries.case(c, case_id),
                lambda case: act(case) if case else gone(),
                lambda _: gone(),
            )

    def _class_text(self, case: Case, which: str) -> str:
        kind = self._desk.site.classes.get(case.class_id) if self._desk.site else None
        return str(getattr(kind, which)) if kind else ""

    def _allowed(self, case: Case, kind: Kind, args: dict[str, Any]) -> Command | None:
        """The command, unless the rules refuse it: then the bar says why at once."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None:
            return None
        command = Command(str(uuid.uuid4()), kind.value, case.id, case.ver, args, now)
        decided = decide(case, command, Ground(site, actor, now))
        if isinstance(decided, Refusal):
            self.say(
                f"{case.number} {words.step(kind.value)}：{words.refusal(decided.reason.value, case.state)}", "warning"
            )
            return None
        return command

    def _act(self, case: Case, kind: Kind, **args: Any) -> None:
        command = self._allowed(case, kind, args)
        if command is not None:
            self._names[case.id] = case.number, case.state
            self._said = ""
            self.commanded.emit(command)

    # What became of it ------------------------------------------------------------------------------------------------------

    def take(self, entries: Sequence[Entry]) -> None:
        """The outbox as it stands, newest first."""
        self._entries = entries
        unknown = {e.command.case_id for e in entries if e.needs_attention or e.command.case_id not in self._names}
        for case_id in sorted(unknown)[:20]:
            self._questions.ask(f"hands.{case_id}", lambda c, i=case_id: queries.case(c, i), self._name)  # type: ignore[misc]
        self._show()

    def _name(self, case: Case | None) -> None:
        if case is not None:
            self._names[case.id] = case.number, case.state
            self._show()

    def failed(self, code: str) -> None:
        """The outbox could not be written: nothing was done, and that is said."""
        self.say(self.tr("指令没有存下，案件未变。{why}").format(why=words.problem(code)), "critical")

    def say(self, text: str, tone: str = "") -> None:
        """Something to read for a few seconds."""
        self._said = text
        self._bar.show_words(text, tone)
        self._quiet.start()

    def _hush(self) -> None:
        self._said = ""
        self._show()

    def _undoable(self) -> Entry | None:
        now = time.time()
        return next((e for e in self._entries if e.fate is Fate.WAITING and e.at <= now < e.send_at), None)

    def _refused(self) -> Entry | None:
        return next((e for e in reversed(self._entries) if e.needs_attention), None)

    def _show(self) -> None:
        undoable, refused = self._undoable(), self._refused()
        waiting = sum(e.fate is Fate.WAITING for e in self._entries)
        if undoable is None:
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()
        if self._said:
            return
        if refused is not None:
            self._bar.show_words(self._refused_words(refused), "critical", self.tr("去看"), "Ctrl+E")
        elif undoable is not None:
            left = max(1, round(undoable.send_at - time.time()))
            text = self.tr("{n}秒内可撤销：{what}").format(what=self._what(undoable), n=left)
            self._bar.show_words(text, "", self.tr("撤销"), "Ctrl+Z")
        elif waiting:
            self._bar.show_words(self.tr("{n}条指令待发送，连上后自动发出").format(n=waiting), "warning")
            self._clock.start()
        else:
            self._bar.show_words("")

    def _what(self, entry: Entry) -> str:
        number = self._names.get(entry.command.case_id, ("", State.REPORTED))[0]
        text = f"{number} {words.step(entry.command.kind)}".strip()
        site = self._desk.site
        if entry.command.kind == Kind.DISPATCH and site is not None:
            text += " " + rows.unit_name(site, int(entry.command.args.get("lead", 0)))
        return text

    def _refused_words(self, entry: Entry) -> str:
        state = self._names.get(entry.command.case_id, ("", None))[1]
        why = words.refusal(entry.code, state)
        many = sum(e.needs_attention for e in self._entries)
        text = self.tr("未办成：{what}。{why}").format(what=self._what(entry), why=why)
        return self.tr("{text}（共{n}条）").format(text=text, n=many) if many > 1 else text


__all__ = ["Hands", "Suggestion"]
