"""Codes put into words: states, channels, deadlines, roles, refusals and problems, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.case import Due, Lamp, Source, Stage, State
from ..domain.decide import Command
from .board_words import BOARD_REFUSALS, BOARD_STEPS

_CONTEXT = "Words"

_STATES = {
    State.REPORTED: QT_TRANSLATE_NOOP("Words", "待受理"),
    State.VERIFYING: QT_TRANSLATE_NOOP("Words", "核实中"),
    State.PENDING_DISPATCH: QT_TRANSLATE_NOOP("Words", "待派遣"),
    State.PENDING_SIGN: QT_TRANSLATE_NOOP("Words", "待签收"),
    State.HANDLING: QT_TRANSLATE_NOOP("Words", "处置"),
    State.SUSPENDED: QT_TRANSLATE_NOOP("Words", "挂账"),
    State.FED_BACK: QT_TRANSLATE_NOOP("Words", "待把关"),
    State.CHECKING: QT_TRANSLATE_NOOP("Words", "待核查"),
    State.CALLBACK: QT_TRANSLATE_NOOP("Words", "待回访"),
    State.RETURNED: QT_TRANSLATE_NOOP("Words", "回退"),
    State.CLOSED: QT_TRANSLATE_NOOP("Words", "已办结"),
    State.VOID: QT_TRANSLATE_NOOP("Words", "作废"),
    State.MERGED: QT_TRANSLATE_NOOP("Words", "并入"),
}
_STAGES = {
    Stage.INTAKE: QT_TRANSLATE_NOOP("Words", "待受理"),
    Stage.DISPATCH: QT_TRANSLATE_NOOP("Words", "待派遣"),
    Stage.HANDLE: QT_TRANSLATE_NOOP("Words", "处置中"),
    Stage.CHECK: QT_TRANSLATE_NOOP("Words", "待核查"),
    Stage.CLOSE: QT_TRANSLATE_NOOP("Words", "待办结"),
    Stage.DONE: QT_TRANSLATE_NOOP("Words", "已办结"),
}
_SOURCES = {
    Source.HOTLINE: QT_TRANSLATE_NOOP("Words", "12345热线"),
    Source.SINGLE_WINDOW: QT_TRANSLATE_NOOP("Words", "单一窗口"),
    Source.GRID_APP: QT_TRANSLATE_NOOP("Words", "鞍心通"),
    Source.MEDIA: QT_TRANSLATE_NOOP("Words", "媒体"),
    Source.AI_VIDEO: QT_TRANSLATE_NOOP("Words", "AI感知"),
    Source.PARTY_GOV: QT_TRANSLATE_NOOP("Words", "党政渠道"),
    Source.MASS_ORG: QT_TRANSLATE_NOOP("Words", "群团渠道"),
}
_DUES = {
    Due.NONE: "",
    Due.INTAKE: QT_TRANSLATE_NOOP("Words", "受理剩"),
    Due.VERIFY: QT_TRANSLATE_NOOP("Words", "核实剩"),
    Due.DISPATCH: QT_TRANSLATE_NOOP("Words", "派遣剩"),
    Due.SIGN: QT_TRANSLATE_NOOP("Words", "签收剩"),
    Due.HANDLE: QT_TRANSLATE_NOOP("Words", "处置剩"),
    Due.CHECK: QT_TRANSLATE_NOOP("Words", "核查剩"),
    Due.CALLBACK: QT_TRANSLATE_NOOP("Words", "回访剩"),
    Due.CLOSE: QT_TRANSLATE_NOOP("Words", "办结剩"),
    Due.RESUME: QT_TRANSLATE_NOOP("Words", "恢复剩"),
}
_LAMPS = {
    Lamp.OVERDUE: QT_TRANSLATE_NOOP("Words", "超期"),
    Lamp.DUE: QT_TRANSLATE_NOOP("Words", "临期"),
    Lamp.OK: QT_TRANSLATE_NOOP("Words", "正常"),
    Lamp.PAUSED: QT_TRANSLATE_NOOP("Words", "挂起"),
    Lamp.DONE: QT_TRANSLATE_NOOP("Words", "办结"),
}
_STEPS = {
    "report": QT_TRANSLATE_NOOP("Words", "上报"),
    "file": QT_TRANSLATE_NOOP("Words", "受理"),
    "dispatch": QT_TRANSLATE_NOOP("Words", "派遣"),
    "sign": QT_TRANSLATE_NOOP("Words", "签收"),
    "respond": QT_TRANSLATE_NOOP("Words", "响应"),
    "escalate": QT_TRANSLATE_NOOP("Words", "上报一级网格长"),
    "join": QT_TRANSLATE_NOOP("Words", "联动"),
    "inspect": QT_TRANSLATE_NOOP("Words", "排查"),
    "arrive": QT_TRANSLATE_NOOP("Words", "到场"),
    "work": QT_TRANSLATE_NOOP("Words", "处置"),
    "comment": QT_TRANSLATE_NOOP("Words", "备注"),
    "progress": QT_TRANSLATE_NOOP("Words", "进展"),
    "feed_back": QT_TRANSLATE_NOOP("Words", "反馈"),
    "send_check": QT_TRANSLATE_NOOP("Words", "提交核查"),
    "check_pass": QT_TRANSLATE_NOOP("Words", "核查通过"),
    "check_fail": QT_TRANSLATE_NOOP("Words", "核查不达标"),
    "call_back_solved": QT_TRANSLATE_NOOP("Words", "回访已解决"),
    "call_back_unsolved": QT_TRANSLATE_NOOP("Words", "回访未解决"),
    "close": QT_TRANSLATE_NOOP("Words", "办结"),
    "self_handle": QT_TRANSLATE_NOOP("Words", "自处理"),
    "verify": QT_TRANSLATE_NOOP("Words", "发核实"),
    "verified": QT_TRANSLATE_NOOP("Words", "核实回复"),
    "reroute": QT_TRANSLATE_NOOP("Words", "改派"),
    "assist": QT_TRANSLATE_NOOP("Words", "加协办"),
    "merge": QT_TRANSLATE_NOOP("Words", "并案"),
    "merged_in": QT_TRANSLATE_NOOP("Words", "并入一件"),
    "unmerge": QT_TRANSLATE_NOOP("Words", "拆分"),
    "unmerged": QT_TRANSLATE_NOOP("Words", "拆出一件"),
    "ask": QT_TRANSLATE_NOOP("Words", "申请"),
    "ask_void": QT_TRANSLATE_NOOP("Words", "申请作废"),
    "ask_extension": QT_TRANSLATE_NOOP("Words", "申请延期"),
    "ask_suspension": QT_TRANSLATE_NOOP("Words", "申请挂账"),
    "ask_appeal": QT_TRANSLATE_NOOP("Words", "申诉"),
    "grant": QT_TRANSLATE_NOOP("Words", "同意申请"),
    "grant_void": QT_TRANSLATE_NOOP("Words", "作废"),
    "grant_extension": QT_TRANSLATE_NOOP("Words", "同意延期"),
    "grant_suspension": QT_TRANSLATE_NOOP("Words", "挂账"),
    "review_appeal": QT_TRANSLATE_NOOP("Words", "申诉初审同意"),
    "grant_appeal": QT_TRANSLATE_NOOP("Words", "申诉成立，不计超时"),
    "deny": QT_TRANSLATE_NOOP("Words", "不同意申请"),
    "deny_void": QT_TRANSLATE_NOOP("Words", "不同意作废"),
    "deny_extension": QT_TRANSLATE_NOOP("Words", "不同意延期"),
    "deny_suspension": QT_TRANSLATE_NOOP("Words", "不同意挂账"),
    "deny_appeal": QT_TRANSLATE_NOOP("Words", "申诉不成立"),
    "resume": QT_TRANSLATE_NOOP("Words", "恢复"),
    "whistle": QT_TRANSLATE_NOOP("Words", "吹哨"),
    "report_in": QT_TRANSLATE_NOOP("Words", "报到"),
    "reply": QT_TRANSLATE_NOOP("Words", "督办回复"),
    "send_back": QT_TRANSLATE_NOOP("Words", "回退受理"),
    "return": QT_TRANSLATE_NOOP("Words", "退单"),
    "accept_return": QT_TRANSLATE_NOOP("Words", "同意退单"),
    "rule": QT_TRANSLATE_NOOP("Words", "终审派单"),
    "give_back": QT_TRANSLATE_NOOP("Words", "交回单位"),
    "rework": QT_TRANSLATE_NOOP("Words", "返工"),
    "urge": QT_TRANSLATE_NOOP("Words", "催办"),
    "reopen": QT_TRANSLATE_NOOP("Words", "重开"),
    "force_close": QT_TRANSLATE_NOOP("Words", "强制结案"),
    "alarm.ack": QT_TRANSLATE_NOOP("Words", "确认报警"),
    "alarm.shelve": QT_TRANSLATE_NOOP("Words", "搁置报警"),
    "alarm.unshelve": QT_TRANSLATE_NOOP("Words", "恢复报警"),
    "alarm.dismiss": QT_TRANSLATE_NOOP("Words", "驳回识别"),
}
_STEPS |= BOARD_STEPS
RECORD_REFUSALS: dict[str, object] = dict(BOARD_REFUSALS)
_CODES = {
    "not_ours": QT_TRANSLATE_NOOP("Words", "不属本单位职责"),
    "wrong_place": QT_TRANSLATE_NOOP("Words", "地点不在管辖范围"),
    "unclear": QT_TRANSLATE_NOOP("Words", "事实不清"),
    "needs_others": QT_TRANSLATE_NOOP("Words", "须由其他单位先办"),
    "reminder": QT_TRANSLATE_NOOP("Words", "提醒"),
    "overdue": QT_TRANSLATE_NOOP("Words", "超期督办"),
    "leader": QT_TRANSLATE_NOOP("Words", "领导批示督办"),
    "key_case": QT_TRANSLATE_NOOP("Words", "重点案件督办"),
    "exists": QT_TRANSLATE_NOOP("Words", "属实"),
    "absent": QT_TRANSLATE_NOOP("Words", "不存在"),
    "cannot_tell": QT_TRANSLATE_NOOP("Words", "无法判断"),
    "beyond": QT_TRANSLATE_NOOP("Words", "街道解决不了的诉求"),
    "joint": QT_TRANSLATE_NOOP("Words", "联合执法"),
    "emergency": QT_TRANSLATE_NOOP("Words", "应急"),
    "void": QT_TRANSLATE_NOOP("Words", "作废"),
    "extension": QT_TRANSLATE_NOOP("Words", "延期"),
    "suspension": QT_TRANSLATE_NOOP("Words", "挂账"),
    "appeal": QT_TRANSLATE_NOOP("Words", "申诉"),
}
_POSTS = {
    "grid_worker": QT_TRANSLATE_NOOP("Words", "三级网格员"),
    "grid_lead": QT_TRANSLATE_NOOP("Words", "二级网格员"),
    "grid_chief": QT_TRANSLATE_NOOP("Words", "一级网格长"),
    "collector": QT_TRANSLATE_NOOP("Words", "采集员"),
    "intake": QT_TRANSLATE_NOOP("Words", "受理员"),
    "dispatcher": QT_TRANSLATE_NOOP("Words", "派遣员"),
    "shift_leader": QT_TRANSLATE_NOOP("Words", "值班长"),
    "centre_head": QT_TRANSLATE_NOOP("Words", "中心主任"),
    "handler": QT_TRANSLATE_NOOP("Words", "经办人"),
    "supervisor": QT_TRANSLATE_NOOP("Words", "督查员"),
    "wall": QT_TRANSLATE_NOOP("Words", "大屏"),
    "channel": QT_TRANSLATE_NOOP("Words", "接入渠道"),
    "admin": QT_TRANSLATE_NOOP("Words", "系统管理员"),
    "system": QT_TRANSLATE_NOOP("Words", "到时自动"),
}
_LEVELS = (
    QT_TRANSLATE_NOOP("Words", "二级网格员"),
    QT_TRANSLATE_NOOP("Words", "一级网格长"),
    QT_TRANSLATE_NOOP("Words", "街道"),
    QT_TRANSLATE_NOOP("Words", "区县"),
    QT_TRANSLATE_NOOP("Words", "市"),
)
_CIRCLES = {
    "core": QT_TRANSLATE_NOOP("Words", "党组织"),
    "party_gov": QT_TRANSLATE_NOOP("Words", "党政部门"),
    "mass_org": QT_TRANSLATE_NOOP("Words", "群团组织"),
    "social_org": QT_TRANSLATE_NOOP("Words", "社会组织"),
}
_LIMITS = {
    "urgent_hour": QT_TRANSLATE_NOOP("Words", "{n}紧急工作时"),
    "work_hour": QT_TRANSLATE_NOOP("Words", "{n}工作时"),
    "work_day": QT_TRANSLATE_NOOP("Words", "{n}工作日"),
    "calendar_day": QT_TRANSLATE_NOOP("Words", "{n}自然日"),
}
_PROBLEMS = {
    "offline": QT_TRANSLATE_NOOP("Words", "连不上服务器。已有数据照常可看，连上后自动补齐。"),
    "unauthenticated": QT_TRANSLATE_NOOP("Words", "账号或口令不对。"),
    "forbidden": QT_TRANSLATE_NOOP("Words", "这个账号没有此项权限。"),
    "too-many-requests": QT_TRANSLATE_NOOP("Words", "试得太勤，请稍后再试。"),
    "unavailable": QT_TRANSLATE_NOOP("Words", "服务器正忙，稍后自动再试。"),
    "upgrade-required": QT_TRANSLATE_NOOP("Words", "本程序版本过旧，请升级后再同步。"),
    "protocol": QT_TRANSLATE_NOOP("Words", "对方的回答不是指挥台服务器的格式，请核对地址。"),
    "certificate": QT_TRANSLATE_NOOP("Words", "服务器证书不可信，已停止连接。请核对证书文件。"),
    "disk-full": QT_TRANSLATE_NOOP("Words", "磁盘已满，新数据暂存不下。腾出空间后自动继续，已存的没有丢。"),
    "replica-busy": QT_TRANSLATE_NOOP("Words", "本机数据正被另一个指挥台窗口使用。"),
    "internal": QT_TRANSLATE_NOOP("Words", "服务器内部出错，稍后自动再试。"),
}
_REFUSALS = {
    "wrong-state": QT_TRANSLATE_NOOP("Words", "案件现在是{state}，这一步办不了"),
    "wrong-role": QT_TRANSLATE_NOOP("Words", "您的岗位不能办这一步"),
    "out-of-scope": QT_TRANSLATE_NOOP("Words", "案件不在您的辖区"),
    "not-your-unit": QT_TRANSLATE_NOOP("Words", "案件不由您的单位主办"),
    "case-not-taken": QT_TRANSLATE_NOOP("Words", "案件没有登记成，这一条也没有办"),
    "bad-photo": QT_TRANSLATE_NOOP("Words", "服务器不收这张照片"),
    "rule-broke": QT_TRANSLATE_NOOP("Words", "本机程序在这一条上出错，效果没有显示；指令已存下，照常发给服务器"),
    "not-answered": QT_TRANSLATE_NOOP("Words", "服务器在这一条上几次出错，还没有办；指令已存下，会继续再试"),
    "unknown-case": QT_TRANSLATE_NOOP("Words", "服务器上没有这件案件"),
    "unknown-unit": QT_TRANSLATE_NOOP("Words", "没有这个单位"),
    "missing-argument": QT_TRANSLATE_NOOP("Words", "要件不全"),
    "bad-argument": QT_TRANSLATE_NOOP("Words", "填写的内容不合规定"),
    "not-checked": QT_TRANSLATE_NOOP("Words", "还没有核查通过"),
    "not-called-back": QT_TRANSLATE_NOOP("Words", "还没有回访"),
    "too-late": QT_TRANSLATE_NOOP("Words", "已过退单期限"),
    "unknown-duty": QT_TRANSLATE_NOOP("Words", "清单里没有这一项"),
    "unknown-grid": QT_TRANSLATE_NOOP("Words", "没有这个网格"),
    "unknown-class": QT_TRANSLATE_NOOP("Words", "没有这个问题类别"),
    "same-person": QT_TRANSLATE_NOOP("Words", "同一人不能办前后两步，请换人"),
    "already-asked": QT_TRANSLATE_NOOP("Words", "已有一项申请等答复"),
    "not-asked": QT_TRANSLATE_NOOP("Words", "没有等答复的申请或督办"),
    "limit-reached": QT_TRANSLATE_NOOP("Words", "已到规定的次数或时限上限"),
    "not-overdue": QT_TRANSLATE_NOOP("Words", "没有超期，不必申诉"),
    "overdue": QT_TRANSLATE_NOOP("Words", "已经超期，不能延期"),
    "not-called": QT_TRANSLATE_NOOP("Words", "您的单位没有被吹哨，或已报到"),
    "stale-base": QT_TRANSLATE_NOOP("Words", "案件已被别人办到{state}，您的指令没有执行"),
}
_UNKNOWN_REFUSAL = QT_TRANSLATE_NOOP("Words", "服务器没有接受")
STAGE_ORDER = (Stage.INTAKE, Stage.DISPATCH, Stage.HANDLE, Stage.CHECK, Stage.CLOSE)


def _say(source: object) -> str:
    # QT_TRANSLATE_NOOP is typed as object by the binding's stubs.
    return QCoreApplication.translate(_CONTEXT, str(source)) if source else ""


def state(value: State) -> str:
    """待派遣, 处置, …"""
    return _say(_STATES[value])


def stage(value: Stage) -> str:
    """A queue tab's word."""
    return _say(_STAGES[value])


