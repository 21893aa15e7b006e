"""Alarms put into words: levels, standings, history; the built-in registry in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.alarm import Alarm, LogLine, Standing
from ..domain.alarm_flood import Group
from ..domain.alarm_types import AlarmType
from ..domain.grid import community_of
from ..domain.site import Site
from ..widgets.alarm_line import AlarmText
from ..widgets.alarm_row import AlarmRow
from . import format as fmt
from . import rows, words

_LEVELS = {
    1: QT_TRANSLATE_NOOP("AlarmWords", "特急"),
    2: QT_TRANSLATE_NOOP("AlarmWords", "紧急"),
    3: QT_TRANSLATE_NOOP("AlarmWords", "一般"),
}
_STANDINGS = {
    Standing.RAISED: QT_TRANSLATE_NOOP("AlarmWords", "未确认"),
    Standing.ACKED: QT_TRANSLATE_NOOP("AlarmWords", "已确认"),
    Standing.GONE: QT_TRANSLATE_NOOP("AlarmWords", "已恢复未确认"),
    Standing.SHELVED: QT_TRANSLATE_NOOP("AlarmWords", "已搁置"),
    Standing.CLOSED: QT_TRANSLATE_NOOP("AlarmWords", "已结束"),
    Standing.GUARD: QT_TRANSLATE_NOOP("AlarmWords", "等候"),
}
_LOG = {
    "raise": QT_TRANSLATE_NOOP("AlarmWords", "报警"),
    "gone": QT_TRANSLATE_NOOP("AlarmWords", "原因消除"),
    "ack": QT_TRANSLATE_NOOP("AlarmWords", "确认"),
    "shelve": QT_TRANSLATE_NOOP("AlarmWords", "搁置"),
    "unshelve": QT_TRANSLATE_NOOP("AlarmWords", "搁置到时，恢复"),
    "dismiss": QT_TRANSLATE_NOOP("AlarmWords", "驳回"),
    "confirm": QT_TRANSLATE_NOOP("AlarmWords", "属实，立件"),
    "escalate": QT_TRANSLATE_NOOP("AlarmWords", "无人确认，转值班长"),
    "hold": QT_TRANSLATE_NOOP("AlarmWords", "反复，暂时保持"),
    "release": QT_TRANSLATE_NOOP("AlarmWords", "保持结束"),
}
# The registry's built-in texts; a site's own are shown as they are.
_TYPES = (
    QT_TRANSLATE_NOOP("AlarmTypes", "特急上报"),
    QT_TRANSLATE_NOOP("AlarmTypes", "上报的类别属特急：燃气泄漏、电梯困人、爆管等"),
    QT_TRANSLATE_NOOP("AlarmTypes", "可能危及人身安全"),
    QT_TRANSLATE_NOOP("AlarmTypes", "值班员"),
    QT_TRANSLATE_NOOP("AlarmTypes", "立即派遣并电话通知应急单位，向值班长报告"),
    QT_TRANSLATE_NOOP("AlarmTypes", "紧急上报"),
    QT_TRANSLATE_NOOP("AlarmTypes", "上报的类别属紧急：线路漏电、井盖缺失、路面塌陷等"),
    QT_TRANSLATE_NOOP("AlarmTypes", "可能伤人或停用公共设施"),
    QT_TRANSLATE_NOOP("AlarmTypes", "受理并派遣，必要时吹哨"),
    QT_TRANSLATE_NOOP("AlarmTypes", "吹哨未报到"),
    QT_TRANSLATE_NOOP("AlarmTypes", "被叫单位到时限没有报到"),
    QT_TRANSLATE_NOOP("AlarmTypes", "现场缺人，处置停下"),
    QT_TRANSLATE_NOOP("AlarmTypes", "电话催促；仍不到的报值班长另派"),
    QT_TRANSLATE_NOOP("AlarmTypes", "派遣未签收"),
    QT_TRANSLATE_NOOP("AlarmTypes", "承办单位到签收时限没有签收"),
    QT_TRANSLATE_NOOP("AlarmTypes", "处置时限已在走，可能超期"),
    QT_TRANSLATE_NOOP("AlarmTypes", "催办或改派"),
    QT_TRANSLATE_NOOP("AlarmTypes", "环节超期"),
    QT_TRANSLATE_NOOP("AlarmTypes", "案件的当前环节过了时限"),
    QT_TRANSLATE_NOOP("AlarmTypes", "计入超期，诉求人在等"),
    QT_TRANSLATE_NOOP("AlarmTypes", "办理本环节，或催办、督办"),
    QT_TRANSLATE_NOOP("AlarmTypes", "AI识别"),
    QT_TRANSLATE_NOOP("AlarmTypes", "视频识别出疑似问题"),
    QT_TRANSLATE_NOOP("AlarmTypes", "未经人看过，既可能是真，也可能是误报"),
    QT_TRANSLATE_NOOP("AlarmTypes", "看画面：属实则确认立件，不是则写明原因驳回"),
    QT_TRANSLATE_NOOP("AlarmTypes", "数据中断"),
    QT_TRANSLATE_NOOP("AlarmTypes", "与服务器的连接断开"),
    QT_TRANSLATE_NOOP("AlarmTypes", "各处灯色停在断开时，新案件看不到"),
    QT_TRANSLATE_NOOP("AlarmTypes", "检查网络；照常办理，指令连上后自动送出"),
)


def _say(text: object) -> str:
    return QCoreApplication.translate("AlarmWords", str(text))


_REFUSALS = {
    "wrong-state": QT_TRANSLATE_NOOP("AlarmWords", "这条报警已由别的席办过，或已经结束"),
    "out-of-scope": QT_TRANSLATE_NOOP("AlarmWords", "报警不在您的辖区"),
    "unknown-case": QT_TRANSLATE_NOOP("AlarmWords", "服务器上没有这条报警"),
    "limit-reached": QT_TRANSLATE_NOOP("AlarmWords", "特急不能搁置，其余至多搁置60分钟"),
}


def refusal(code: str) -> str:
    """Why a command on an alarm was refused."""
    return _say(_REFUSALS[code]) if code in _REFUSALS else words.refusal(code, None)


def level(value: int) -> str:
    """特急, 紧急, 一般."""
    return _say(_LEVELS.get(value, _LEVELS[3]))


def standing(value: Standing) -> str:
    """未确认, 已恢复未确认, …"""
    return _say(_STANDINGS[value])


def registered(text: str) -> str:
    """A text of the registry: the built-in ones translated, a site's own as they are."""
    return QCoreApplication.translate("AlarmTypes", text)


