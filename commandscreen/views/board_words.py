"""The weekly meeting put into words: commands, refusals, lanes, columns and states, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.meeting import MeetingKind, MeetingState
from ..domain.receipt import ReceiptState
from ..domain.task import Column, Lane, TaskState

BOARD_STEPS: dict[str, object] = {
    "meeting.plan": QT_TRANSLATE_NOOP("Words", "排会"),
    "meeting.edit": QT_TRANSLATE_NOOP("Words", "改会议安排"),
    "meeting.cancel": QT_TRANSLATE_NOOP("Words", "取消会议"),
    "meeting.attend": QT_TRANSLATE_NOOP("Words", "签到"),
    "meeting.carry": QT_TRANSLATE_NOOP("Words", "结转到本次会"),
    "meeting.open": QT_TRANSLATE_NOOP("Words", "开会"),
    "meeting.take": QT_TRANSLATE_NOOP("Words", "接主持"),
    "meeting.next": QT_TRANSLATE_NOOP("Words", "下一项"),
    "meeting.add": QT_TRANSLATE_NOOP("Words", "加时"),
    "meeting.note": QT_TRANSLATE_NOOP("Words", "记要点"),
    "meeting.review": QT_TRANSLATE_NOOP("Words", "复核会外紧急"),
    "meeting.resolve": QT_TRANSLATE_NOOP("Words", "记决议"),
    "meeting.recheck": QT_TRANSLATE_NOOP("Words", "按新清单复核"),
    "meeting.publish": QT_TRANSLATE_NOOP("Words", "会上发布"),
    "meeting.due": QT_TRANSLATE_NOOP("Words", "到时自动结束"),
    "meeting.end": QT_TRANSLATE_NOOP("Words", "结束会议"),
    "task.propose": QT_TRANSLATE_NOOP("Words", "提出任务"),
    "task.edit": QT_TRANSLATE_NOOP("Words", "改任务"),
    "task.schedule": QT_TRANSLATE_NOOP("Words", "排入议程"),
    "task.unschedule": QT_TRANSLATE_NOOP("Words", "移出议程"),
    "task.send_back": QT_TRANSLATE_NOOP("Words", "退回提出部门"),
    "task.keep": QT_TRANSLATE_NOOP("Words", "部门自办"),
    "task.finish": QT_TRANSLATE_NOOP("Words", "自办完成"),
    "task.publish": QT_TRANSLATE_NOOP("Words", "会外紧急布置"),
    "task.withdraw": QT_TRANSLATE_NOOP("Words", "撤回任务"),
    "task.accept": QT_TRANSLATE_NOOP("Words", "验收任务"),
    "task.note": QT_TRANSLATE_NOOP("Words", "任务备注"),
    "receipt.sign": QT_TRANSLATE_NOOP("Words", "签收任务"),
    "receipt.progress": QT_TRANSLATE_NOOP("Words", "报进度"),
    "receipt.report": QT_TRANSLATE_NOOP("Words", "回报"),
    "receipt.attach": QT_TRANSLATE_NOOP("Words", "补附件"),
    "receipt.ask": QT_TRANSLATE_NOOP("Words", "申请延时"),
    "receipt.split": QT_TRANSLATE_NOOP("Words", "分解到下级"),
    "receipt.grant": QT_TRANSLATE_NOOP("Words", "同意延时"),
    "receipt.deny": QT_TRANSLATE_NOOP("Words", "不同意延时"),
    "receipt.accept": QT_TRANSLATE_NOOP("Words", "验收回报"),
    "receipt.send_back": QT_TRANSLATE_NOOP("Words", "退回补报"),
    "receipt.hand_over": QT_TRANSLATE_NOOP("Words", "改由他方接收"),
    "admission.ask": QT_TRANSLATE_NOOP("Words", "申请准入"),
    "admission.grant": QT_TRANSLATE_NOOP("Words", "准入"),
    "admission.deny": QT_TRANSLATE_NOOP("Words", "不予准入"),
    "burden.note": QT_TRANSLATE_NOOP("Words", "记减负台账"),
    "burden.strike": QT_TRANSLATE_NOOP("Words", "划去误记"),
}
BOARD_REFUSALS: dict[str, object] = {
    "wrong-state": QT_TRANSLATE_NOOP("Words", "现在的状态办不了这一步，可能别人先办了"),
    "wrong-role": QT_TRANSLATE_NOOP("Words", "您的岗位不能办这一步"),
    "out-of-scope": QT_TRANSLATE_NOOP("Words", "不在您的辖区，由当地办理"),
    "not-your-unit": QT_TRANSLATE_NOOP("Words", "不是您的单位提出或承办的"),
    "unknown-case": QT_TRANSLATE_NOOP("Words", "服务器上没有这一项"),
    "unknown-unit": QT_TRANSLATE_NOOP("Words", "没有这个单位"),
    "missing-argument": QT_TRANSLATE_NOOP("Words", "要件不全"),
    "bad-argument": QT_TRANSLATE_NOOP("Words", "填写的内容不合规定"),
    "stale-base": QT_TRANSLATE_NOOP("Words", "别人刚改过，您的指令没有执行，请按新的再办"),
    "limit-reached": QT_TRANSLATE_NOOP("Words", "已到规定的次数或时限上限"),
    "already-asked": QT_TRANSLATE_NOOP("Words", "已有一项申请等答复"),
    "not-asked": QT_TRANSLATE_NOOP("Words", "没有等答复的申请"),
    "same-person": QT_TRANSLATE_NOOP("Words", "同一人不能办前后两步，请换人"),
    "too-late": QT_TRANSLATE_NOOP("Words", "已过期限"),
    "unknown-duty": QT_TRANSLATE_NOOP("Words", "清单里没有这一项"),
    "unknown-grid": QT_TRANSLATE_NOOP("Words", "没有这个收件地区"),
    "outside-meeting": QT_TRANSLATE_NOOP("Words", "会外只能布置紧急任务，要写明事由"),
    "off-list": QT_TRANSLATE_NOOP("Words", "清单外事项不能布置到村（社区）：退回、部门自办或申请准入"),
    "lists-changed": QT_TRANSLATE_NOOP("Words", "开会后清单换了版本，请按新清单复核后再发布"),
    "ended-certificate": QT_TRANSLATE_NOOP("Words", "要村（社区）开的证明已经停开"),
    "no-meeting-day": QT_TRANSLATE_NOOP("Words", "这天是无会日或休息日，不排会"),
    "no-meeting-week": QT_TRANSLATE_NOOP("Words", "这周是无会周，不排会"),
    "already-booked": QT_TRANSLATE_NOOP("Words", "一周只开一次会，一季度一次专门会，已经排了"),
    "no-quorum": QT_TRANSLATE_NOOP("Words", "到会人数不足，开不了会"),
    "circle-missing": QT_TRANSLATE_NOOP("Words", "三个圈层都要有成员到场"),
    "already-chaired": QT_TRANSLATE_NOOP("Words", "会议已由别人主持"),
    "not-chair": QT_TRANSLATE_NOOP("Words", "只有主持人能办，可先接主持"),
    "already-published": QT_TRANSLATE_NOOP("Words", "已经发布过，没有重发"),
    "already-reported": QT_TRANSLATE_NOOP("Words", "已经回报过，一项任务只报一次"),
    "already-sent": QT_TRANSLATE_NOOP("Words", "对方已经收到过这项任务"),
    "recipient-gone": QT_TRANSLATE_NOOP("Words", "有收件方已撤并，请改收件方后再发布"),
    "unknown-command": QT_TRANSLATE_NOOP("Words", "服务器不认得这条指令，请升级本程序"),
}
_LANES = {
    Lane.PARTY: QT_TRANSLATE_NOOP("Words", "党建"),
    Lane.ECONOMY: QT_TRANSLATE_NOOP("Words", "经济"),
    Lane.SOCIETY: QT_TRANSLATE_NOOP("Words", "社会"),
    Lane.LIVELIHOOD: QT_TRANSLATE_NOOP("Words", "民生"),
}
LANE_ICONS = {Lane.PARTY: "flag", Lane.ECONOMY: "trending-up", Lane.SOCIETY: "users", Lane.LIVELIHOOD: "home"}
_COLUMNS = {
    Column.TODO: QT_TRANSLATE_NOOP("Words", "待布置"),
    Column.DOING: QT_TRANSLATE_NOOP("Words", "进行中"),
    Column.REVIEW: QT_TRANSLATE_NOOP("Words", "待验收"),
    Column.DONE: QT_TRANSLATE_NOOP("Words", "已完成"),
}
_TASK_STATES = {
    TaskState.DRAFT: QT_TRANSLATE_NOOP("Words", "待布置"),
    TaskState.WAITING: QT_TRANSLATE_NOOP("Words", "已定，等到时发出"),
    TaskState.ACTIVE: QT_TRANSLATE_NOOP("Words", "进行中"),
    TaskState.REVIEW: QT_TRANSLATE_NOOP("Words", "待验收"),
    TaskState.DONE: QT_TRANSLATE_NOOP("Words", "已完成"),
    TaskState.RETURNED: QT_TRANSLATE_NOOP("Words", "已退回提出部门"),
    TaskState.OWN: QT_TRANSLATE_NOOP("Words", "部门自办"),
    TaskState.WITHDRAWN: QT_TRANSLATE_NOOP("Words", "已撤回"),
}
_RECEIPT_STATES = {
    ReceiptState.SENT: QT_TRANSLATE_NOOP("Words", "待签收"),
    ReceiptState.SIGNED: QT_TRANSLATE_NOOP("Words", "办理中"),
    ReceiptState.REPORTED: QT_TRANSLATE_NOOP("Words", "已回报"),
    ReceiptState.BACK: QT_TRANSLATE_NOOP("Words", "退回补报"),
    ReceiptState.ACCEPTED: QT_TRANSLATE_NOOP("Words", "已验收"),
}
_MEETINGS = {
    MeetingKind.WEEKLY: QT_TRANSLATE_NOOP("Words", "一次会"),
    MeetingKind.STREET_COMMITTEE: QT_TRANSLATE_NOOP("Words", "大工委"),
    MeetingKind.COMMUNITY_COMMITTEE: QT_TRANSLATE_NOOP("Words", "大党委"),
}
_MEETING_STATES = {
    MeetingState.PLANNED: QT_TRANSLATE_NOOP("Words", "已排"),
    MeetingState.OPEN: QT_TRANSLATE_NOOP("Words", "会议中"),
    MeetingState.ENDED: QT_TRANSLATE_NOOP("Words", "已结束"),
    MeetingState.CANCELLED: QT_TRANSLATE_NOOP("Words", "已取消"),
}
_ITEMS = {
    "main_duty": QT_TRANSLATE_NOOP("Words", "主要第{n}项"),
    "assist_duty": QT_TRANSLATE_NOOP("Words", "协助第{n}项"),
    "certificate_kept": QT_TRANSLATE_NOOP("Words", "保留证明第{n}项"),
    "certificate_ended": QT_TRANSLATE_NOOP("Words", "停开证明第{n}项"),
    "admitted": QT_TRANSLATE_NOOP("Words", "准入第{n}项"),
}
_GROUPS = {
    "township": QT_TRANSLATE_NOOP("Words", "{n}个乡镇（街道）"),
    "street": QT_TRANSLATE_NOOP("Words", "{n}个街道"),
    "community": QT_TRANSLATE_NOOP("Words", "{n}个社区"),
    "village": QT_TRANSLATE_NOOP("Words", "{n}个村"),
    "all": QT_TRANSLATE_NOOP("Words", "{n}个村（社区）"),
    "grid": QT_TRANSLATE_NOOP("Words", "{n}个网格"),
}


def _say(source: object) -> str:
    return QCoreApplication.translate("Words", str(source))


def lane(value: Lane) -> str:
    """党建, 经济, 社会, 民生"""
    return _say(_LANES[value])


def column(value: Column) -> str:
    """A column's head."""
    return _say(_COLUMNS[value])


def task_state(value: TaskState) -> str:
    """Where a task stands."""
    return _say(_TASK_STATES[value])


def receipt_state(value: ReceiptState) -> str:
    """Where a recipient's share stands."""
    return _say(_RECEIPT_STATES[value])


def meeting_kind(value: MeetingKind) -> str:
    """What meets."""
    return _say(_MEETINGS[value])


def meeting_state(value: MeetingState) -> str:
    """Where a meeting stands."""
    return _say(_MEETING_STATES[value])


def item(listed: str, number: int) -> str:
    """A line of the lists: 协助第7项."""
    return _say(_ITEMS.get(listed, listed)).format(n=number)


def group(name: str, number: int) -> str:
    """So many recipients of a kind: 52个乡镇（街道）."""
    return _say(_GROUPS.get(name, "{n}")).format(n=number)


def step(kind: str) -> str:
    """A command's word."""
    return _say(BOARD_STEPS.get(kind, kind))


def task_step(kind: str, urgent: bool) -> str:
    """A line of a task's log: published at a meeting, or outside one."""
    at_meeting = kind in ("publish", "due") and not urgent
    return step("meeting.publish" if at_meeting else f"task.{kind}")
