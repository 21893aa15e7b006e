"""Every key of the operator's screen, in groups, for the sheet that `?` shows."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_GROUPS = (
    (
        QT_TRANSLATE_NOOP("KeyGroups", "移动"),
        (
            ("J K", QT_TRANSLATE_NOOP("KeyGroups", "下一件、上一件")),
            ("↓ ↑", QT_TRANSLATE_NOOP("KeyGroups", "同上")),
            ("G", QT_TRANSLATE_NOOP("KeyGroups", "第一件")),
            ("Shift G", QT_TRANSLATE_NOOP("KeyGroups", "最后一件")),
            ("Shift J", QT_TRANSLATE_NOOP("KeyGroups", "下一件超期")),
            ("Enter", QT_TRANSLATE_NOOP("KeyGroups", "打开案件")),
            ("Esc", QT_TRANSLATE_NOOP("KeyGroups", "返回、清除条件")),
            ("Backspace", QT_TRANSLATE_NOOP("KeyGroups", "上一级辖区")),
            ("Alt 1", QT_TRANSLATE_NOOP("KeyGroups", "指挥台")),
            ("Alt 2", QT_TRANSLATE_NOOP("KeyGroups", "周例会")),
            ("Alt 3", QT_TRANSLATE_NOOP("KeyGroups", "问题池")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "找"),
        (
            ("Ctrl K", QT_TRANSLATE_NOOP("KeyGroups", "命令面板")),
            ("/", QT_TRANSLATE_NOOP("KeyGroups", "筛选案件")),
            ("F", QT_TRANSLATE_NOOP("KeyGroups", "在地图上找")),
            ("L", QT_TRANSLATE_NOOP("KeyGroups", "图层")),
            ("Space", QT_TRANSLATE_NOOP("KeyGroups", "选中案件上图")),
            ("P", QT_TRANSLATE_NOOP("KeyGroups", "看照片")),
            ("← →", QT_TRANSLATE_NOOP("KeyGroups", "换一张照片")),
            ("?", QT_TRANSLATE_NOOP("KeyGroups", "本页")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "办案"),
        (
            ("Ctrl N", QT_TRANSLATE_NOOP("KeyGroups", "登记新案件")),
            ("Y", QT_TRANSLATE_NOOP("KeyGroups", "受理立案")),
            ("D", QT_TRANSLATE_NOOP("KeyGroups", "派遣")),
            ("1–9", QT_TRANSLATE_NOOP("KeyGroups", "派遣时选主办")),
            ("Shift 1–9", QT_TRANSLATE_NOOP("KeyGroups", "派遣时选协办")),
            ("Enter", QT_TRANSLATE_NOOP("KeyGroups", "派出")),
            ("T", QT_TRANSLATE_NOOP("KeyGroups", "改派；派遣时改限时")),
            ("C", QT_TRANSLATE_NOOP("KeyGroups", "加协办")),
            ("W", QT_TRANSLATE_NOOP("KeyGroups", "吹哨")),
            ("V", QT_TRANSLATE_NOOP("KeyGroups", "发核查、核查通过")),
            ("B", QT_TRANSLATE_NOOP("KeyGroups", "办结")),
            ("U", QT_TRANSLATE_NOOP("KeyGroups", "催办")),
            ("Shift U", QT_TRANSLATE_NOOP("KeyGroups", "督办")),
            ("N", QT_TRANSLATE_NOOP("KeyGroups", "备注")),
            ("Shift N", QT_TRANSLATE_NOOP("KeyGroups", "报进展")),
            ("I", QT_TRANSLATE_NOOP("KeyGroups", "提到本单位的")),
            ("R", QT_TRANSLATE_NOOP("KeyGroups", "退回")),
            ("M", QT_TRANSLATE_NOOP("KeyGroups", "并案")),
            ("X", QT_TRANSLATE_NOOP("KeyGroups", "批复或提出申请")),
            ("Shift Y", QT_TRANSLATE_NOOP("KeyGroups", "发核实")),
            ("Shift B", QT_TRANSLATE_NOOP("KeyGroups", "强制结案")),
            ("Shift P", QT_TRANSLATE_NOOP("KeyGroups", "加照片")),
            ("Ctrl V", QT_TRANSLATE_NOOP("KeyGroups", "粘贴照片")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "多件与撤销"),
        (
            ("Ctrl Space", QT_TRANSLATE_NOOP("KeyGroups", "选中这一件")),
            ("Shift ↓", QT_TRANSLATE_NOOP("KeyGroups", "连着选")),
            ("Ctrl 1–9", QT_TRANSLATE_NOOP("KeyGroups", "插入常用语")),
            ("Ctrl Z", QT_TRANSLATE_NOOP("KeyGroups", "发出前撤销")),
            ("Ctrl E", QT_TRANSLATE_NOOP("KeyGroups", "本机指令")),
            ("Ctrl P", QT_TRANSLATE_NOOP("KeyGroups", "案卷、督办单出纸")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "报警"),
        (
            ("A", QT_TRANSLATE_NOOP("KeyGroups", "确认")),
            ("S", QT_TRANSLATE_NOOP("KeyGroups", "搁置")),
            ("F8", QT_TRANSLATE_NOOP("KeyGroups", "报警列表")),
            ("F9", QT_TRANSLATE_NOOP("KeyGroups", "静音2分钟")),
            ("Enter", QT_TRANSLATE_NOOP("KeyGroups", "列表里：属实，立件")),
            ("R", QT_TRANSLATE_NOOP("KeyGroups", "列表里：驳回")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "地图"),
        (
            ("+ -", QT_TRANSLATE_NOOP("KeyGroups", "缩放")),
            ("← →", QT_TRANSLATE_NOOP("KeyGroups", "左右移")),
            ("↑ ↓", QT_TRANSLATE_NOOP("KeyGroups", "上下移")),
            ("Home", QT_TRANSLATE_NOOP("KeyGroups", "回到辖区")),
            ("Enter", QT_TRANSLATE_NOOP("KeyGroups", "进入选中网格")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyGroups", "画面"),
        (
            ("Ctrl +", QT_TRANSLATE_NOOP("KeyGroups", "放大字号")),
            ("Ctrl -", QT_TRANSLATE_NOOP("KeyGroups", "缩小字号")),
            ("Ctrl 0", QT_TRANSLATE_NOOP("KeyGroups", "原字号")),
            ("F5", QT_TRANSLATE_NOOP("KeyGroups", "立即重连")),
        ),
    ),
)


def key_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups with their keys, in the user's language."""

    def say(text: object) -> str:
        return QCoreApplication.translate("KeyGroups", str(text))

    return [(say(title), [(keys, say(text)) for keys, text in lines]) for title, lines in _GROUPS]
