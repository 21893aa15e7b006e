"""What the meeting's bar says: what is left of the hour, the agenda with each item's time, and what may be pressed now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..domain.meeting import Meeting, MeetingState
from ..widgets.meeting_bar import Button, MeetingBar
from . import board_rows, board_words
from . import format as fmt
from .meeting_hands import MeetingHands

translate = QCoreApplication.translate


def show(bar: MeetingBar, hands: MeetingHands, now: int) -> None:
    """Shows the meeting in front as it stands at an instant."""
    meeting = hands.meeting
    if meeting is None:
        bar.show_clock(translate("MeetingClock", "没有排会"), "", "", "", translate("MeetingClock", "一周只开一次会"))
        bar.set_agenda([])
        plan: list[Button] = [("plan", translate("MeetingClock", "排会"), "H", True)]
        bar.set_buttons(plan if hands.may("meeting.plan", None) else [])
        return
    _show_hour(bar, meeting, now)
    bar.set_agenda(board_rows.agenda(meeting, now))
    bar.set_buttons(buttons(hands, meeting.state))


def _show_hour(bar: MeetingBar, meeting: Meeting, now: int) -> None:
    came = ""
    if meeting.members:
        came = translate("MeetingClock", "到会{n}/{m}").format(n=meeting.present, m=len(meeting.members))
    state = board_words.meeting_state(meeting.state)
    if meeting.state is MeetingState.OPEN:
        left = meeting.left(now)
        since = (
            translate("MeetingClock", "{time}开始 {came}").format(time=fmt.clock(meeting.opened_at), came=came).strip()
        )
        limit = translate("MeetingClock", "剩，限{n}分") if left >= 0 else translate("MeetingClock", "超时，限{n}分")
        bar.show_clock(
            state, "accent", since, board_rows.minutes_seconds(left), limit.format(n=meeting.limit), left < 0
        )
        return
    took = meeting.ended_at - meeting.opened_at if meeting.ended_at and meeting.opened_at else 0
    figure = board_rows.minutes_seconds(took) if took else fmt.clock(meeting.at)
    limit = translate("MeetingClock", "用时，限{n}分") if took else translate("MeetingClock", "开会，限{n}分")
    bar.show_clock(state, "", f"{fmt.date(meeting.at)} {came}".strip(), figure, limit.format(n=meeting.limit),
                   meeting.over > 0)  # fmt: skip


def buttons(hands: MeetingHands, state: MeetingState) -> list[Button]:
    """(name, words, key, primary) of what this person may press while a meeting stands so."""
    note: Button = ("note", translate("MeetingClock", "记要点"), "N", False)
    attend: Button = ("attend", translate("MeetingClock", "到会"), "G", False)
    if state is MeetingState.OPEN and hands.chairs:
        return [("next", translate("MeetingClock", "下一项"), "Space", True), note,
                ("add", translate("MeetingClock", "加2分钟"), "+", False),
                ("end", translate("MeetingClock", "结束会议"), "F10", False)]  # fmt: skip
    if state is MeetingState.OPEN:
        return [note, attend, ("open", translate("MeetingClock", "接主持"), "F10", False)] if hands.home else []
    if state is MeetingState.PLANNED and hands.home:
        return [("open", translate("MeetingClock", "开会"), "F10", True), attend,
                ("carry", translate("MeetingClock", "结转"), "C", False),
                ("plan", translate("MeetingClock", "改安排"), "H", False)]  # fmt: skip
    found: list[Button] = [("minutes", translate("MeetingClock", "会议纪要"), "Ctrl P", False)]
    if hands.home and hands.may("meeting.plan", None):  # on small screens this is the mouse's only way to the next one
        found.append(("plan", translate("MeetingClock", "排会"), "H", False))
    return found
