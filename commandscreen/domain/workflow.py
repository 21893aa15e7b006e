"""The workflow as a table of data: which command leads from which state to which, and who may give it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .case import FINAL, AskKind, State
from .person import Role


class Kind(StrEnum):
    """What a person can command."""

    REPORT = "report"  # 上报·登记
    SELF_HANDLE = "self_handle"  # 自处理
    VERIFY = "verify"  # 发核实
    VERIFIED = "verified"  # 核实回复
    FILE = "file"  # 立案
    DISPATCH = "dispatch"  # 派遣
    REROUTE = "reroute"  # 改派
    ASSIST = "assist"  # 加协办
    SIGN = "sign"  # 签收
    PROGRESS = "progress"  # 进展
    FEED_BACK = "feed_back"  # 反馈
    SEND_CHECK = "send_check"  # 发核查
    CHECK = "check"  # 核查
    CALL_BACK = "call_back"  # 回访
    CLOSE = "close"  # 结案
    SEND_BACK = "send_back"  # 回退受理
    RETURN = "return"  # 退单
    ACCEPT_RETURN = "accept_return"  # 同意退单
    RULE = "rule"  # 终审派单
    GIVE_BACK = "give_back"  # 经办人交回
    REWORK = "rework"  # 返工
    MERGE = "merge"  # 并案
    UNMERGE = "unmerge"  # 拆分
    ASK = "ask"  # 申请: 延期, 挂账, 作废, 申诉
    GRANT = "grant"  # 同意申请
    DENY = "deny"  # 不同意申请
    RESUME = "resume"  # 恢复
    WHISTLE = "whistle"  # 吹哨
    REPORT_IN = "report_in"  # 报到
    URGE = "urge"  # 催办·督办
    REPLY = "reply"  # 督办回复
    REOPEN = "reopen"  # 重开
    FORCE_CLOSE = "force_close"  # 强制结案


class Step(StrEnum):
    """What a progress entry reports; none of them moves the case."""

    RESPOND = "respond"  # 响应
    ESCALATE = "escalate"  # 上报上级网格
    JOIN = "join"  # 联动
    INSPECT = "inspect"  # 排查
    ARRIVE = "arrive"  # 到场
    WORK = "work"  # 处置
    COMMENT = "comment"  # 备注


class ReturnCode(StrEnum):
    """Why a unit returns a case."""

    NOT_OURS = "not_ours"  # 不属本单位职责
    WRONG_PLACE = "wrong_place"  # 地点不在管辖范围
    UNCLEAR = "unclear"  # 事实不清，无法办理
    NEEDS_OTHERS = "needs_others"  # 须由其他单位先办


class Urge(StrEnum):
    """How a case is pressed: a reminder, or formal supervision."""

    REMINDER = "reminder"  # 催办
    OVERDUE = "overdue"  # 超期督办
    LEADER = "leader"  # 领导批示督办
    KEY_CASE = "key_case"  # 重点案件督办


class Verified(StrEnum):
    """What was found on the spot before filing."""

    EXISTS = "exists"  # 属实
    ABSENT = "absent"  # 不存在
    UNCLEAR = "cannot_tell"  # 无法判断


class Whistle(StrEnum):
    """The three cases in which a township may call units to the spot."""

    BEYOND = "beyond"  # 街道解决不了的群众诉求
    JOINT = "joint"  # 联合执法
    EMERGENCY = "emergency"  # 应急


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the table. `start` is None where no case exists yet; `outcome` tells apart results of one command.

    `needs` are the arguments without which the command is refused.
    """

    kind: Kind
    start: State | None
    end: State
    roles: frozenset[Role]
    outcome: str = ""
    needs: tuple[str, ...] = ()


_FIELD = frozenset({Role.GRID_WORKER, Role.GRID_LEAD, Role.GRID_CHIEF, Role.COLLECTOR})
_INTAKE = frozenset({Role.INTAKE, Role.SHIFT_LEADER})
_DISPATCH = frozenset({Role.DISPATCHER, Role.SHIFT_LEADER})
_UNIT = frozenset({Role.HANDLER})
_REPORT = _FIELD | {Role.INTAKE, Role.CHANNEL}
_PROGRESS = _FIELD | _INTAKE | _DISPATCH | _UNIT | {Role.CENTRE_HEAD}
_CHECK = frozenset({Role.COLLECTOR, Role.GRID_CHIEF})
_LEADER = frozenset({Role.SHIFT_LEADER})
_HEAD = frozenset({Role.CENTRE_HEAD})
_URGE = _DISPATCH | _HEAD | {Role.SUPERVISOR}
_REVIEW = _LEADER | _HEAD | {Role.SUPERVISOR}
_OPEN = tuple(state for state in State if state not in FINAL)
_NEW = ("source", "title", "place", "grid", "class_id")

# What may be asked: where, by whom, what it needs, who decides, where a grant leads.
_ASKS = (
    (AskKind.VOID, State.REPORTED, _INTAKE, ("reason",), _LEADER, State.VOID),
    (AskKind.EXTENSION, State.HANDLING, _UNIT, ("amount", "reason"), _DISPATCH, State.HANDLING),
    (AskKind.SUSPENSION, State.HANDLING, _UNIT, ("until", "reason"), _DISPATCH, State.SUSPENDED),
    (AskKind.APPEAL, State.CLOSED, _UNIT, ("reason",), _REVIEW, State.CLOSED),
)

