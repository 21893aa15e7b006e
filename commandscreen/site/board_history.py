"""The demo's board as of a moment: past weekly meetings, tasks in all lanes and columns with their receipts, one emergency,
one task outside the lists, joint committees, and the 减负 account of this year and of last year's same time.

Meetings and publishing are played by the real rules; how far recipients have come is laid out with the same values and
rolled up by the rules' own sums. Everything is marked as demo data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from ..domain.agenda import circles_missing, members
from ..domain.burden import Body, Burden, BurdenState, Load
from ..domain.case import Case
from ..domain.clock import CST, DAY, HOUR, MINUTE
from ..domain.command import Ground
from ..domain.hours import bookable, in_hours, midnight, next_bookable, week_of
from ..domain.known import site_facts
from ..domain.meeting import MeetingKind, meeting_of
from ..domain.person import Actor, Person, Role
from ..domain.plain import Line
from ..domain.receipt import Receipt, ReceiptState, receipt_of
from ..domain.record import Record, RecordKind, area_bucket, record_id
from ..domain.rollup import Roll
from ..domain.site import Site
from ..domain.task import FieldKind, Task, task_of
from .board_book import BoardBook
from .board_tasks import DONE_WORDS, PLOTS, POINTS, RESOLUTIONS, REVIEW_WORDS, URGENT, URGENT_REASON, Plot

HOME = 210304015  # 沙河街道
WEEKS = 5
HOME_COMMUNITY = 210304015017  # 新工社区
SPLIT = "网格党小组建在网格节点复核"  # the task 沙河街道 has split to its communities
CARRIED = "低洼点位摸排"
OFF_LIST = "社区填报企业用电台账"
# Meetings and documents of 90 days, last year and this: 市委 −12 %, 市政府 −7.3 %, 发文 −7.9 % and −5.5 %, as the city reports.
YEARLY: tuple[tuple[Load, Body, int, int], ...] = (
    (Load.MEETING, Body.PARTY, 25, 22),
    (Load.MEETING, Body.GOVERNMENT, 41, 38),
    (Load.DOCUMENT, Body.PARTY, 38, 35),
    (Load.DOCUMENT, Body.GOVERNMENT, 55, 52),
)
GROUPS_CLOSED = 1_687
BLOCK = 90 * DAY


def records(site: Site, now: int, case: Case | None = None, seed: int = 11) -> list[Record]:
    """The board's records at `now` (UTC seconds), the same for the same arguments; none for a site that has no centre.

    `case` is the one an emergency comes from.
    """
    play = _Play(site, now, case, seed)
    if not play.ready:
        return []
    play.past_weeks()
    play.emergency()
    play.this_week()
    play.street()
    made = [*play.book.all(), *_burdens(site, now, seed)]
    return [replace(r, doc={**r.doc, "demo": True}) for r in made]


class _Play:
    """One play of the board, from the oldest week on."""

    def __init__(self, site: Site, now: int, case: Case | None, seed: int) -> None:
        self.site, self.now, self.case = site, now, case
        self.book = BoardBook(site, f"demo board {seed}", case)
        self.rng = np.random.default_rng((seed, 3))
        self.city = site.city.code
        self._people: dict[int, list[Person]] = {}
        for person in site.people:
            if not person.unit:
                self._people.setdefault(person.area, []).append(person)
        self._handlers = {p.unit: p for p in site.people if p.unit}
        chair, leader = self.who(self.city, Role.CENTRE_HEAD), self.who(self.city, Role.SHIFT_LEADER)
        self.ready = chair is not None and leader is not None
        if chair is not None and leader is not None:
            self.chair, self.leader = chair, leader

    def who(self, area: int, *roles: Role) -> Actor | None:
        """The first of an area's people in one of these posts."""
        wanted = frozenset(roles)
        return next((p.actor() for p in self._people.get(area, ()) if p.roles & wanted), None)

    def bureau(self, name: str) -> Actor:
        """Who handles things at a city bureau; the centre's head where the site has no such bureau."""
        unit = next((u for u in self.site.units.values() if u.area == self.city and u.short.endswith(name)), None)
        person = self._handlers.get(unit.id) if unit else None
        return person.actor() if person else self.chair

    def propose(self, plot: Plot, at: int, due: int, source: int = 0) -> int:
        """A draft of the city's board; one from a case is the shift leader's, for a bureau names only cases of its own."""
        args: dict[str, Any] = {
            "lane": plot.lane.value, "title": plot.title, "text": plot.text, "due": due,
            "to": [f"{self.city}/{group}" for group in plot.to], "fields": [list(f) for f in plot.fields],
        }  # fmt: skip
        if plot.item is not None:
            args["item"] = list(plot.item)
        if source:
            args["source"] = source
        return self.book.give(self.leader if source else self.bureau(plot.bureau), at, "task.propose", **args)

    def meet(self, number: int, at: int, drafts: Sequence[int], chair: Actor, minutes: int = 54) -> None:
        """A meeting held from its attendance to its end, publishing the drafts."""
        give = self.book.give
        keys = [m.key for m in meeting_of(self._need(number)).members if self.rng.random() < 0.9]
        everyone = [m.key for m in meeting_of(self._need(number)).members]
        give(chair, at - 5 * MINUTE, "meeting.attend", number, keys=keys if len(keys) * 2 > len(everyone) else everyone)
        moment = at + int(self.rng.integers(0, 3)) * MINUTE
        give(chair, moment, "meeting.open", number)
        for step in range(len(meeting_of(self._need(number)).agenda) - 1):
            moment += int(self.rng.integers(9, 13)) * MINUTE
            point = POINTS[int(self.rng.integers(len(POINTS)))]
            give(chair, moment - MINUTE, "meeting.note", number, text=point, number=step)
            give(chair, moment, "meeting.next", number)
        if drafts:
            give(chair, moment + 4 * MINUTE, "meeting.publish", number, tasks=list(drafts))
        give(chair, max(moment + 6 * MINUTE, at + minutes * MINUTE), "meeting.end", number)

    def _need(self, number: int) -> Record:
        found = self.book.record(number)
        if found is None:
            raise TypeError(f"no record {number}")
        return found

    def past_weeks(self) -> None:
        """The weekly meetings of the last weeks, each with the tasks it handed down and how far they have come."""
        self.carried, self.last = 0, 0
        for back, at in zip(range(WEEKS, 0, -1), self._weeks(), strict=True):
            week = datetime.fromtimestamp(at, CST).isocalendar().week
            number = self.book.give(self.chair, at - 4 * DAY, "meeting.plan", at=at, title=f"第{week}周一次会")
            plots = [p for p in PLOTS if p.weeks == back]
            drafts = []
            for plot in plots:
                drafts.append(
                    self.propose(
                        plot, at - 2 * DAY - int(self.rng.integers(0, 6)) * HOUR, at + plot.days * DAY + 8 * HOUR
                    )
                )
                self.book.give(self.leader, at - DAY, "task.schedule", drafts[-1], meeting=number)
            if back == 1:
                plot = next(p for p in PLOTS if p.title == CARRIED)
                self.carried = self.propose(plot, at - 2 * DAY, self.now + plot.days * DAY)
                self.book.give(self.leader, at - DAY, "task.schedule", self.carried, meeting=number)
            self.meet(number, at, drafts, self.chair, minutes=63 if back == 3 else 54)
            self.last = number
            for plot, task in zip(plots, drafts, strict=True):
                self.progress(task, plot.done, plot.accepted, skip=HOME if plot.title == SPLIT else 0)

    def _weeks(self) -> list[int]:
        """When the last weekly meetings began, the oldest first: a week of holidays had none."""
        found: list[int] = []
        monday, _ = week_of(self.now)
        for _ in range(8 * WEEKS):
            monday, end = week_of(monday - DAY)
            at = next_bookable(monday + 9 * HOUR, self.site)
            if at < end:
                found.append(at)
            if len(found) == WEEKS:
                break
        return found[::-1]

    def emergency(self) -> None:
        """One task handed down last evening outside any meeting, from a case where there is one."""
        at = midnight(self.now) - DAY + 21 * HOUR + 30 * MINUTE
        task = self.propose(URGENT, at - 20 * MINUTE, self.now + URGENT.days * DAY, self.case.id if self.case else 0)
        self.book.give(self.leader, at, "task.publish", task, urgent=True, reason=URGENT_REASON)
        self.progress(task, URGENT.done, URGENT.accepted)

    def this_week(self) -> None:
        """The meeting to come, with its drafts on the agenda, one carried over and one outside the lists."""
        now = self.now
        today = bookable(now, self.site) is None and in_hours(now, self.site.calendar)
        at = now - now % (30 * MINUTE) if today else next_bookable(midnight(now) + DAY + 9 * HOUR, self.site)
        week = datetime.fromtimestamp(at, CST).isocalendar().week
        number = self.book.give(self.chair, now - 2 * HOUR, "meeting.plan", at=at, title=f"第{week}周一次会")
        self.book.give(self.leader, now - 2 * HOUR, "meeting.carry", number, meeting=self.last)
        for plot in (p for p in PLOTS if not p.weeks and p.title != CARRIED):
            task = self.propose(plot, now - 2 * HOUR + MINUTE, at + plot.days * DAY)
            if plot.title == OFF_LIST:
                self.book.give(self.bureau(plot.bureau), now - HOUR, "admission.ask", task=task, title="企业用电台账",
                               reason="统计口径需要社区协助")  # fmt: skip
            else:
                self.book.give(self.leader, now - HOUR, "task.schedule", task, meeting=number)
        keys = [m.key for m in meeting_of(self._need(number)).members if self.rng.random() < 0.8]
        if keys:
            self.book.give(self.leader, min(at, now) - 2 * MINUTE, "meeting.attend", number, keys=keys)

    def street(self) -> None:
        """沙河街道: its split task, its 大工委 session with resolutions, and a 大党委 session to come."""
        head, clerk = self.who(HOME, Role.CENTRE_HEAD), self.who(HOME, Role.DISPATCHER)
        if head is None or clerk is None:
            return
        self._split(clerk)
        at = next_bookable(midnight(self.now) - 18 * DAY + 14 * HOUR, self.site)
        if not circles_missing(MeetingKind.STREET_COMMITTEE, members(MeetingKind.STREET_COMMITTEE, HOME, self.site)):
            number = self.book.give(
                head, at - 3 * DAY, "meeting.plan", at=at, what="street_committee", title="街道大工委联席会议"
            )
            everyone = [m.key for m in meeting_of(self._need(number)).members]
            self.book.give(head, at - MINUTE, "meeting.attend", number, keys=everyone)
            self.book.give(head, at, "meeting.open", number)
            for step, (lane, title, words, item) in enumerate(RESOLUTIONS):
                self.book.give(head, at + (step + 1) * 11 * MINUTE, "meeting.resolve", number, number=step, lane=lane.value,
                               title=title, text=words, to=[f"{HOME}/community"], due=at + 30 * DAY, item=list(item))  # fmt: skip
                self.book.give(head, at + (step + 1) * 12 * MINUTE, "meeting.next", number)
            drafts = list(meeting_of(self._need(number)).tasks)
            self.book.give(head, at + 45 * MINUTE, "meeting.publish", number, tasks=drafts)
            self.book.give(head, at + 52 * MINUTE, "meeting.end", number)
            for task, done in zip(drafts, (0.6, 1.0, 0.3), strict=True):
                self.progress(task, done, 1.0 if done == 1.0 else 0.0)
        chief = self.who(HOME_COMMUNITY, Role.GRID_CHIEF)
        kind = MeetingKind.COMMUNITY_COMMITTEE
        if chief is not None and not circles_missing(kind, members(kind, HOME_COMMUNITY, self.site)):
            later = next_bookable(midnight(self.now) + 2 * DAY + 15 * HOUR, self.site)
            self.book.give(
                chief, self.now - HOUR, "meeting.plan", at=later, what=kind.value, title="社区大党委联席会议"
            )

    def _split(self, clerk: Actor) -> None:
        task = next((r for r in self.book.all() if r.kind is RecordKind.TASK and r.title == SPLIT), None)
        if task is None:
            return
        mine = next((r for r in self.book.children(RecordKind.RECEIPT, task.id) if r.area == HOME), None)
        if mine is None:
            return
        at = task_of(task).published_at + 3 * HOUR
        villages = [d.code for d in self.site.children(HOME)]
        self.book.give(clerk, at, "receipt.sign", mine.id)
        self.book.give(clerk, at + HOUR, "receipt.split", mine.id, to=[str(v) for v in villages])
        parts = [r for r in self.book.children(RecordKind.RECEIPT, task.id) if receipt_of(r).over == mine.id]
        self._advance(task.id, [receipt_of(r) for r in parts], 0.6, 0.0)

    def progress(self, task: int, done: float, accepted: float, skip: int = 0) -> None:
        """Lays out how far the recipients of a task have come."""
        found = [receipt_of(r) for r in self.book.children(RecordKind.RECEIPT, task)]
        self._advance(task, [r for r in found if r.area != skip], done, accepted)

    def _advance(self, number: int, receipts: list[Receipt], done: float, accepted: float) -> None:
        task = task_of(self._need(number))
        order = self.rng.permutation(len(receipts))
        reported, taken = round(done * len(receipts)), round(accepted * len(receipts))
        if accepted < 1:
            taken = min(taken, max(0, len(receipts) - 1))  # 待验收 has something left to accept
        if done < 1:
            reported = min(reported, max(0, len(receipts) - 1))
        signed = min(len(receipts), reported + round(0.7 * (len(receipts) - reported)))
        end = min(self.now - 10 * MINUTE, task.due)
        pairs: list[tuple[Receipt, Receipt]] = []
        for rank, index in enumerate(order):
            before = receipts[int(index)]
            if rank < signed:
                pairs.append((before, self._led(before, task, end, rank < reported, rank < taken)))
        last = max((after.changed_at for _, after in pairs), default=task.published_at)
        roll = Roll(task, Ground(self.site, self.chair, last), self.book)
        for before, after in sorted(pairs, key=lambda p: (p[1].changed_at, p[1].id)):
            roll.put(before, after)
        self.book.put(roll.records(task))

    def _led(self, receipt: Receipt, task: Task, end: int, reported: bool, accepted: bool) -> Receipt:
        """A receipt as signing, reporting and acceptance would have left it."""
        start = receipt.at
        name = self._name(receipt.area)
        room = max(60, end - start)
        signed_at = start + int(room * 0.3 * self.rng.random() ** 2) + 30
        lines = [*receipt.log, Line(signed_at, "sign", name)]
        made = replace(receipt, ver=receipt.ver + 1, state=ReceiptState.SIGNED, signed_at=signed_at, signed_by=name,
                       changed_at=signed_at)  # fmt: skip
        if reported:
            at = signed_at + max(20, int((end - signed_at) * 0.75 * float(self.rng.beta(2, 2))))
            words = DONE_WORDS[int(self.rng.integers(len(DONE_WORDS)))]
            values, known = self._values(receipt.area, task)
            lines.append(Line(at, "report", name, words))
            made = replace(made, ver=made.ver + 1, state=ReceiptState.REPORTED, reported_at=at, reported_by=name, text=words,
                           fields=values, known=known, share=100, changed_at=at)  # fmt: skip
            if accepted:
                seen = at + max(20, int((self.now - 5 * MINUTE - at) * 0.4 * self.rng.random()))
                lines.append(Line(seen, "accept", self.bureau_name(task), REVIEW_WORDS))
                made = replace(made, ver=made.ver + 1, state=ReceiptState.ACCEPTED, accepted_at=seen, changed_at=seen)
        return replace(made, log=tuple(lines))

    def bureau_name(self, task: Task) -> str:
        """Who accepts for the proposing unit."""
        person = self._handlers.get(task.unit)
        return person.name if person else self.chair.name

    def _name(self, area: int) -> str:
        actor = self.who(int(str(area)[:12]), Role.DISPATCHER, Role.SHIFT_LEADER, Role.GRID_CHIEF, Role.GRID_WORKER)
        return actor.name if actor else ""

    def _values(self, area: int, task: Task) -> tuple[dict[str, Any], dict[str, str]]:
        facts = site_facts(area, self.site) if task.fields else {}
        values: dict[str, Any] = {}
        known: dict[str, str] = {}
        for spec in task.fields:
            if spec.key in facts:
                values[spec.key], known[spec.key] = facts[spec.key], "site"
            elif spec.kind is FieldKind.NUMBER:
                values[spec.key] = int(self.rng.integers(2, 40))
            elif spec.kind is FieldKind.YES_NO:
                values[spec.key] = True
            else:
                values[spec.key] = self._name(area)
        return values, known