def source(value: Source) -> str:
    """A channel's word."""
    return _say(_SOURCES[value])


def due(value: Due) -> str:
    """What a countdown counts."""
    return _say(_DUES[value])


def lamp(value: Lamp) -> str:
    """The lamp's word."""
    return _say(_LAMPS[value])


def step(kind: str) -> str:
    """A flow entry's word; an unknown kind from a newer server is shown as it is."""
    return _say(_STEPS.get(kind, kind))


def level(value: int) -> str:
    """Who holds a case that was raised: 1 the second-level worker … 5 the city."""
    return _say(_LEVELS[min(max(value, 1), len(_LEVELS)) - 1])


def command(given: Command) -> str:
    """A command's word, with what it asks where it asks something."""
    what = str(given.args.get("what", ""))
    return step(f"{given.kind}_{what}") if given.kind == "ask" and f"ask_{what}" in _STEPS else step(given.kind)


def post(role: str) -> str:
    """A role's word."""
    return _say(_POSTS.get(role, role))


def circle(value: str) -> str:
    """One of the three circles, or the core."""
    return _say(_CIRCLES.get(value, value))


def limit(kind: str, amount: float) -> str:
    """4工作时, 3工作日; under an hour of continuous time in minutes."""
    if kind == "urgent_hour" and amount < 1:
        return QCoreApplication.translate("Words", "{n}分钟").format(n=round(amount * 60))
    return _say(_LIMITS[kind]).format(n=f"{amount:g}")


def problem(code: str) -> str:
    """What happened, what still works and what to do, for a sync or sign-in code."""
    return _say(_PROBLEMS.get(code, code))


def coded(text: str) -> str:
    """A flow text that begins with a reason code, put into words: `not_ours 属街道`."""
    code, _, more = text.partition(" ")
    kind, _, amount = code.partition(":")
    said = limit(kind, float(amount)) if kind in _LIMITS and amount else _say(_CODES.get(code, code))
    return " ".join(p for p in (said, more) if p)


def code(value: str) -> str:
    """The word of one reason code."""
    return _say(_CODES.get(value, value))


def refusal(code: str, now: State | None) -> str:
    """Why a command was refused; `now` is where the case stands."""
    text = _say(_REFUSALS.get(code, _UNKNOWN_REFUSAL))
    return text.format(state=state(now) if now else "")


def record_refusal(kind: str, code: str) -> str:
    """Why a command on a record of a kind was refused: in the kind's own words, or those that fit any."""
    return _say(RECORD_REFUSALS.get(f"{kind}:{code}") or RECORD_REFUSALS.get(code, _UNKNOWN_REFUSAL))


LEGEND_LAMPS = (Lamp.OVERDUE, Lamp.DUE, Lamp.OK)
