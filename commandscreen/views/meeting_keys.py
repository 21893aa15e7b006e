"""The keys of the board, for its sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def help_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (keys, what they do)."""
    translate = QCoreApplication.translate
    return [
        (translate("MeetingKeys", "移动"), [
            ("J K", translate("MeetingKeys", "下一项、上一项")), ("← →", translate("MeetingKeys", "左右栏")),
            ("PgUp PgDn", translate("MeetingKeys", "上一类、下一类")),
            ("Enter", translate("MeetingKeys", "打开任务")),
            ("Z", translate("MeetingKeys", "展开这一类")), ("/", translate("MeetingKeys", "找任务")),
            ("W", translate("MeetingKeys", "换一周")),
            ("T", translate("MeetingKeys", "看板、本地任务")), ("Alt 1", translate("MeetingKeys", "指挥台")),
            ("Esc", translate("MeetingKeys", "返回、清除选中"))]),
        (translate("MeetingKeys", "会议"), [
            ("F10", translate("MeetingKeys", "开会、接主持、结束会议")),
            ("Space", translate("MeetingKeys", "会议中：下一项")),
            ("+", translate("MeetingKeys", "加2分钟")), ("N", translate("MeetingKeys", "记要点")),
            ("G", translate("MeetingKeys", "到会")), ("C", translate("MeetingKeys", "结转")),
            ("L", translate("MeetingKeys", "按新清单复核")), ("Shift Del", translate("MeetingKeys", "取消会议")),
            ("H", translate("MeetingKeys", "排会、改安排")), ("X", translate("MeetingKeys", "复核会外紧急")),
            ("Ctrl P", translate("MeetingKeys", "纪要和任务清单")),
            ("Shift N", translate("MeetingKeys", "记减负台账"))]),
        (translate("MeetingKeys", "任务"), [
            ("Space", translate("MeetingKeys", "选中，会议中用 Ctrl 空格")),
            ("Ctrl Enter", translate("MeetingKeys", "发布选中的任务")), ("P", translate("MeetingKeys", "预览收件")),
            ("I", translate("MeetingKeys", "提任务")),
            ("Shift I", translate("MeetingKeys", "会外紧急")),
            ("F2", translate("MeetingKeys", "改待布置的任务")), ("M", translate("MeetingKeys", "排入、移出议程")),
            ("V", translate("MeetingKeys", "验收、准入")), ("Del", translate("MeetingKeys", "撤回")),
            ("Ctrl Z", translate("MeetingKeys", "发出前撤销"))]),
        (translate("MeetingKeys", "清单核对"), [
            ("R", translate("MeetingKeys", "退回")), ("E", translate("MeetingKeys", "部门自办")),
            ("Q", translate("MeetingKeys", "申请准入"))]),
        (translate("MeetingKeys", "本地任务"), [
            ("Y", translate("MeetingKeys", "签收")), ("B", translate("MeetingKeys", "回报、补附件")),
            ("N", translate("MeetingKeys", "报进度")),
            ("X", translate("MeetingKeys", "申请或批复延时")),
            ("D", translate("MeetingKeys", "分解到下级")),
            ("V", translate("MeetingKeys", "验收下级")), ("R", translate("MeetingKeys", "退回下级"))]),
        (translate("MeetingKeys", "任务的收件方"), [
            ("V", translate("MeetingKeys", "验收")), ("R", translate("MeetingKeys", "退回补报")),
            ("X", translate("MeetingKeys", "批复延时")), ("T", translate("MeetingKeys", "转交")),
            ("O", translate("MeetingKeys", "来源案件")), ("U", translate("MeetingKeys", "起因的同类案件"))]),
    ]  # fmt: skip
