"""The operator's hands: turns keys into commands the rules allow, on one case or on all that are marked. UI thread."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..domain.case import AskKind, Case, State
from ..domain.clock import DAY, deadline
from ..domain.decide import Command, Ground, Refusal, decide, parse_limit
from ..domain.person import Role
from ..domain.suggest import suggest
from ..domain.unit import Unit
from ..domain.workflow import Kind, ReturnCode, Step, Urge, Verified, Whistle
from ..store import queries
from ..store.similar import Similar, similar
from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.command_bar import CommandBar
from . import words
from .at_units import AtUnits
from .departments import Act, Plan
from .desk import Desk
from .questions import Questions
from .results import Results

_LIMITS = ("urgent_hour:1", "urgent_hour:2", "work_hour:2", "work_hour:4", "work_day:1", "work_day:3")
_SUSPENSIONS = (7, 30, 90)
Cases = Sequence[Case]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice and what it does."""

    text: str
    act: Callable[[], None]
    detail: str = ""


class Hands(QObject):
    """Signals: `commanded(Command)`, `units_wanted(Case, suggestions, Act, limits)`, then `choices_ready()` or `not_ready()` for
    what a key has prepared.

    `marked` gives the cases that are marked; a command for them is one hand's, undone together.
    """

    commanded = Signal(object)
    units_wanted = Signal(object, object, object, object)
    not_ready = Signal()
    choices_ready = Signal()

    def __init__(self, desk: Desk, questions: Questions, bar: CommandBar, choices: ChoiceList,
                 marked: Callable[[], Sequence[int]], parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._questions, self._bar, self._choices, self._marked = desk, questions, bar, choices, marked
        self.results = Results(desk, questions, bar, self)
        self.preparing = False
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

    # What a key asks for --------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Y: 立案 under the class's own condition, a unit's 签收 or 报到, a collector's 核实回复."""

        def accept(cases: Cases) -> None:
            first, unit = cases[0], self._unit
            called = any(c.unit == unit and not c.done_at for c in first.calls)
            if first.state is State.VERIFYING:
                self._choose(first, words.step("verified"), [
                    Option(words.code(r.value), partial(self._act, cases, Kind.VERIFIED, result=r.value))
                    for r in Verified
                ])  # fmt: skip
            elif unit and called and (unit != first.lead or first.state is State.HANDLING):
                self._act(cases, Kind.REPORT_IN)
            elif unit:
                name = self._desk.actor.name if self._desk.actor else ""
                self._act(cases, Kind.SIGN, handler=name)
            else:
                self._give(cases, Kind.FILE, lambda case: {"condition": self._class_text(case, "filing")})

        self._with_cases(accept)

    def ask_verify(self) -> None:
        """Shift+Y: 发核实."""
        self._with_cases(lambda cases: self._act(cases, Kind.VERIFY))

    def dispatch(self) -> None:
        """D: looks who should get the case; 终审派单 where a unit returned it."""
        self._prepare(lambda case: Act.RULE if case.state is State.RETURNED else Act.DISPATCH)

    def reroute(self) -> None:
        """T: 改派."""
        self._prepare(lambda _: Act.REROUTE)

    def assist(self) -> None:
        """C: 加协办."""
        self._prepare(lambda _: Act.ASSIST)

    def whistle(self) -> None:
        """W: 吹哨."""
        self._prepare(lambda _: Act.WHISTLE)

    def _prepare(self, what: Callable[[Case], Act]) -> None:
        """Units are chosen in the departments panel: `units_wanted` or `not_ready`; `preparing` until then."""

        at = self._desk.selected

        def ask(cases: Cases) -> None:
            site, now = self._desk.site, self._desk.now()
            case = next((c for c in cases if c.id == self._desk.real(at)), cases[0])
            act = what(case)
            units = site.units_for(case.township) if site else ()
            unit = next((u.id for u in units if u.id != case.lead and u.id not in case.assists), 0)
            trial: dict[str, Any] = {"lead": unit, "reason": "…", "assists": [unit]}
            if act is Act.WHISTLE:
                trial = {"units": [unit], "cause": Whistle.JOINT.value}
            elif act is Act.RULE:
                trial["duty_item"] = next((d.number for d in site.duties if d.list == "main_duty"), 0) if site else 0
            if act in (Act.DISPATCH, Act.RULE):
                trial["assists"] = []
            if site is None or self._allowed(case, Kind(act.value), trial) is None:
                self._prepared()
                return
            since = now - site.settings.suggest_days * DAY

            def ready(history: dict[int, int]) -> None:
                self.preparing = False
                if self._desk.real(at) == self._desk.selected:
                    limits = self._limits(case) if act is Act.DISPATCH else ("",)
                    self.units_wanted.emit(case, suggest(case, site, history), act, limits)
                else:
                    self.not_ready.emit()

            self._questions.ask(
                "suggest",
                lambda c: queries.closed_leads(c, case.class_id, case.township, since),
                ready,
                lambda _: self._prepared(),
            )

        self.preparing = bool(self._desk.selected) and self._questions.ready
        self._with_cases(ask, self._prepared)

    def _prepared(self) -> None:
        self.preparing = False
        self.not_ready.emit()

    def _limits(self, case: Case) -> tuple[str, ...]:
        """Limits a dispatch may set: those that end before the class's own."""
        site, now = self._desk.site, self._desk.now()
        kind = site.classes.get(case.class_id) if site else None
        if site is None or kind is None:
            return ("",)
        end = deadline(site.calendar, now, kind.limit)
        limits = [(text, parse_limit(text)) for text in _LIMITS]
        return ("", *(text for text, limit in limits if limit and deadline(site.calendar, now, limit) < end))

    def send(self, plan: Plan) -> None:
        """Units were chosen: carries out what they were chosen for."""
        case, site = plan.case, self._desk.site
        if plan.act is Act.ASSIST:
            self._act([case], Kind.ASSIST, assists=list(plan.units))
        elif plan.act is Act.WHISTLE:
            self._choose(case, self.tr("为何吹哨"), [
                Option(words.code(c.value), partial(self._act, [case], Kind.WHISTLE, units=list(plan.units), cause=c.value))
                for c in Whistle
            ])  # fmt: skip
        elif plan.act is Act.REROUTE:
            self._ask([case], self.tr("改派原因"), Kind.REROUTE, "reason", lead=plan.lead)
        elif plan.act is Act.RULE:
            duties = [d for d in site.duties if d.list in ("main_duty", "assist_duty")] if site else []
            kind = site.classes.get(case.class_id) if site else None
            duties.sort(key=lambda d: (not (kind and d.list == "assist_duty" and d.number == kind.duty_item), d.number))
            rule = partial(self._act, [case], Kind.RULE, lead=plan.lead, assists=list(plan.units))
            nth = self.tr("第{n}项")
            options = [Option(d.text, partial(rule, duty_item=d.number), nth.format(n=d.number)) for d in duties]
            self._choose(case, self.tr("依据清单哪一项"), options)
        else:
            args: dict[str, Any] = {"lead": plan.lead, "assists": list(plan.units)}
            if plan.limit:
                args["limit"] = plan.limit
            many = case.id in self._marked()
            self._with_cases(lambda cases: self._act(cases, Kind.DISPATCH, **args), wanted=() if many else (case.id,))

    def drop(self, numbers: Sequence[int], unit: int) -> None:
        """Rows dropped on a unit: dispatched to it."""
        self._with_cases(lambda cases: self._act(cases, Kind.DISPATCH, lead=unit, assists=[]), wanted=numbers)

    def verify(self) -> None:
        """V: 发核查 of what was fed back; 核查通过 for those who check; the rating where it is called back."""

        def verify(cases: Cases) -> None:
            first = cases[0]
            if first.state is State.CHECKING and not first.checked_at:
                self._act(cases, Kind.CHECK, result="pass")
            elif first.state is State.CALLBACK:
                rates = (self.tr("很满意"), self.tr("满意"), self.tr("一般"), self.tr("不满意"), self.tr("很不满意"))
                options = [
                    Option(text, partial(self._act, cases, Kind.CALL_BACK, result="solved", rating=n))
                    for n, text in zip(range(5, 0, -1), rates, strict=True)
                ]
                ask = self.tr("未解决在哪里")
                again = partial(self._ask, cases, ask, Kind.CALL_BACK, "reason", result="unsolved")
                self._choose(first, self.tr("诉求人怎么说"), [*options, Option(self.tr("没有解决，重办"), again)])
            else:
                self._act(cases, Kind.SEND_CHECK)

        self._with_cases(verify)

    def note(self) -> None:
        """N: 备注 into the flow."""
        self._with_cases(
            lambda cases: self._ask(cases, self.tr("备注，@ 提到单位"), Kind.PROGRESS, "text", step=Step.COMMENT.value)
        )

    def progress(self) -> None:
        """Shift+N: 进展 of those who work on it, on the spot or on the way."""

        def tell(cases: Cases) -> None:
            self._choose(cases[0], self.tr("什么进展"), [
                Option(words.step(s.value), partial(self._ask, cases, words.step(s.value), Kind.PROGRESS, "text", step=s.value))
                for s in Step if s is not Step.COMMENT
            ])  # fmt: skip

        self._with_cases(tell)

    def turn_back(self) -> None:
        """R: whatever going back means where the case stands."""

        def turn(cases: Cases) -> None:
            case, unit = cases[0], self._unit
            if unit and case.state in (State.PENDING_SIGN, State.HANDLING):
                back = partial(self._ask, cases, self.tr("退单说明"), Kind.RETURN, "reason")
                options = [Option(words.code(c.value), partial(back, code=c.value)) for c in ReturnCode]
                self._choose(case, self.tr("为何退单"), options)
            elif case.state is State.RETURNED:
                self._act(cases, Kind.ACCEPT_RETURN)
            elif case.state is State.MERGED:
                self._ask(cases, self.tr("为何拆分"), Kind.UNMERGE, "reason")
            elif case.state is State.CLOSED:
                self._ask(cases, self.tr("重开原因"), Kind.REOPEN, "reason")
            elif case.state is State.CHECKING:
                self._ask(cases, self.tr("哪里不达标"), Kind.CHECK, "reason", result="fail")
            else:
                kind = Kind.REWORK if case.state is State.FED_BACK and case.dispatched_at else Kind.SEND_BACK
                self._ask(cases, self.tr("退回原因"), kind, "reason")

        self._with_cases(turn)

    def urge(self) -> None:
        """U: 催办 with one key; a unit replies to what it was asked."""

        def urge(cases: Cases) -> None:
            if self._unit and cases[0].reply_due:
                self._ask(cases, self.tr("督办回复"), Kind.REPLY, "text")
            else:
                self._act(cases, Kind.URGE, how=Urge.REMINDER.value)

        self._with_cases(urge)

    def supervise(self) -> None:
        """Shift+U: 督办, which wants a reply."""

        def supervise(cases: Cases) -> None:
            self._choose(cases[0], self.tr("督办，要求回复"), [
                Option(words.code(u.value), partial(self._act, cases, Kind.URGE, how=u.value, reply=True))
                for u in Urge if u is not Urge.REMINDER
            ])  # fmt: skip

        self._with_cases(supervise)

    def merge(self) -> None:
        """M: 并入 the most alike open case; Enter takes it."""

        def ask(cases: Cases) -> None:
            case = cases[0]

            def show(found: list[Similar]) -> None:
                self.preparing = False
                options = [
                    Option(f"{s.number} {s.title}", partial(self._merge, case, s.id), f"{round(s.score * 100)}%")
                    for s in found if s.state not in (State.CLOSED, State.VOID, State.MERGED)
                ]  # fmt: skip
                if options:
                    self._choose(case, self.tr("并入哪一件"), options)
                else:
                    self.results.say(self.tr("{number} 附近没有可并的在办案件").format(number=case.number))
                (self.choices_ready if options else self.not_ready).emit()

            self._questions.ask("merge", lambda c: similar(c, case, 9), show, lambda _: self._prepared())

        self.preparing = bool(self._desk.selected) and self._questions.ready
        self._with_cases(ask, self._prepared)

    def _merge(self, case: Case, master: int) -> None:
        def act(found: Case | None) -> None:
            self._give([case], Kind.MERGE, lambda _: {"master": master}, found)

        self._questions.ask("merge.master", lambda c: queries.case(c, master), act)

    def decide_ask(self) -> None:
        """X: answers what was asked about the case; asks, for those who may; ends a suspension."""

        def handle(cases: Cases) -> None:
            case = cases[0]
            if case.ask is not None:
                text = self.tr("{who}申请{what}：{why}").format(
                    who=case.ask.name, what=words.code(case.ask.kind.value), why=case.ask.reason)  # fmt: skip
                self._choose(case, text, [
                    Option(self.tr("同意"), partial(self._act, cases, Kind.GRANT)),
                    Option(self.tr("不同意"), partial(self._ask, cases, self.tr("不同意的理由"), Kind.DENY, "reason")),
                ])  # fmt: skip
            elif case.state is State.SUSPENDED:
                self._act(cases, Kind.RESUME)
            elif case.state is State.HANDLING and self._unit:
                self._choose(case, self.tr("申请什么"), self._wishes(case))
            elif case.state is State.CLOSED:
                self._ask(cases, self.tr("申诉理由"), Kind.ASK, "reason", what=AskKind.APPEAL.value)
            elif case.state is State.REPORTED:
                self._ask(cases, self.tr("为何作废"), Kind.ASK, "reason", what=AskKind.VOID.value)
            else:
                self.results.say(self.tr("{number} 没有等答复的申请").format(number=case.number))

        self._with_cases(handle)

    def _wishes(self, case: Case) -> list[Option]:
        """Extensions by a quarter, a half and the whole of the limit, and suspensions by days."""
        limit, now = parse_limit(case.limit), self._desk.now()
        found = []
        for amount in sorted({max(1, round(limit.amount * share)) for share in (0.25, 0.5, 1)} if limit else ()):
            text = self.tr("延期 {limit}").format(limit=words.limit(limit.kind.value, amount) if limit else "")
            args = {"what": AskKind.EXTENSION.value, "amount": amount}
            found.append(Option(text, partial(self._ask, [case], self.tr("延期理由"), Kind.ASK, "reason", **args)))
        for days in _SUSPENSIONS:
            args = {"what": AskKind.SUSPENSION.value, "until": now + days * DAY}
            text = self.tr("挂账 {n}天").format(n=days)
            found.append(Option(text, partial(self._ask, [case], self.tr("挂账理由"), Kind.ASK, "reason", **args)))
        return found

    def close_case(self) -> None:
        """B: 结案 under the class's closing condition; a unit's 反馈 with the pictures it has added since it signed."""

        def close(cases: Cases) -> None:
            case = cases[0]
            if self._unit and case.state is State.HANDLING:
                photos = [p for e in case.flow if e.unit == self._unit and e.at >= case.signed_at for p in e.photos]
                if photos:
                    self._ask([case], self.tr("怎样办的"), Kind.FEED_BACK, "text", photos=photos[-20:])
                else:
                    self.results.deny(case, Kind.FEED_BACK, self.tr("先给案件加处置后的照片，再反馈"))
            else:
                self._give(cases, Kind.CLOSE, lambda c: {"condition": self._class_text(c, "closing")})

        self._with_cases(close)

    def force_close(self) -> None:
        """Shift+B: 强制结案."""
        self._with_cases(lambda cases: self._ask(cases, self.tr("为何强制结案"), Kind.FORCE_CLOSE, "reason"))

    def undo(self) -> None:
        """Ctrl+Z."""
        self.results.undo()

    def again(self, command: Command) -> None:
        """A command that conflicted is given once more, on the case as it stands now."""

        def act(cases: Cases) -> None:
            self._give(cases, Kind(command.kind), lambda _: command.args)

        self._with_cases(act, wanted=(command.case_id,))

    def choose(self, case: Case, title: str, options: Sequence[Option]) -> None:
        """Offers something about a case; whatever was offered before is withdrawn."""
        self._choose(case, title, options)

    # Asking ---------------------------------------------------------------------------------------------------------------

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
