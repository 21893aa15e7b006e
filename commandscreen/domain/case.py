"""A case: one problem of the pool, with its clocks and its whole flow, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where a case stands; the words of the field in comments."""

    REPORTED = "reported"  # 待受理
    VERIFYING = "verifying"  # 核实中
    PENDING_DISPATCH = "pending_dispatch"  # 待派遣
    PENDING_SIGN = "pending_sign"  # 待签收
    HANDLING = "handling"  # 处置中
    SUSPENDED = "suspended"  # 挂账
    FED_BACK = "fed_back"  # 待把关
    CHECKING = "checking"  # 核查中
    CALLBACK = "callback"  # 回访中
    RETURNED = "returned"  # 回退
    CLOSED = "closed"  # 结案
    VOID = "void"  # 作废
    MERGED = "merged"  # 并入


FINAL = frozenset({State.CLOSED, State.VOID, State.MERGED})


class Stage(StrEnum):
    """The five tabs of the queue, and the end."""

    INTAKE = "intake"  # 待受理
    DISPATCH = "dispatch"  # 待派遣
    HANDLE = "handle"  # 处置中
    CHECK = "check"  # 待核查
    CLOSE = "close"  # 待办结
    DONE = "done"  # 已办结


class Source(StrEnum):
    """The channels of the problem pool."""

    HOTLINE = "hotline"  # 12345热线
    SINGLE_WINDOW = "single_window"  # 单一窗口
    GRID_APP = "grid_app"  # 鞍心通
    MEDIA = "media"  # 媒体
    AI_VIDEO = "ai_video"  # AI感知
    PARTY_GOV = "party_gov"  # 党政渠道
    MASS_ORG = "mass_org"  # 群团渠道


class Due(StrEnum):
    """What a deadline counts: the stage limit or the handling limit that runs out first."""

    NONE = ""
    INTAKE = "intake"  # 受理剩
    VERIFY = "verify"  # 核实剩
    DISPATCH = "dispatch"  # 派遣剩
    SIGN = "sign"  # 签收剩
    HANDLE = "handle"  # 处置剩
    CHECK = "check"  # 核查剩
    CALLBACK = "callback"  # 回访剩
    CLOSE = "close"  # 办结剩
    RESUME = "resume"  # 恢复剩


class Lamp(StrEnum):
    """The deadline lamp of DESIGN §5."""

    OVERDUE = "overdue"  # 超期
    DUE = "due"  # 临期
    OK = "ok"  # 正常
    PAUSED = "paused"  # 挂起
    DONE = "done"  # 办结


@dataclass(frozen=True, slots=True)
class FlowEntry:
    """One line of the case's flow. `at` is UTC seconds; `kind` a command kind or a progress step; `photos` sha256."""

    at: int
    kind: str
    actor: str
    post: str = ""
    unit: int = 0
    text: str = ""
    photos: tuple[str, ...] = ()


class AskKind(StrEnum):
    """What one person asks and another decides."""

    VOID = "void"  # 作废
    EXTENSION = "extension"  # 延期
    SUSPENSION = "suspension"  # 挂账
    APPEAL = "appeal"  # 申诉


@dataclass(frozen=True, slots=True)
class Ask:
    """An open question about a case. `by` and `seen_by` are person ids, `seen_by` the first of an appeal's two reviewers;
    `value` is an extension's seconds in the limit's own time, or the instant a suspension ends."""

    kind: AskKind
    at: int
    by: int
    name: str
    value: int = 0
    reason: str = ""
    seen_by: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A unit that was whistled for: when, until when it has to report in, and when it did."""

    unit: int
    at: int
    due_at: int
    done_at: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that was mentioned in a note: when, and when it said something after that."""

    unit: int
    at: int
    done_at: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Instants are UTC seconds, 0 = not yet; `grid` is a 16-digit code, `township` a 9-digit one.

    `reporter` and `phone` are masked by the server before they leave it. `limit` is the handling limit as
    `kind:amount`; `handle_due` its deadline, `handle_left` the seconds left of it (in its own kind of time) when the
    handling clock stopped. `due_at`, `due_from`, `amber_at` and `due_what` describe the deadline that runs out first.
    `extended` are the seconds granted on top of the limit. A merged case names its `master` and the state it `was` in.
    `level` is 0–2 for the grid's three levels, 3 township, 4 county, 5 city; `barred` the person who may not dispatch
    next; `exempt` says that an appeal took the overdue fact `late` out of the statistics.
    """

    id: int
    ver: int
    number: str
    state: State
    source: Source
    class_id: int
    title: str
    text: str
    place: str
    grid: int
    township: int
    reporter: str = ""
    phone: str = ""
    lead: int = 0
    assists: tuple[int, ...] = ()
    handler: str = ""
    reported_at: int = 0
    filed_at: int = 0
    dispatched_at: int = 0
    signed_at: int = 0
    responded_at: int = 0
    fed_back_at: int = 0
    checked_at: int = 0
    closed_at: int = 0
    limit: str = ""
    handle_due: int = 0
    handle_left: int = 0
    due_at: int = 0
    due_from: int = 0
    amber_at: int = 0
    due_what: Due = Due.NONE
    urges: int = 0
    returns: int = 0
    reworks: int = 0
    extensions: int = 0
    duplicates: int = 0
    photos: int = 0
    satisfaction: int = 0
    late: bool = False
    changed_at: int = 0
    master: int = 0
    was: State | None = None
    resume_at: int = 0
    extended: int = 0
    exempt: bool = False
    level: int = 0
    barred: int = 0
    reply_due: int = 0
    ask: Ask | None = None
    calls: tuple[Call, ...] = ()
    mentions: tuple[Mention, ...] = ()
    flow: tuple[FlowEntry, ...] = field(default=())

    @property
    def open(self) -> bool:
        """Whether someone still has to act."""
        return self.state not in FINAL

    @property
    def asked(self) -> tuple[int, ...]:
        """Units that were called to the spot or mentioned."""
        return (*(c.unit for c in self.calls), *(m.unit for m in self.mentions))

    @property
    def community(self) -> int:
        """The 12-digit code of its village or community."""
        return self.grid // 10_000

    @property
    def stage(self) -> Stage:
        """The queue tab it belongs to."""
        return stage_of(self.state, bool(self.checked_at))


_STAGES = {
    State.REPORTED: Stage.INTAKE,
    State.VERIFYING: Stage.INTAKE,
    State.PENDING_DISPATCH: Stage.DISPATCH,
    State.RETURNED: Stage.DISPATCH,
    State.PENDING_SIGN: Stage.HANDLE,
    State.HANDLING: Stage.HANDLE,
    State.SUSPENDED: Stage.HANDLE,
    State.FED_BACK: Stage.CHECK,
    State.CALLBACK: Stage.CLOSE,
}


def stage_of(state: State, checked: bool) -> Stage:
    """The tab of a state; a case in CHECKING moves to 待办结 once its check has passed."""
    if state is State.CHECKING:
        return Stage.CLOSE if checked else Stage.CHECK
    return _STAGES.get(state, Stage.DONE)


def lamp(state: State, amber_at: int, due_at: int, now: int) -> Lamp:
    """The lamp at `now` (UTC seconds): overdue from the deadline on, near-due from `amber_at` on."""
    if state in FINAL:
        return Lamp.DONE
    if state is State.SUSPENDED:
        return Lamp.PAUSED
    if due_at and now >= due_at:
        return Lamp.OVERDUE
    if due_at and now >= amber_at:
        return Lamp.DUE
    return Lamp.OK
