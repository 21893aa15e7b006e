"""What is known of a case, and why it is due when it is: labels and values for the drawer and for paper. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ..domain.case import Case
from ..domain.explain import explain
from ..domain.grid import community_of, grid_label
from ..domain.site import Site
from ..domain.task import Task
from . import board_words, rows, words
from . import format as fmt

translate = QCoreApplication.translate
Pairs = list[tuple[str, str]]


def fact_rows(case: Case, site: Site, tasks: Sequence[Task], now: int) -> Pairs:
    """What is known of a case: labels and values, without those it has none for."""
    kind = site.classes.get(case.class_id)
    path = "".join(d.name for d in site.path(community_of(case.grid))[1:3])
    reported = case.flow[0] if case.flow else None
    post = words.post(reported.post) if reported and reported.post != "channel" else ""
    who = " ".join(p for p in (post, reported.actor) if p) if reported else ""
    duty = next((d for d in site.duties if kind and d.list == "assist_duty" and d.number == kind.duty_item), None)
    facts = [
        (translate("CaseFacts", "位置"), f"{path} {case.place}"),
        (translate("CaseFacts", "网格"), f"{site.divisions[community_of(case.grid)].name} {grid_label(case.grid)}"),
        (translate("CaseFacts", "上报人"), " ".join(p for p in (case.reporter or who, case.phone) if p)),
        (translate("CaseFacts", "渠道"), words.source(case.source)),
        (translate("CaseFacts", "问题类别"), kind.path if kind else str(case.class_id)),
        (translate("CaseFacts", "描述"), case.text),
        (translate("CaseFacts", "主办"), " ".join(p for p in (rows.unit_name(site, case.lead), case.handler) if p)),
        (translate("CaseFacts", "协办"), "、".join(rows.unit_name(site, u) for u in case.assists)),
        *_side_facts(case, site, now),
        (
            translate("CaseFacts", "周任务"),
            translate("CaseFacts", "；").join(f"{t.title} {board_words.task_state(t.state)}" for t in tasks),
        ),
        (translate("CaseFacts", "立案条件"), kind.filing if kind else ""),
        (
            translate("CaseFacts", "清单依据"),
            translate("CaseFacts", "协助第{n}项 {text}").format(n=duty.number, text=duty.text) if duty else "",
        ),
    ]
    return [(label, value) for label, value in facts if value.strip()]


def _side_facts(case: Case, site: Site, now: int) -> Pairs:
    """What stands beside the main line: levels, calls to the spot, open questions, supervision, merges, appeals."""
    clock = fmt.clock
    calls = []
    for call in case.calls:
        if call.done_at:
            state = translate("CaseFacts", "{t} 已报到").format(t=clock(call.done_at))
        elif now > call.due_at:
            state = translate("CaseFacts", "未报到，已过 {t}").format(t=fmt.duration(now - call.due_at))
        else:
            state = translate("CaseFacts", "{t} 前报到").format(t=clock(call.due_at))
        calls.append(f"{rows.unit_name(site, call.unit)} {state}")
    ask = ""
    if case.ask is not None:
        ask = translate("CaseFacts", "{who}申请{what}：{why}").format(
            who=case.ask.name, what=words.code(case.ask.kind.value), why=case.ask.reason
        )
    told = [
        translate("CaseFacts", "{unit} {t} 已回话").format(unit=rows.unit_name(site, m.unit), t=clock(m.done_at))
        if m.done_at
        else translate("CaseFacts", "{unit} {t} 提到，未回话").format(unit=rows.unit_name(site, m.unit), t=clock(m.at))
        for m in case.mentions
    ]
    merged = next((e.text.partition(" ")[0] for e in reversed(case.flow) if e.kind == "merge"), "")
    return [
        (translate("CaseFacts", "层级"), words.level(case.level) if case.level else ""),
        (translate("CaseFacts", "吹哨"), "\n".join(calls)),
        (translate("CaseFacts", "提到"), "\n".join(told)),
        (translate("CaseFacts", "等批复"), ask),
        (
            translate("CaseFacts", "督办"),
            translate("CaseFacts", "{t} 前要回复").format(t=fmt.moment(case.reply_due, now)) if case.reply_due else "",
        ),
        (translate("CaseFacts", "并入"), merged if case.master else ""),
        (translate("CaseFacts", "挂账到"), fmt.date(case.resume_at) if case.resume_at else ""),
        (
            translate("CaseFacts", "申诉"),
            translate("CaseFacts", "成立，不计超时；超期的事实照记") if case.exempt else "",
        ),
    ]


def why_rows(case: Case, site: Site, now: int) -> Pairs:
    """Why its deadline lies where it lies: labels and lines."""
    names = {
        "start": translate("CaseFacts", "起算"),
        "limit": translate("CaseFacts", "时限"),
        "pause": translate("CaseFacts", "停表"),
        "resume": translate("CaseFacts", "续计"),
        "extension": translate("CaseFacts", "延期"),
        "due": translate("CaseFacts", "到期"),
    }
    found = []
    for line in explain(case, site):
        when = f"{fmt.date(line.at)} {fmt.weekday(line.at)} {fmt.clock(line.at)}" if line.at else ""
        limit = words.limit(line.limit.kind.value, line.limit.amount) if line.limit else ""
        note = words.step(line.note) if line.note else ""
        text = " ".join(p for p in (note, when, f"+ {limit}" if limit else "") if p)
        if line.kind == "due" and case.open and line.at <= now:
            text += translate("CaseFacts", "，已过 {t}").format(t=fmt.duration(now - line.at))
        found.append((names.get(line.kind, line.kind), text))
    return found