def type_name(site: Site, alarm: Alarm) -> str:
    """The name of an alarm's type; its key where the site no longer has it."""
    known = site.settings.alarms.types.get(alarm.kind)
    return registered(known.name) if known else alarm.kind


def where(site: Site, alarm: Alarm) -> str:
    """新工社区·2-03 鞍千路32栋"""
    if not alarm.grid:
        return alarm.place
    community = site.divisions.get(community_of(alarm.grid))
    inside = alarm.place.removeprefix(community.name) if community else alarm.place  # its name stands before it already
    return f"{rows.place_name(site, alarm.grid)} {inside}".strip()


def headline(site: Site, alarm: Alarm) -> str:
    """What happened, with the source first: AI识别 楼道积水."""
    note = f"（{alarm.note}）" if alarm.note else ""
    return f"{type_name(site, alarm)} {alarm.title}{note}".strip()


def log_line(line: LogLine) -> str:
    """确认 周敏"""
    text = line.text
    if line.what == "shelve":
        minutes, _, why = line.text.partition(" ")
        text = QCoreApplication.translate("AlarmWords", "{n}分钟，{why}").format(n=minutes, why=why)
    elif line.what == "hold":
        text = QCoreApplication.translate("AlarmWords", "第{n}次").format(n=line.text)
    word = _say(_LOG[line.what]) if line.what in _LOG else line.what
    return " ".join(p for p in (word, line.name, text) if p)


def line(group: Group, site: Site, now: int) -> AlarmText:
    """A group as the alarm line shows it: its gravest newest, and how many come of the same cause."""
    newest = group.newest
    more = len(group.alarms)
    merged = QCoreApplication.translate("AlarmWords", "同源{n}条").format(n=more) if more > 1 else ""
    if newest.count > 1:
        times = QCoreApplication.translate("AlarmWords", "反复{n}次").format(n=newest.count)
        merged = f"{merged} {times}".strip()
    text = f"{headline(site, newest)}  {where(site, newest)}"
    if newest.escalated_at:
        text += "  " + QCoreApplication.translate("AlarmWords", "已转值班长")
    return AlarmText(
        newest.level, standing(newest.standing), fmt.clock_seconds(newest.at), text, merged,
        newest.standing is Standing.GONE, newest.level > 1 and newest.standing is Standing.RAISED,
    )  # fmt: skip


def row(alarm: Alarm, site: Site, now: int, inner: bool = False, group: Group | None = None) -> AlarmRow:
    """An alarm as the list shows it; the first of a group says how many it has."""
    tail = ""
    if alarm.standing is Standing.SHELVED:
        tail = QCoreApplication.translate("AlarmWords", "{time} 恢复").format(time=fmt.clock(alarm.shelf_until))
    elif group is not None and len(group.alarms) > 1:
        tail = QCoreApplication.translate("AlarmWords", "同源{n}条").format(n=len(group.alarms))
    elif alarm.live and alarm.until:
        tail = QCoreApplication.translate("AlarmWords", "限{time}").format(time=fmt.clock(alarm.until))
    if alarm.count > 1:
        tail = f"{QCoreApplication.translate('AlarmWords', '反复{n}次').format(n=alarm.count)} {tail}".strip()
    return AlarmRow(
        alarm.level, alarm.standing.value, standing(alarm.standing), fmt.moment(alarm.at, now), headline(site, alarm),
        where(site, alarm), tail, inner,
    )  # fmt: skip


def facts(alarm: Alarm, kind: AlarmType | None, now: int) -> list[tuple[str, str]]:
    """What a person needs to act: cause, consequence, what to do, who, until when."""
    told = []
    if kind is not None:
        told = [
            (QCoreApplication.translate("AlarmWords", "原因"), registered(kind.cause)),
            (QCoreApplication.translate("AlarmWords", "后果"), registered(kind.consequence)),
            (QCoreApplication.translate("AlarmWords", "怎么办"), registered(kind.action)),
            (QCoreApplication.translate("AlarmWords", "谁来办"), registered(kind.actor)),
        ]
    if alarm.until:
        left = alarm.until - now
        text = QCoreApplication.translate("AlarmWords", "{time}，还有{left}") if left > 0 else \
            QCoreApplication.translate("AlarmWords", "{time}，已过{left}")  # fmt: skip
        told.append((QCoreApplication.translate("AlarmWords", "到何时"), text.format(
            time=fmt.moment(alarm.until, now), left=fmt.duration(abs(left)))))  # fmt: skip
    if alarm.confidence:
        told.append(
            (QCoreApplication.translate("AlarmWords", "把握"), f"{alarm.confidence * 100:.0f}%  {alarm.source}")
        )
    return told
