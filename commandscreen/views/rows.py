"""Store values turned into what rows, lists and boxes show. Pure but for the translator."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..domain import sent_to
from ..domain.case import Case, Due, FlowEntry, Lamp, Source, State, lamp
from ..domain.grid import community_of, grid_label
from ..domain.site import Site
from ..store.figures import FlowEvent
from ..store.queries import CaseBrief
from ..store.similar import Similar
from ..widgets.case_row import CaseRow
from ..widgets.flow_timeline import FlowLine
from ..widgets.similar_list import SimilarCase
from ..widgets.stage_stepper import StageStep
from ..widgets.ticker import Event
from . import format as fmt
from . import words

ICONS = {
    Source.HOTLINE: "phone",
    Source.SINGLE_WINDOW: "user",
    Source.GRID_APP: "device-mobile",
    Source.MEDIA: "news",
    Source.AI_VIDEO: "eye",
    Source.PARTY_GOV: "building",
    Source.MASS_ORG: "users",
}


def unit_name(site: Site, unit: int) -> str:
    """A unit's short name, or an empty text."""
    found = site.units.get(unit)
    return found.short if found else ""


def place_name(site: Site, grid: int) -> str:
    """新工社区·2-03"""
    community = site.divisions.get(community_of(grid))
    return f"{community.name if community else ''}·{grid_label(grid)}"


def due_words(kind: Lamp, what: Due) -> str:
    """What the countdown counts: 超期, 派遣剩, 挂起."""
    return words.lamp(kind) if kind in (Lamp.OVERDUE, Lamp.PAUSED, Lamp.DONE) else words.due(what)


def case_row(brief: CaseBrief, site: Site, now: int) -> CaseRow:
    """A brief as the queue paints it."""
    kind = lamp(brief.state, brief.amber_at, brief.due_at, now)
    badges = []
    for text, count in (
        (QCoreApplication.translate("Rows", "催办{n}"), brief.urges),
        (QCoreApplication.translate("Rows", "退单{n}"), brief.returns),
        (QCoreApplication.translate("Rows", "返工{n}"), brief.reworks),
        (QCoreApplication.translate("Rows", "待回话{n}"), brief.asked),
        (QCoreApplication.translate("Rows", "重复{n}"), brief.duplicates),
        (QCoreApplication.translate("Rows", "协办{n}"), brief.assists),
        (QCoreApplication.translate("Rows", "附件{n}"), brief.photos),
    ):
        if count:
            badges.append(text.format(n=count))
    if brief.pending:
        badges.insert(0, QCoreApplication.translate("Rows", "待同步"))
    unit = unit_name(site, brief.lead) or QCoreApplication.translate("Rows", "指挥中心")
    place = place_name(site, brief.grid)
    span = brief.due_at - brief.due_from
    share = None if brief.closed_at or not brief.due_at or span <= 0 else max(0.0, (now - brief.due_from) / span)
    if brief.closed_at:
        clock = fmt.clock(brief.closed_at) if now - brief.closed_at < 43200 else fmt.date(brief.closed_at)
    else:
        clock = fmt.countdown(brief.due_at - now) if brief.due_at else ""
    return CaseRow(
        lamp=kind.value, word=due_words(kind, brief.due_what), countdown=clock, share=share, title=brief.title,
        icon=ICONS[brief.source], where=f"{words.source(brief.source)}·{place}", short_where=place,
        stage=f"{words.state(brief.state)} · {unit}", badges=tuple(badges),
    )  # fmt: skip


def event(entry: FlowEvent, site: Site) -> Event:
    """A flow event as the ticker shows it."""
    who = unit_name(site, entry.unit) or entry.actor
    text = f"{who} {words.step(entry.kind)}  {entry.title}"
    strong = entry.kind in ("report", "check_fail", "call_back_unsolved")
    return Event(fmt.clock_seconds(entry.at), ICONS[Source(entry.source)], text, entry.case_id, strong)


def similar_case(found: Similar, now: int) -> SimilarCase:
    """A similar case as the drawer lists it."""
    kind = QCoreApplication.translate("Rows", "重复") if found.duplicate else QCoreApplication.translate("Rows", "相似")
    under = f"{words.source(Source(found.source))} {found.number} · {fmt.moment(found.reported_at, now)}"
    return SimilarCase(found.id, kind, f"{round(found.score * 100)}%", found.title, under, words.state(found.state))


