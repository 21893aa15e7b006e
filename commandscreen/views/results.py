"""What became of the desk's own commands: said at the foot of the queue, undone in time, taken up again. UI thread."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain import affairs
from ..domain.case import Case
from ..domain.decide import Command
from ..domain.record import Record
from ..domain.workflow import Kind
from ..store import queries, records
from ..store.delta import Delta
from ..store.names import temporary_id
from ..store.outbox import Entry, Fate
from ..widgets.command_bar import CommandBar
from . import alarm_words, rows, words
from .desk import Desk
from .questions import Questions

SAID_MS = 6_000
_NAMED_MOST = 200


@dataclass(frozen=True, slots=True)
class Denied:
    """A command the rules on this desk refused at once: it was never sent."""

    at: float
    case_id: int
    number: str
    kind: str
    why: str


class Results(QObject):
    """Signals: `undo_wanted(ids)`, `sheet_wanted()` to see all of it, `changed()` when the list did."""

    undo_wanted = Signal(object)
    sheet_wanted = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, questions: Questions, bar: CommandBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._bars = desk, questions, [bar]
        self.entries: Sequence[Entry] = ()
        self.denied: list[Denied] = []
        self.cases: dict[int, Case] = {}
        self.names: dict[int, str] = {}  # titles of the records that commands are about
        self._asked: set[int] = set()
        self._batch: tuple[str, ...] = ()
        self._said = ""
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(SAID_MS)
        self._quiet.timeout.connect(self._hush)
        bar.pressed.connect(self.press)

    def add_bar(self, bar: CommandBar) -> None:
        """Another page's line, which says the same."""
        self._bars.append(bar)
        bar.pressed.connect(self.press)

    def gave(self, commands: Sequence[Command], cases: Sequence[Case], names: Mapping[int, str] | None = None) -> None:
        """One hand's commands, which are undone together, with the cases or the titles of the records they are about."""
        self._batch = tuple(c.id for c in commands)
        self.cases.update({c.id: c for c in cases})
        self.names.update(names or {})
        self._said = ""

    def deny(self, case: Case, kind: str, why: str) -> None:
        """The rules refused at once; kept for the sheet, and said."""
        self.deny_named(case.id, case.number, kind, why)

    def deny_named(self, number: int, name: str, kind: str, why: str) -> None:
        """As `deny`, for whatever has a name."""
        self.denied = [*self.denied[-49:], Denied(time.time(), number, name, kind, why)]
        self.say(f"{name} {words.step(kind)}：{why}".strip(), "warning")
        self.changed.emit()

    def take(self, entries: Sequence[Entry]) -> None:
        """The outbox as it stands, newest first."""
        self.entries = entries
        for entry in entries:
            if entry.made:
                self._name_case(temporary_id(entry.command), entry.made)
        on_cases = [e for e in entries if affairs.kind_of(e.command) is None]
        wanted = [e.command.case_id for e in on_cases if e.needs_attention or e.command.case_id not in self.cases]
        wanted = list(dict.fromkeys(i for i in wanted if i))[:_NAMED_MOST]
        nameless = [e.command.case_id for e in entries if affairs.kind_of(e.command) is not None]
        nameless = list(dict.fromkeys(i for i in nameless if i and i not in self.names))[:_NAMED_MOST]
        if nameless:
            self._questions.ask("results.names", lambda c: records.by_id(c, nameless), self._entitle)
        if wanted:
            self._questions.ask("results.cases", lambda c: queries.cases(c, wanted), self._name)
        self._show()
        self.changed.emit()

    def _name_case(self, old: int, new: int) -> None:
        if old in self.cases:
            self.cases[new] = replace(self.cases.pop(old), id=new)
        self._desk.rename(old, new)

    def refresh(self, delta: Delta) -> None:
        """What the tray says of a case has to be how it stands now: rows that came are read anew."""
        named = {e.command.case_id for e in self.entries if e.needs_attention} | {d.case_id for d in self.denied}
        wanted = [i for i in named if i and (delta.everything or i in delta.cases)][:_NAMED_MOST]
        if wanted:
            self._questions.ask("results.moved", lambda c: queries.cases(c, wanted), self._name)

    def _name(self, found: Sequence[Case]) -> None:
        self.cases.update({case.id: case for case in found})
        self._show()
        self.changed.emit()

    def _entitle(self, found: Mapping[int, Record]) -> None:
        self.names.update({record.id: record.title for record in found.values()})
        self._show()
        self.changed.emit()

    def failed(self, code: str) -> None:
        """The outbox could not be written: nothing was done, and that is said."""
        self.say(self.tr("指令没有存下，案件未变。{why}").format(why=words.problem(code)), "critical")

    def say(self, text: str, tone: str = "") -> None:
        """Something to read for a few seconds."""
        self._said = text
        self._tell(text, tone)
        self._quiet.start()

    def _tell(self, text: str, tone: str = "", button: str = "", key: str = "") -> None:
        for bar in self._bars:
            bar.show_words(text, tone, button, key)

    def _hush(self) -> None:
        self._said = ""
        self._show()

    # Undo and attention ---------------------------------------------------------------------------------------------------

    def press(self) -> None:
        """The bar's button: what was refused is looked at, or the newest commands taken back."""
        if self.attention:
            self.sheet_wanted.emit()
        else:
            self.undo()

    def undo(self) -> None:
        """Takes back what was given last, if it has not left; else the newest command that has not."""
        undoable = {e.command.id for e in self.undoable}
        batch = tuple(i for i in self._batch if i in undoable) or tuple(e.command.id for e in self.undoable[:1])
        if batch:
            self.undo_wanted.emit(batch)
        else:
            self.say(self.tr("没有可撤销的指令，发出后不能撤销"))

    @property
    def undoable(self) -> list[Entry]:
        """Commands that have not left, newest first."""
        now = time.time()
        return [e for e in self.entries if e.fate is Fate.WAITING and e.at <= now < e.send_at]

    @property
    def attention(self) -> list[Entry]:
        """Refused and conflicting commands, the oldest first."""
        return [e for e in reversed(self.entries) if e.needs_attention]

    # Words ----------------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        undoable, refused = self.undoable, self.attention
        waiting = sum(e.fate is Fate.WAITING for e in self.entries)
        if undoable and not self._clock.isActive():
            self._clock.start()
        elif not undoable:
            self._clock.stop()
        if self._said:
            return
        if refused:
            self._tell(self._refused_words(refused), "critical", self.tr("去看"), "Ctrl+E")
        elif undoable:
            batch = [e for e in undoable if e.command.id in self._batch]
            newest = batch[0] if batch else undoable[0]
            left = max(1, round(newest.send_at - time.time()))
            what = self.what(newest)
            if len(batch) > 1:
                what = self.tr("{what} 等{n}件").format(what=what, n=len(batch))
            text = self.tr("{n}秒内可撤销：{what}").format(what=what, n=left)
            self._tell(text, "", self.tr("撤销"), "Ctrl+Z")
        elif waiting:
            self._tell(self.tr("{n}条指令待发送，连上后自动发出").format(n=waiting), "warning")
            self._clock.start()
        else:
            self._tell("")

    def what(self, entry: Entry) -> str:
        """立沙0311-0427 派遣 住建局"""
        case = self.cases.get(entry.command.case_id)
        name = self.names.get(entry.command.case_id, "") or str(entry.command.args.get("title", ""))[:80]
        if affairs.kind_of(entry.command) is not None:
            return f"{name} {words.command(entry.command)}".strip()
        text = f"{case.number if case else ''} {words.command(entry.command)}".strip()
        site = self._desk.site
        if entry.command.kind in (Kind.DISPATCH, Kind.REROUTE, Kind.RULE) and site is not None:
            text += " " + rows.unit_name(site, int(entry.command.args.get("lead", 0)))
        if entry.command.kind == Kind.REPORT:
            text += " " + str(entry.command.args.get("title", ""))
        return text

    def why(self, entry: Entry) -> str:
        """Why it was refused, or waits all the same, in the user's words."""
        if entry.fate is Fate.WAITING:
            return words.refusal(entry.code, None)
        if entry.command.kind.startswith("alarm.") or "alarm" in entry.command.args:
            return alarm_words.refusal(entry.code)
        case = self.cases.get(entry.command.case_id)
        kind = affairs.kind_of(entry.command)
        if kind is not None:
            return words.record_refusal(kind.value, entry.code)
        return words.refusal(entry.code, case.state if case else None)

    def _refused_words(self, refused: Sequence[Entry]) -> str:
        told = self.tr("请看：{what}。{why}") if refused[0].fate is Fate.WAITING else self.tr("未办成：{what}。{why}")
        text = told.format(what=self.what(refused[0]), why=self.why(refused[0]))
        many = len(refused)
        return self.tr("{text}（共{n}条）").format(text=text, n=many) if many > 1 else text
