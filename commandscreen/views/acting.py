"""How commands are asked for and given: on one case or on all that are marked, each decided by the rules first. UI thread."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.person import Role
from ..domain.unit import Unit
from ..domain.workflow import Kind
from ..store import queries
from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.command_bar import CommandBar
from . import words
from .at_units import AtUnits
from .desk import Desk
from .questions import Questions
from .results import Results

Cases = Sequence[Case]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice and what it does."""

    text: str
    act: Callable[[], None]
    detail: str = ""


class Acting(QObject):
    """Signals: `commanded(Command)`.

    `marked` gives the cases that are marked; a command for them is one hand's, undone together.
    """

    commanded = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, bar: CommandBar, choices: ChoiceList,
                 marked: Callable[[], Sequence[int]], parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._questions, self._bar, self._choices, self._marked = desk, questions, bar, choices, marked
        self.results = Results(desk, questions, bar, self)
        self._asked = 0
        self._answer: Callable[[str], None] | None = None
        self._options: Sequence[Option] = ()
        bar.answered.connect(self._answered)
        bar.left.connect(choices.withdraw)
        bar.phrase_wanted.connect(choices.take)
        choices.chosen.connect(self._chosen)
        self.at = AtUnits(desk, bar, choices, self)
        self.at.offered.connect(self._offer_units)
        self.at.over.connect(self._offer_phrases)
        self._phrases: Sequence[str] = ()

    # Asking ---------------------------------------------------------------------------------------------------------------

    def choose(self, case: Case, title: str, options: Sequence[Option]) -> None:
        """Offers something about a case; whatever was offered before is withdrawn."""
        self._choose(case, title, options)

    def _choose(self, case: Case, title: str, options: Sequence[Option]) -> None:
        self._options = options
        self._choices.offer(f"{case.number} {title}", [Choice(o.text, o.detail) for o in options])

    def _chosen(self, row: int) -> None:
        if row < len(self._options):
            self._options[row].act()

    def _ask(self, cases: Cases, prompt: str, kind: Kind, name: str, **args: Any) -> None:
        """Asks for the text a command needs, unless the rules refuse the command whatever the text."""
        allowed = [case for case in cases if self._allowed(case, kind, {name: "…", **args}) is not None]
        if not allowed:
            return
        step = args.get("step", kind.value)
        noted = kind is Kind.PROGRESS
        self._answer = lambda text: self._act(
            allowed,
            kind,
            **{name: text},
            **args,
            **({"units": units} if noted and (units := self.at.named(text)) else {}),
        )
        topic = f"{kind.value} {step} {' '.join(str(c.id) for c in allowed)}"
        many = self.tr("{n}件").format(n=len(allowed)) if len(allowed) > 1 else allowed[0].number
        self._bar.ask(topic, self.tr("{which} {prompt}，回车存入，Esc 放下").format(which=many, prompt=prompt))
        self._phrases = self._desk.site.settings.phrases.get(str(step), ()) if self._desk.site else ()
        self._offer_phrases()
        self.at.begin(allowed[0].township if noted else 0)

    def _offer_phrases(self) -> None:
        self._options = [Option(p, partial(self._bar.insert, p)) for p in self._phrases]
        if self._phrases:
            self._choices.offer("", [Choice(p) for p in self._phrases], prefix="Ctrl ")
        else:
            self._choices.withdraw()

    def _offer_units(self, units: Sequence[Unit], typed: str) -> None:
        self._options = [Option(u.short, partial(self.at.take, u), u.name) for u in units]
        title = "" if units else self.tr("没有单位叫“{typed}”，会当作文字").format(typed=typed)
        self._choices.offer(title, [Choice(o.text, o.detail) for o in self._options], marked=True)

    def _answered(self, text: str) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(text)

    @property
    def _unit(self) -> int:
        actor = self._desk.actor
        return actor.unit if actor is not None and Role.HANDLER in actor.roles else 0

    def _with_cases(self, act: Callable[[Cases], None], gone: Callable[[], None] = lambda: None,
                    wanted: Sequence[int] = ()) -> None:  # fmt: skip
        """Reads the cases in hand: those named, those marked, or the selected one.

        Asks under a name of its own each time: a later key must never take the place of an earlier one.
        """
        ids = list(wanted or self._marked() or ([self._desk.selected] if self._desk.selected else []))
        ids = [self._desk.real(i) for i in ids]
        if ids:
            self._asked += 1
            self._questions.ask(
                f"hands.key.{self._asked}",
                lambda c: queries.cases(c, ids),
                lambda cases: act(cases) if cases else gone(),
                lambda _: gone(),
            )
        else:
            gone()

    def _class_text(self, case: Case, which: str) -> str:
        kind = self._desk.site.classes.get(case.class_id) if self._desk.site else None
        return str(getattr(kind, which)) if kind else ""

    # Acting ---------------------------------------------------------------------------------------------------------------

    def _allowed(self, case: Case, kind: Kind, args: Mapping[str, Any], other: Case | None = None) -> Command | None:
        """The command, unless the rules refuse it: then that is said at once, and why."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None:
            return None
        command = Command(str(uuid.uuid4()), kind.value, case.id, case.ver, dict(args), now)
        decided = decide(case, command, Ground(site, actor, now, other=other))
        if isinstance(decided, Refusal):
            self.results.deny(case, kind.value, words.refusal(decided.reason.value, case.state))
            return None
        return command

    def _act(self, cases: Cases, kind: Kind, **args: Any) -> None:
        """The same command for each case."""
        self._give(cases, kind, lambda _: args)

    def act(self, cases: Cases, kind: Kind, **args: Any) -> None:
        """The same command for each case, said where the rules refuse it."""
        self._act(cases, kind, **args)

    def ask(self, cases: Cases, prompt: str, kind: Kind, name: str, **args: Any) -> None:
        """Asks for the text a command needs, then gives it."""
        self._ask(cases, prompt, kind, name, **args)

    @property
    def choosing(self) -> bool:
        """Whether something is offered now."""
        return self._choices.isVisible()

    def give(self, commands: Sequence[Command], cases: Sequence[Case]) -> None:
        """Commands that were decided already: one hand's, undone together."""
        self.results.gave(commands, cases)
        for command in commands:
            self.commanded.emit(command)

    def _give(self, cases: Cases, kind: Kind, args_for: Callable[[Case], Mapping[str, Any]],
              other: Case | None = None) -> None:  # fmt: skip
        """Gives the command for each case the rules allow it for; the rest are named with their reasons."""
        given = [(case, self._allowed(case, kind, args_for(case), other)) for case in cases]
        commands = [command for _, command in given if command is not None]
        if not commands:
            return
        self.give(commands, [case for case, command in given if command is not None])
        if len(cases) > 1:
            refused = len(cases) - len(commands)
            step = str(args_for(cases[0]).get("step", kind.value))
            text = self.tr("{what}：办了{n}件").format(what=words.step(step), n=len(commands))
            if refused:
                text += self.tr("，{n}件未办，Ctrl+E 看原因").format(n=refused)
            self.results.say(text, "warning" if refused else "")