_CODED = frozenset({"return", "urge", "verified", "whistle", "ask_extension", "grant_extension"})


def flow_text(entry: FlowEntry, case: Case, site: Site) -> str:
    """What an entry of the flow says, its codes put into words."""
    text = entry.text
    if entry.kind in ("dispatch", "reroute"):
        text = _sending(entry, case, site)
    if entry.kind in _CODED:
        text = words.coded(entry.text)
    if entry.kind == "rule":
        duty, _, why = entry.text.partition(" ")
        text = QCoreApplication.translate("Rows", "依据清单第{n}项 {why}").format(n=duty, why=why).strip()
    if entry.kind == "call_back_solved":
        text = QCoreApplication.translate("Rows", "满意度{n}分").format(n=entry.text)
    return text


def _sending(entry: FlowEntry, case: Case, site: Site) -> str:
    """Whom the case was sent to then; it may have gone elsewhere since."""
    units, more = sent_to.split(entry.text)
    if not units and sent_to.is_last_sending(entry, case.flow):
        units = case.lead, *case.assists
    if not units:
        return more
    assists = "、".join(unit_name(site, u) for u in units[1:])
    text = QCoreApplication.translate("Rows", "主办{unit}").format(unit=unit_name(site, units[0]))
    text += QCoreApplication.translate("Rows", "，协办{units}").format(units=assists) if assists else ""
    return f"{text} {more}".strip()


def flow_lines(case: Case, site: Site, now: int) -> list[FlowLine]:
    """The timeline: each entry with the time since the one before, then the step that waits now."""
    lines = []
    before = 0
    long = case.flow and case.flow[-1].at - case.flow[0].at > 20 * 3600
    for entry in case.flow:
        took = fmt.duration(entry.at - before) if before else ""
        post = "" if entry.post == "channel" else words.post(entry.post)
        actor = " ".join(p for p in (unit_name(site, entry.unit) or post, entry.actor) if p)
        text = flow_text(entry, case, site)
        time = f"{fmt.local(entry.at):%m-%d %H:%M}" if long else fmt.clock(entry.at)
        lines.append(FlowLine(time, words.step(entry.kind), actor, text, took))
        before = entry.at
    if case.open:
        kind = lamp(case.state, case.amber_at, case.due_at, now)
        due = (
            QCoreApplication.translate("Rows", "限{time}").format(time=fmt.moment(case.due_at, now))
            if case.due_at
            else ""
        )
        lines.append(FlowLine("", words.state(case.state), unit_name(site, case.lead), due, "", kind.value))
    return lines


def stage_steps(case: Case, now: int) -> list[StageStep]:
    """上报 → 受理 → 派遣 → 处置 → 核查 → 办结 with their times; the current one carries the lamp."""
    names = (
        QCoreApplication.translate("Rows", "上报"),
        QCoreApplication.translate("Rows", "受理"),
        QCoreApplication.translate("Rows", "派遣"),
        QCoreApplication.translate("Rows", "签收"),
        QCoreApplication.translate("Rows", "处置"),
        QCoreApplication.translate("Rows", "核查"),
        QCoreApplication.translate("Rows", "办结"),
    )
    times = (case.reported_at, case.filed_at, case.dispatched_at, case.signed_at, case.fed_back_at, case.checked_at,
             case.closed_at)  # fmt: skip
    current = {
        State.REPORTED: 1, State.VERIFYING: 1, State.PENDING_DISPATCH: 2, State.RETURNED: 2, State.PENDING_SIGN: 3,
        State.HANDLING: 4, State.SUSPENDED: 4, State.FED_BACK: 5, State.CHECKING: 5, State.CALLBACK: 6,
    }.get(case.state, 7)  # fmt: skip
    if case.state is State.CHECKING and case.checked_at:
        current = 6
    kind = lamp(case.state, case.amber_at, case.due_at, now)
    steps = []
    for index, (name, at) in enumerate(zip(names, times, strict=True)):
        if index < current and at:
            steps.append(StageStep(name, fmt.moment(at, now), "done"))
        elif index == current and case.open:
            limit = QCoreApplication.translate("Rows", "限{time}").format(time=fmt.moment(case.due_at, now))
            steps.append(StageStep(name, limit if case.due_at else "", kind.value))
        else:
            steps.append(StageStep(name, "", "ahead"))
    return steps