def _burdens(site: Site, now: int, seed: int) -> Iterable[Record]:
    """This year's last 90 days and last year's same time, evenly spread, so that each 同比 comes from its records."""
    rng = np.random.default_rng((seed, 5))
    area = site.city.code
    serial = 0

    def line(what: Load, body: Body, at: int, title: str, **more: Any) -> Record:
        nonlocal serial
        serial += 1
        number = record_id(f"demo burden {seed}", serial)
        made = Burden(number, 1, area, BurdenState.COUNTED, what, title, at, body, changed_at=at,
                      shares=(area_bucket(area),), **more)  # fmt: skip
        return made.record()

    for what, body, before, this in YEARLY:
        for count, end in ((before, now - 365 * DAY), (this, now)):
            mornings = _mornings(end - BLOCK, end, site)
            for n in range(count):
                at = mornings[int((n + 0.5) * len(mornings) / count)] + n * MINUTE
                year = datetime.fromtimestamp(at, CST).year
                name = {Body.PARTY: "市委", Body.GOVERNMENT: "市政府"}[body]
                if what is Load.DOCUMENT:
                    yield line(what, body, at, f"{name}发文〔{year}〕{n + 1}号")
                else:
                    old = end != now
                    yield line(what, body, at, f"{name}会议{year}年第{n + 1}次", people=int(rng.integers(60, 76) * (1 if old else 0.88)),
                               minutes=int(rng.integers(70, 110) if old else rng.integers(48, 62)),
                               over=0 if not old and n % 6 else int(rng.integers(2, 30)) * MINUTE)  # fmt: skip
    yield line(Load.GROUP, Body.NONE, now - 40 * DAY, "市级工作群清理，一单位一群", count=GROUPS_CLOSED)
    for n in range(14):
        late = n < 3
        at = midnight(now - (9 + 23 * n if late else 365 * 1 + 6 * n) * DAY) + 20 * HOUR + n * 5 * MINUTE
        yield line(
            Load.AFTER_HOURS, Body.NONE, min(at, now - HOUR), "工作群夜间布置工作" if not late else "工作群夜间通知"
        )


def _mornings(start: int, end: int, site: Site) -> list[int]:
    """Ten o'clock of each working day that lies wholly between two instants."""
    days = range(midnight(start) + DAY, midnight(end), DAY)
    return [d + 10 * HOUR for d in days if site.calendar.worked(datetime.fromtimestamp(d, CST).date())]
