"""The keys of the board, for its sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def help_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (keys, what they do)."""
    say = QCoreApplication.translate
    return [
        (say("MeetingKeys", "移动"), [
            ("J K", say("MeetingKeys", "下一项、上一项")), ("← →", say("MeetingKeys", "左右栏")),
            ("PgUp PgDn", say("MeetingKeys", "上一类、下一类")), ("Enter", say("MeetingKeys", "打开任务")),
            ("Z", say("MeetingKeys", "展开这一类")), ("/", say("MeetingKeys", "找任务")), ("W", say("MeetingKeys", "换一周")),
            ("T", say("MeetingKeys", "看板、本地任务")), ("Alt 1", say("MeetingKeys", "指挥台")),
            ("Esc", say("MeetingKeys", "返回、清除选中"))]),
        (say("MeetingKeys", "会议"), [
            ("F10", say("MeetingKeys", "开会、接主持、结束会议")), ("Space", say("MeetingKeys", "会议中：下一项")),
            ("+", say("MeetingKeys", "加2分钟")), ("N", say("MeetingKeys", "记要点")),
            ("G", say("MeetingKeys", "到会")), ("C", say("MeetingKeys", "结转")),
            ("H", say("MeetingKeys", "排会、改安排")), ("X", say("MeetingKeys", "复核会外紧急")),
            ("Ctrl P", say("MeetingKeys", "纪要和任务清单"))]),
        (say("MeetingKeys", "任务"), [
            ("Space", say("MeetingKeys", "选中，会议中用 Ctrl 空格")),
            ("Ctrl Enter", say("MeetingKeys", "发布选中的任务")), ("P", say("MeetingKeys", "预览收件")),
            ("I", say("MeetingKeys", "提任务")),
            ("Shift I", say("MeetingKeys", "会外紧急")),
            ("F2", say("MeetingKeys", "改待布置的任务")), ("M", say("MeetingKeys", "排入、移出议程")),
            ("V", say("MeetingKeys", "验收、准入")), ("Del", say("MeetingKeys", "撤回")),
            ("Ctrl Z", say("MeetingKeys", "发出前撤销"))]),
        (say("MeetingKeys", "清单核对"), [
            ("R", say("MeetingKeys", "退回")), ("E", say("MeetingKeys", "部门自办")), ("Q", say("MeetingKeys", "申请准入"))]),
        (say("MeetingKeys", "本地任务"), [
            ("Y", say("MeetingKeys", "签收")), ("B", say("MeetingKeys", "回报")), ("X", say("MeetingKeys", "申请或批复延时")),
            ("D", say("MeetingKeys", "分解到下级")),
            ("V", say("MeetingKeys", "验收下级")), ("R", say("MeetingKeys", "退回下级"))]),
    ]  # fmt: skip
