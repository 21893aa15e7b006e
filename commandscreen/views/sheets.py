"""What is put on paper about a case: its file and its 督办单. Pure but for the translator; runs on any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize

from ..domain.case import Case, FlowEntry
from ..domain.site import Site
from ..domain.workflow import Urge
from . import format as fmt
from . import rows, words
from .decoding import decode
from .paper import Blank, Facts, Heading, Paragraph, Part, Picture, Pictures, Sheet, Table

_SIDES = QSize(1000, 700)
_FORMAL = frozenset(u.value for u in Urge if u is not Urge.REMINDER)

translate = QCoreApplication.translate
Fetch = Callable[[str], bytes]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is: the centre, who prints, when (UTC seconds), and whether the data are a demo's."""

    centre: str
    person: str
    now: int
    demo: bool


def case_file(case: Case, site: Site, head: Letterhead, facts: Pairs, why: Pairs, fetch: Fetch) -> Sheet:
    """案卷: facts, the whole flow with times and durations, why it was due then, and the pictures `fetch` can give."""
    parts: list[Part] = [
        Facts([(translate("Sheets", "案号"), case.number), (translate("Sheets", "状态"), words.state(case.state)),
               *_times(case, head.now), *facts]),
        Heading(translate("Sheets", "流转")), _flow(case, site),
    ]  # fmt: skip
    if why:
        parts += [Heading(translate("Sheets", "为何此时到期")), Facts(why)]
    pictures = _pictures(case, fetch)
    if pictures:
        parts += [Heading(translate("Sheets", "照片 {n}张").format(n=len(pictures))), Pictures(pictures)]
    if case.reporter or case.phone:
        parts.append(Paragraph(translate("Sheets", "上报人的姓名和电话已遮蔽。"), small=True))
    return _sheet(translate("Sheets", "案卷"), f"{case.number}　{case.title}", head, parts)


def supervision(case: Case, site: Site, head: Letterhead) -> Sheet | None:
    """督办单 of the newest formal 督办, with room for the answer by hand; None where there was none."""
    order = next((e for e in reversed(case.flow) if e.kind == "urge" and _how(e) in _FORMAL), None)
    if order is None:
        return None
    number = sum(e.kind == "urge" and _how(e) in _FORMAL for e in case.flow)
    answer = next((e for e in case.flow if e.kind == "reply" and e.at >= order.at), None)
    units = "、".join(rows.unit_name(site, u) for u in case.assists)
    kind = site.classes.get(case.class_id)
    facts = [
        (translate("Sheets", "督办类型"), words.code(_how(order))), (translate("Sheets", "督办时间"), _moment(order.at)),
        (translate("Sheets", "督办人"), _who(order, site)),
        (translate("Sheets", "回复时限"), _moment(case.reply_due) if case.reply_due else translate("Sheets", "不要求回复")
         if answer is None else translate("Sheets", "已回复")),
        (translate("Sheets", "案号"), case.number), (translate("Sheets", "状态"), words.state(case.state)),
        (translate("Sheets", "案件"), case.title),
        (translate("Sheets", "位置"), f"{rows.place_name(site, case.grid)} {case.place}"),
        (translate("Sheets", "问题类别"), kind.path if kind else str(case.class_id)),
        (translate("Sheets", "主办"), " ".join(p for p in (rows.unit_name(site, case.lead), case.handler) if p)),
        (translate("Sheets", "协办"), units), *_times(case, head.now),
    ]  # fmt: skip
    said = order.text.partition(" ")[2]
    parts: list[Part] = [Facts([(label, value) for label, value in facts if value])]
    if said:
        parts += [Heading(translate("Sheets", "督办意见")), Paragraph(said)]
    urges = [e for e in case.flow if e.kind in ("urge", "reply")]
    parts += [
        Heading(translate("Sheets", "催办、督办与回复")),
        Table((translate("Sheets", "时间"), translate("Sheets", "环节"), translate("Sheets", "经办"),
               translate("Sheets", "内容")),
              [(_moment(e.at), words.code(_how(e)) if e.kind == "urge" and _how(e) in _FORMAL else words.step(e.kind),
                _who(e, site), e.text.partition(" ")[2] if e.kind == "urge" else e.text) for e in urges], (2, 1.6, 2.4, 5)),
    ]  # fmt: skip
    day = translate("Sheets", "签字：　　　　　　　　日期：　　　年　　月　　日")
    parts.append(Heading(translate("Sheets", "办理")))
    if answer is None:
        parts.append(Blank(translate("Sheets", "承办单位回复"), 4, day))
    parts.append(Blank(translate("Sheets", "审核意见"), 2, day))
    title = translate("Sheets", "督办单")
    return _sheet(title, translate("Sheets", "{case} 第{n}次督办").format(case=case.number, n=number), head, parts)