EDGES: tuple[Edge, ...] = (
    Edge(Kind.REPORT, None, State.REPORTED, _REPORT, needs=_NEW),
    Edge(Kind.SELF_HANDLE, None, State.FED_BACK, _FIELD, needs=(*_NEW, "text", "photos")),
    Edge(Kind.VERIFY, State.REPORTED, State.VERIFYING, _INTAKE),
    Edge(Kind.VERIFIED, State.VERIFYING, State.REPORTED, _FIELD, needs=("result",)),
    Edge(Kind.FILE, State.REPORTED, State.PENDING_DISPATCH, _INTAKE, needs=("condition",)),
    Edge(Kind.DISPATCH, State.PENDING_DISPATCH, State.PENDING_SIGN, _DISPATCH, needs=("lead",)),
    Edge(Kind.REROUTE, State.PENDING_SIGN, State.PENDING_SIGN, _DISPATCH, needs=("lead", "reason")),
    Edge(Kind.ASSIST, State.PENDING_SIGN, State.PENDING_SIGN, _DISPATCH, needs=("assists",)),
    Edge(Kind.ASSIST, State.HANDLING, State.HANDLING, _DISPATCH, needs=("assists",)),
    Edge(Kind.SIGN, State.PENDING_SIGN, State.HANDLING, _UNIT, needs=("handler",)),
    Edge(Kind.FEED_BACK, State.HANDLING, State.FED_BACK, _UNIT, needs=("text", "photos")),
    Edge(Kind.SEND_CHECK, State.FED_BACK, State.CHECKING, _INTAKE | _DISPATCH),
    Edge(Kind.CHECK, State.CHECKING, State.CHECKING, _CHECK, outcome="pass"),
    Edge(Kind.CHECK, State.CHECKING, State.CALLBACK, _CHECK, outcome="pass_hotline"),
    Edge(Kind.CHECK, State.CHECKING, State.HANDLING, _CHECK, outcome="fail", needs=("reason",)),
    Edge(Kind.CALL_BACK, State.CALLBACK, State.CALLBACK, _INTAKE, outcome="solved", needs=("rating",)),
    Edge(Kind.CALL_BACK, State.CALLBACK, State.HANDLING, _INTAKE, outcome="unsolved", needs=("reason",)),
    *(Edge(Kind.CLOSE, s, State.CLOSED, _INTAKE, needs=("condition",))
      for s in (State.FED_BACK, State.CHECKING, State.CALLBACK)),
    Edge(Kind.SEND_BACK, State.PENDING_DISPATCH, State.REPORTED, _DISPATCH, needs=("reason",)),
    Edge(Kind.SEND_BACK, State.FED_BACK, State.REPORTED, _INTAKE, needs=("reason",)),
    Edge(Kind.RETURN, State.PENDING_SIGN, State.RETURNED, _UNIT, needs=("code",)),
    Edge(Kind.RETURN, State.HANDLING, State.RETURNED, _UNIT, needs=("code",)),
    Edge(Kind.ACCEPT_RETURN, State.RETURNED, State.PENDING_DISPATCH, _DISPATCH),
    Edge(Kind.RULE, State.RETURNED, State.PENDING_SIGN, _LEADER | _HEAD, needs=("lead", "duty_item")),
    Edge(Kind.GIVE_BACK, State.HANDLING, State.HANDLING, _UNIT, needs=("reason",)),
    Edge(Kind.REWORK, State.FED_BACK, State.HANDLING, _UNIT | _DISPATCH, needs=("reason",)),
    Edge(Kind.REOPEN, State.CLOSED, State.REPORTED, _INTAKE, needs=("reason",)),
    Edge(Kind.RESUME, State.SUSPENDED, State.HANDLING, _UNIT | _DISPATCH | {Role.SYSTEM}),
    Edge(Kind.WHISTLE, State.HANDLING, State.HANDLING, _DISPATCH | _HEAD, needs=("units", "cause")),
    Edge(Kind.REPORT_IN, State.HANDLING, State.HANDLING, _UNIT),
    *(Edge(Kind.ASK, start, start, by, what.value, ("what", *needs)) for what, start, by, needs, _, _ in _ASKS),
    *(Edge(Kind.GRANT, start, end, who, what.value) for what, start, _, _, who, end in _ASKS),
    *(Edge(Kind.DENY, start, start, who, what.value, ("reason",)) for what, start, _, _, who, _ in _ASKS),
    *(Edge(Kind.MERGE, state, State.MERGED, _INTAKE | _DISPATCH, needs=("master",)) for state in _OPEN),
    *(Edge(Kind.UNMERGE, State.MERGED, state, _INTAKE | _DISPATCH, state.value, ("reason",)) for state in _OPEN),
    *(Edge(Kind.URGE, state, state, _URGE, needs=("how",)) for state in _OPEN),
    *(Edge(Kind.REPLY, state, state, _UNIT, needs=("text",)) for state in _OPEN),
    *(Edge(Kind.FORCE_CLOSE, state, State.CLOSED, _HEAD, needs=("reason",)) for state in _OPEN),
    *(Edge(Kind.PROGRESS, state, state, _PROGRESS, needs=("step",)) for state in _OPEN),
)  # fmt: skip

_BY_KEY = {(e.kind, e.start, e.outcome): e for e in EDGES}


def edge(kind: Kind, start: State | None, outcome: str = "") -> Edge | None:
    """The line for a command in a state with an outcome, or None where the table has none."""
    return _BY_KEY.get((kind, start, outcome))


def allowed(state: State | None, roles: frozenset[Role]) -> tuple[Kind, ...]:
    """The commands these roles may give in a state, in the table's order."""
    return tuple(dict.fromkeys(e.kind for e in EDGES if e.start is state and e.roles & roles))
