"""What the command palette can do on the operator's screen: words, keys, and the acts behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.case import Stage
from .desk import Desk
from .operator_keys import MEETING
from .palette import Action

if TYPE_CHECKING:
    from .operator import OperatorView

_ALL = (
    ("open", QT_TRANSLATE_NOOP("Actions", "打开选中的案件"), "Enter"),
    ("locate", QT_TRANSLATE_NOOP("Actions", "在地图上找选中的案件"), "Space"),
    ("overdue", QT_TRANSLATE_NOOP("Actions", "下一件超期"), "Shift J"),
    ("up", QT_TRANSLATE_NOOP("Actions", "上一级辖区"), "Backspace"),
    ("accept", QT_TRANSLATE_NOOP("Actions", "受理立案"), "Y"),
    ("send", QT_TRANSLATE_NOOP("Actions", "派遣选中的案件"), "D"),
    ("verify", QT_TRANSLATE_NOOP("Actions", "发核查、核查通过"), "V"),
    ("finish", QT_TRANSLATE_NOOP("Actions", "办结选中的案件"), "B"),
    ("urge", QT_TRANSLATE_NOOP("Actions", "催办选中的案件"), "U"),
    ("note", QT_TRANSLATE_NOOP("Actions", "给选中的案件写备注"), "N"),
    ("progress", QT_TRANSLATE_NOOP("Actions", "报进展"), "Shift N"),
    ("mentions", QT_TRANSLATE_NOOP("Actions", "提到本单位的案件"), "I"),
    ("paper", QT_TRANSLATE_NOOP("Actions", "案卷、督办单出纸"), "Ctrl P"),
    ("back", QT_TRANSLATE_NOOP("Actions", "退回选中的案件"), "R"),
    ("undo", QT_TRANSLATE_NOOP("Actions", "撤销上一条指令"), "Ctrl Z"),
    ("sent", QT_TRANSLATE_NOOP("Actions", "本机指令"), "Ctrl E"),
    ("verify_first", QT_TRANSLATE_NOOP("Actions", "发核实"), "Shift Y"),
    ("merge", QT_TRANSLATE_NOOP("Actions", "并案"), "M"),
    ("reroute", QT_TRANSLATE_NOOP("Actions", "改派选中的案件"), "T"),
    ("assist", QT_TRANSLATE_NOOP("Actions", "加协办单位"), "C"),
    ("whistle", QT_TRANSLATE_NOOP("Actions", "吹哨，叫单位到场"), "W"),
    ("ask", QT_TRANSLATE_NOOP("Actions", "批复或提出申请"), "X"),
    ("supervise", QT_TRANSLATE_NOOP("Actions", "督办，要求回复"), "Shift U"),
    ("force", QT_TRANSLATE_NOOP("Actions", "强制结案"), "Shift B"),
    ("photos", QT_TRANSLATE_NOOP("Actions", "看选中案件的照片"), "P"),
    ("add_photos", QT_TRANSLATE_NOOP("Actions", "给选中的案件加照片"), "Shift P"),
    ("report", QT_TRANSLATE_NOOP("Actions", "登记新案件"), "Ctrl N"),
    ("alarms", QT_TRANSLATE_NOOP("Actions", "报警"), "F8"),
    ("mute", QT_TRANSLATE_NOOP("Actions", "静音2分钟"), "F9"),
    ("sound_check", QT_TRANSLATE_NOOP("Actions", "声音检查"), ""),
    ("acknowledge", QT_TRANSLATE_NOOP("Actions", "确认报警"), "A"),
    ("shelve", QT_TRANSLATE_NOOP("Actions", "搁置报警"), "S"),
    ("all", QT_TRANSLATE_NOOP("Actions", "全部在办案件"), "Esc"),
    ("meeting", QT_TRANSLATE_NOOP("Actions", "周例会"), "Alt 2"),
    ("pool", QT_TRANSLATE_NOOP("Actions", "问题池"), "Alt 3"),
    ("task", QT_TRANSLATE_NOOP("Actions", "由选中的案件提任务"), ""),
    ("propose", QT_TRANSLATE_NOOP("Actions", "提任务"), ""),
    ("urgent", QT_TRANSLATE_NOOP("Actions", "会外紧急布置"), ""),
    ("intake", QT_TRANSLATE_NOOP("Actions", "看待受理"), ""),
    ("dispatch", QT_TRANSLATE_NOOP("Actions", "看待派遣"), ""),
    ("check", QT_TRANSLATE_NOOP("Actions", "看待核查"), ""),
    ("today", QT_TRANSLATE_NOOP("Actions", "看今日受理"), ""),
    ("closed", QT_TRANSLATE_NOOP("Actions", "看今日办结"), ""),
    ("filter", QT_TRANSLATE_NOOP("Actions", "筛选案件"), "/"),
    ("layers", QT_TRANSLATE_NOOP("Actions", "图层"), "L"),
    ("theme", QT_TRANSLATE_NOOP("Actions", "换深浅配色"), ""),
    ("settings", QT_TRANSLATE_NOOP("Actions", "设置"), ""),
    ("help", QT_TRANSLATE_NOOP("Actions", "全部按键"), "?"),
    ("retry", QT_TRANSLATE_NOOP("Actions", "立即重连"), "F5"),
)


def listing() -> tuple[Action, ...]:
    """Every action with its words and key, in the user's language."""
    return tuple(Action(name, QCoreApplication.translate("Actions", str(text)), key) for name, text, key in _ALL)


def run(view: OperatorView, desk: Desk, name: str) -> None:
    """Does what a palette line says. Raises KeyError for a name that `listing` does not give."""
    acts: dict[str, Callable[[], None]] = {
        "open": view.keys.enter, "locate": view.find_on_map, "overdue": view.queue.next_overdue,
        "accept": view.hands.accept, "send": view.hands.dispatch, "verify": view.hands.verify,
        "finish": view.hands.close_case, "undo": view.hands.undo, "urge": view.hands.urge,
        "note": view.hands.note, "progress": view.hands.progress, "paper": view.put_on_paper,
        "mentions": view.queue.mentions.look,
        "back": view.hands.turn_back, "sent": view.open_sent, "merge": view.hands.merge,
        "verify_first": view.hands.ask_verify, "reroute": view.hands.reroute, "assist": view.hands.assist,
        "whistle": view.hands.whistle, "ask": view.hands.decide_ask, "supervise": view.hands.supervise,
        "force": view.hands.force_close, "alarms": view.open_alarms, "mute": view.alarms.mute,
        "sound_check": view.sound_check_wanted.emit,
        "acknowledge": view.acknowledge, "shelve": view.shelve, "report": view.intake_desk.open,
        "meeting": partial(view.open_page, MEETING), "pool": view.open_pool, "task": view.task_from_case,
        "propose": partial(view.begin_task, False), "urgent": partial(view.begin_task, True),
        "photos": view.photo_desk.show_all, "add_photos": view.photo_desk.add,
        "up": desk.scope_up, "all": view.queue.clear_filter, "filter": view.queue.focus_filter,
        "layers": view.map.layers.focus_first, "theme": view.theme_wanted.emit,
        "settings": view.settings_wanted.emit, "help": view.open_help, "retry": view.retry_wanted.emit,
        "today": lambda: view.figures.drill("accepted"), "closed": lambda: view.figures.drill("closed"),
        "intake": lambda: desk.set_stage(Stage.INTAKE), "check": lambda: desk.set_stage(Stage.CHECK),
        "dispatch": lambda: desk.set_stage(Stage.DISPATCH),
    }  # fmt: skip
    acts[name]()