def supervised(case: Case) -> bool:
    """Whether it was formally supervised, and has something a 督办单 can say."""
    return any(e.kind == "urge" and _how(e) in _FORMAL for e in case.flow)


def _sheet(title: str, subtitle: str, head: Letterhead, parts: Sequence[Part]) -> Sheet:
    foot = translate("Sheets", "{who} 打印于 {at}").format(who=head.person, at=_moment(head.now))
    return Sheet(title, subtitle, head.centre, parts, foot, translate("Sheets", "演示数据") if head.demo else "",
                 translate("Sheets", "第{n}页 共{all}页"))  # fmt: skip


def _times(case: Case, now: int) -> list[tuple[str, str]]:
    end = case.closed_at or now
    found = [
        (translate("Sheets", "上报"), _moment(case.reported_at)),
        (translate("Sheets", "办结"), _moment(case.closed_at) if case.closed_at else translate("Sheets", "未办结")),
        (translate("Sheets", "历时"), fmt.duration(end - case.reported_at)),
    ]
    kind, _, amount = case.limit.partition(":")
    if case.handle_due:
        limit = words.coded(case.limit) if amount else kind
        found.append((translate("Sheets", "处置时限"), limit))
        found.append((translate("Sheets", "处置到期"), _moment(case.handle_due)))
        over = (case.fed_back_at or end) - case.handle_due
        late = case.late or (not case.fed_back_at and over > 0)
        text = translate("Sheets", "超期 {t}").format(t=fmt.duration(over)) if over > 0 else translate("Sheets", "超期")
        found.append((translate("Sheets", "是否超期"), text if late else translate("Sheets", "未超期")))
    return found


def _flow(case: Case, site: Site) -> Table:
    heads = (
        translate("Sheets", "时间"),
        translate("Sheets", "环节"),
        translate("Sheets", "经办"),
        translate("Sheets", "内容"),
        translate("Sheets", "用时"),
    )
    cells, before = [], 0
    for entry in case.flow:
        took = fmt.duration(entry.at - before) if before else ""
        text = _with_photos(rows.flow_text(entry, case, site), entry)
        cells.append((_moment(entry.at), words.step(entry.kind), _who(entry, site), text, took))
        before = entry.at
    return Table(heads, cells, (2.1, 1.7, 2.2, 4.6, 1.4))


def _with_photos(text: str, entry: FlowEntry) -> str:
    if not entry.photos:
        return text
    count = translate("Sheets", "照片 {n}张").format(n=len(entry.photos))
    return f"{text}（{count}）" if text else count


def _pictures(case: Case, fetch: Fetch) -> list[Picture]:
    found = []
    for entry in case.flow:
        for address in entry.photos:
            image = decode(fetch(address), _SIDES)
            caption = f"{_moment(entry.at)} {words.step(entry.kind)} {entry.actor}"
            if image.isNull():
                caption += translate("Sheets", "（照片不在本机，连上后可取）")
            found.append(Picture(image, caption))
    return found


def _who(entry: FlowEntry, site: Site) -> str:
    post = "" if entry.post == "channel" else words.post(entry.post)
    return " ".join(p for p in (rows.unit_name(site, entry.unit) or post, entry.actor) if p)


def _how(entry: FlowEntry) -> str:
    return entry.text.partition(" ")[0]


def _moment(at: int) -> str:
    return fmt.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
