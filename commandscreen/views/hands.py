"""The operator's hands: what each key asks for, where the case stands and for whoever presses it. UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..domain.case import AskKind, Case, State
from ..domain.clock import DAY, deadline
from ..domain.decide import Command, parse_limit
from ..domain.suggest import suggest
from ..domain.workflow import Kind, ReturnCode, Step, Urge, Verified, Whistle
from ..store import queries
from ..store.similar import Similar, similar
from ..widgets.choice_list import ChoiceList
from ..widgets.command_bar import CommandBar
from . import words
from .acting import Acting, Cases, Option
from .departments import Act, Plan
from .desk import Desk
from .questions import Questions

_LIMITS = ("urgent_hour:1", "urgent_hour:2", "work_hour:2", "work_hour:4", "work_day:1", "work_day:3")
_SUSPENSIONS = (7, 30, 90)


class Hands(Acting):
    """Signals: `units_wanted(Case, suggestions, Act, limits)`, then `choices_ready()` or `not_ready()` for what a key has
    prepared; until then it is `preparing`."""

    units_wanted = Signal(object, object, object, object)
    not_ready = Signal()
    choices_ready = Signal()

    def __init__(self, desk: Desk, questions: Questions, bar: CommandBar, choices: ChoiceList,
                 marked: Callable[[], Sequence[int]], parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(desk, questions, bar, choices, marked, parent)
        self.preparing = False

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
