"""The demo's past: finished cases, fast enough for 2.8 million of them, and the open ones of this moment.

Open cases are led through the real `decide`; finished ones are laid out directly with the same fields, and tests
compare a sample of them with real runs. Shapes: class shares, weekdays, working hours, channels as the field has.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..domain.case import Case, FlowEntry, Source, State
from ..domain.clock import CST, DAY, HOUR, MINUTE, Limit, LimitKind, deadline
from ..domain.decide import Command, Ground, Refusal, decide, limit_text
from ..domain.division import Level
from ..domain.person import Person
from ..domain.privacy import mask_phone
from ..domain.site import Site
from ..protocol.rows import Tally
from . import phrases
from .cast import Cast

HOME = 210304015
HISTORY_DAYS = 90
OPENING = (2_801_437, 0.998, 0.0031, 0.37, 0.951)  # accepted, closed, late, called back, satisfied: shares of accepted
SOURCES = (Source.HOTLINE, Source.SINGLE_WINDOW, Source.GRID_APP, Source.AI_VIDEO, Source.MEDIA, Source.PARTY_GOV,
           Source.MASS_ORG)  # fmt: skip
SOURCE_SHARE = (0.41, 0.05, 0.36, 0.07, 0.04, 0.05, 0.02)
NAMED = frozenset(
    {Source.HOTLINE, Source.SINGLE_WINDOW}
)  # whoever calls or comes to the window says a name and a number
_POSTS = {Source.GRID_APP: "grid_worker", Source.SINGLE_WINDOW: "intake"}
HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 8, 22, 30, 28, 22, 12, 20, 26, 24, 18, 9, 6, 5, 4, 3, 2, 1], np.float64)
WEEKDAY = np.array([1.35, 1.2, 1.1, 1.05, 1.0, 0.7, 0.55])


@dataclass(frozen=True, slots=True)
class Weights:
    """How cases are spread: grids and classes with their shares."""

    grid_codes: np.ndarray[tuple[int], np.dtype[np.int64]]
    grid_share: np.ndarray[tuple[int], np.dtype[np.float64]]
    class_ids: np.ndarray[tuple[int], np.dtype[np.int64]]
    class_share: np.ndarray[tuple[int], np.dtype[np.float64]]


def weights(site: Site, seed: int) -> Weights:
    """A skewed spread over communities (a few hold most), even over a community's grids; towns more than villages."""
    rng = np.random.default_rng(seed)
    codes = site.grids.code
    community, where = np.unique(codes // 10_000, return_inverse=True)
    urban = np.array([site.divisions[int(c)].urban for c in community])
    share = rng.lognormal(0, 0.75, len(community)) * np.where(urban, 2.2, 0.55)
    home = community // 1000 == HOME
    share[home] *= 3.2
    per_grid = share[where] / np.bincount(where)[where]
    ids = np.array(sorted(site.classes), np.int64)
    classes = np.array([site.classes[int(i)].share for i in ids])
    return Weights(codes, per_grid / per_grid.sum(), ids, classes / classes.sum())


def opening_tallies(site: Site) -> dict[int, Tally]:
    """What the records held before the demo begins: the article's totals, shared over the townships."""
    accepted, closed, late, called, satisfied = OPENING
    townships = sorted(d.code for d in site.divisions.values() if d.level is Level.TOWNSHIP)
    spread = weights(site, 1)
    share = np.zeros(len(townships))
    np.add.at(share, np.searchsorted(townships, spread.grid_codes // 10**7), spread.grid_share)
    found: dict[int, Tally] = {}
    total = [0] * 5
    for code, part in zip(townships, share, strict=True):
        n = round(accepted * float(part))
        values = [n, round(n * closed), round(n * late), round(n * called), round(n * called * satisfied)]
        total = [a + b for a, b in zip(total, values, strict=True)]
        found[code] = Tally(code, 1, *values)
    found[site.city.code] = Tally(site.city.code, 1, *total)
    return found


def cases(site: Site, count: int, now: int | None = None, seed: int = 7) -> Iterator[Case]:
    """Cases with ids from 1: `count` finished ones, oldest first, then the open ones of now."""
    now = int(time.time()) if now is None else now
    spread = weights(site, 1)
    days = HISTORY_DAYS if count > 60_000 else max(16, round(count / 2_400))
    yield from _finished(site, spread, count, now, seed, 800 if count > 1_000_000 else days)
    for number, case in enumerate(open_cases(site, now, seed), count + 1):
        yield replace(case, id=number)


def _finished(site: Site, spread: Weights, count: int, now: int, seed: int, days: int) -> Iterator[Case]:
    """Finished cases in order of their report, in blocks."""
    rng = np.random.default_rng(seed)
    cast = Cast(site)
    today = now - (now + 8 * HOUR) % DAY
    dates = today - np.arange(days)[::-1] * DAY
    weekday = ((dates + 8 * HOUR) // DAY + 3) % 7
    share = WEEKDAY[weekday]
    share[-1] *= max(0.02, HOURS[: int((now + 8 * HOUR) % DAY / HOUR)].sum() / HOURS.sum())
    per_day = rng.multinomial(count, share / share.sum())
    serials: dict[tuple[int, int], int] = {}
    numbers = {d.code: site.settings.area_short.get(str(d.code), "") for d in site.divisions.values()}
    number = 0
    for date, some in zip(dates, per_day, strict=True):
        stamp = time.strftime("%m%d", time.gmtime(int(date) + 8 * HOUR))
        reported = np.sort(int(date) + rng.choice(24, some, p=HOURS / HOURS.sum()) * HOUR + rng.integers(0, HOUR, some))
        grids = rng.choice(spread.grid_codes, some, p=spread.grid_share)
        kinds = rng.choice(spread.class_ids, some, p=spread.class_share)
        sources = rng.choice(len(SOURCES), some, p=SOURCE_SHARE)
        draws = rng.random((some, 6))
        extra = rng.integers(0, 1 << 30, some)
        for i in range(some):
            at = int(reported[i])
            grid = int(grids[i])
            township = grid // 10**7
            key = (township, int(date))
            serials[key] = serials.get(key, 0) + 1
            number += 1
            label = f"{numbers[township]}{stamp}-{serials[key]:04d}"
            source = SOURCES[sources[i]]
            made = _row(site, cast, number, label, grid, int(kinds[i]), source, at, draws[i], int(extra[i]))
            if made.closed_at < now - MINUTE:
                yield made


def _row(site: Site, cast: Cast, number: int, label: str, grid: int, class_id: int, source: Source, at: int,
         draw: np.ndarray[Any, Any], extra: int) -> Case:  # fmt: skip
    kind = site.classes[class_id]
    unit = cast.unit(kind.trade, grid)
    filed = at + 60 + int(draw[0] * 11 * MINUTE)
    dispatched = filed + 40 + int(draw[1] * 9 * MINUTE)
    signed = dispatched + 60 + int(draw[2] ** 2 * 28 * MINUTE)
    due = deadline(site.calendar, dispatched, kind.limit)
    late = bool(draw[3] > 0.978)
    span = max(20 * MINUTE, due - dispatched)
    fed = dispatched + int(span * (0.12 + 0.8 * draw[3] / 0.978) if not late else span * (1.02 + draw[4] * 0.3))
    fed = max(fed, signed + 5 * MINUTE)
    checked = fed + 4 * MINUTE + int(draw[4] * 24 * MINUTE)
    closed = checked + 2 * MINUTE + int(draw[5] * 15 * MINUTE)
    township = grid // 10**7
    where = phrases.place(site, grid, extra)
    hotline = source is Source.HOTLINE
    rating = (5 if draw[5] < 0.72 else 4 if draw[5] < 0.951 else 2) if hotline else 0
    clerk, router = cast.clerk(township, "intake").name, cast.clerk(township, "dispatch").name
    reporter = cast.reporter(source, grid)
    handler = unit.roster[extra % len(unit.roster)].name if unit.roster else ""
    flow = [
        FlowEntry(at, "report", reporter.name, _POSTS.get(source, "channel")),
        FlowEntry(filed, "file", clerk, "intake", 0, kind.filing),
        FlowEntry(dispatched, "dispatch", router, "dispatcher"),
        FlowEntry(signed, "sign", handler, "handler", unit.id, handler),
        FlowEntry(fed, "feed_back", handler, "handler", unit.id, phrases.DONE[extra % len(phrases.DONE)]),
        FlowEntry(checked, "check_pass", cast.worker(grid, 1).name, "grid_chief"),
    ]
    if hotline:
        flow.append(FlowEntry(closed - 60, "call_back_solved", clerk, "intake", 0, str(rating)))
    flow.append(FlowEntry(closed, "close", clerk, "intake", 0, kind.closing))
    return Case(
        id=number, ver=len(flow) + 1, number=label, state=State.CLOSED, source=source, class_id=class_id,
        title=phrases.title(kind, where, extra), text="", place=where, grid=grid, township=township,
        reporter="王**" if source in NAMED else "",
        phone=mask_phone(f"1380000{extra % 10000:04d}") if source in NAMED else "",
        lead=unit.id, handler=handler, reported_at=at, filed_at=filed, dispatched_at=dispatched, signed_at=signed,
        responded_at=signed, fed_back_at=fed, checked_at=checked, closed_at=closed, limit=limit_text(kind.limit),
        handle_due=due, handle_left=max(0, due - fed), satisfaction=rating, late=late, changed_at=closed, flow=tuple(flow),
    )  # fmt: skip


def open_cases(site: Site, now: int, seed: int = 7) -> list[Case]:
    """The open cases of this moment: 沙河街道 has 47 with 3 overdue and 4 near-due, other townships 5 to 40."""
    rng = np.random.default_rng((seed, 1))
    spread = weights(site, 1)
    cast = Cast(site)
    found: list[Case] = []
    for township in sorted(d.code for d in site.divisions.values() if d.level is Level.TOWNSHIP):
        first, last = site.grids.span(township)
        share = spread.grid_share[first:last]
        if township == HOME:
            plan = _home_plan()
        else:
            count = int(np.clip(round(float(share.sum()) * 1_900), 5, 40))
            plan = [(str(rng.choice(_STAGES, p=_STAGE_SHARE)), "overdue" if rng.random() < 0.05 else
                     "due" if rng.random() < 0.08 else "ok") for _ in range(count)]  # fmt: skip
        for serial, (stage, lamp) in enumerate(plan, 1):
            grid = int(rng.choice(spread.grid_codes[first:last], p=share / share.sum()))
            kind = int(rng.choice(spread.class_ids, p=spread.class_share))
            source = SOURCES[int(rng.choice(len(SOURCES), p=SOURCE_SHARE))]
            found.append(_led(site, cast, rng, grid, kind, source, stage, lamp, now, serial))
    return found


_STAGES = ("intake", "dispatch", "handle", "check", "close")
_STAGE_SHARE = (0.1, 0.09, 0.52, 0.19, 0.1)


def _home_plan() -> list[tuple[str, str]]:
    plan = [("handle", "overdue")] * 2 + [("check", "overdue")] + [("handle", "due")] * 3 + [("dispatch", "due")]
    for stage, count in zip(_STAGES, (5, 3, 19, 8, 5), strict=True):
        plan += [(stage, "ok")] * count
    return plan


def _led(site: Site, cast: Cast, rng: np.random.Generator, grid: int, class_id: int, source: Source, stage: str,
         lamp: str, now: int, serial: int) -> Case:  # fmt: skip
    """One open case led by real decisions to a stage, timed so that its deadline shows the lamp wished for."""
    kind = site.classes[class_id]
    unit = cast.unit(kind.trade, grid)
    township = grid // 10**7
    settings = site.settings
    limits = {
        "intake": Limit(LimitKind.URGENT_HOUR, settings.intake_minutes / 60),
        "dispatch": Limit(LimitKind.URGENT_HOUR, settings.dispatch_minutes / 60), "handle": kind.limit,
        "check": Limit(LimitKind.URGENT_HOUR, settings.check_minutes / 60),
        "close": Limit(LimitKind.URGENT_HOUR, settings.check_minutes / 60),
    }  # fmt: skip
    if stage == "close" and source is Source.HOTLINE:
        limits["close"] = Limit(LimitKind.URGENT_HOUR, settings.callback_minutes / 60)
    limit = limits[stage]
    length = limit.seconds
    low, high = {"overdue": (-min(2 * HOUR, length), -2 * MINUTE), "due": (2 * MINUTE, max(180, round(length * 0.15))),
                 "ok": (round(length * 0.45), round(length * 0.97))}[lamp]  # fmt: skip
    left = int(rng.integers(low, max(low + 1, high)))
    start = _start_for(site, limit, now, left)
    head = {"intake": 0, "dispatch": 180, "handle": 420}.get(stage, 420 + 25 * MINUTE)
    if stage in ("check", "close"):
        head += int(min(kind.limit.seconds, 6 * HOUR) * rng.uniform(0.15, 0.6)) + (240 if stage == "close" else 0)
    at = min(start - head, now - 1)
    short = settings.area_short.get(str(township), "")
    day = time.strftime("%m%d", time.gmtime(at + 8 * HOUR))
    extra = int(rng.integers(1 << 30))
    where = phrases.place(site, grid, extra)
    worker = cast.reporter(source, grid)
    case: Case | None = None

    def act(who: Person, moment: int, name: str, **args: Any) -> None:
        nonlocal case
        ground = Ground(site, who.actor(), min(moment, now - 1), 1, f"{short}{day}-{9000 + serial:04d}")
        decided = decide(case, Command("", name, args=args), ground)
        if isinstance(decided, Refusal):
            raise TypeError(f"{name}: {decided}")
        case = decided

    act(worker, at, "report", source=source.value, title=phrases.title(kind, where, extra), place=where, grid=grid,
        class_id=class_id, reporter="王**" if source in NAMED else "",
        phone="138****0000" if source in NAMED else "")  # fmt: skip
    clerk, router = cast.clerk(township, "intake"), cast.clerk(township, "dispatch")
    if stage != "intake":
        act(clerk, at + 170, "file", condition=kind.filing)
    if stage not in ("intake", "dispatch"):
        act(router, at + 420, "dispatch", lead=unit.id)
        handler = cast.handler(unit.id)
        if now - at > 420 + 8 * MINUTE or stage != "handle":
            name = unit.roster[extra % len(unit.roster)].name if unit.roster else handler.name
            act(handler, at + 420 + 6 * MINUTE, "sign", handler=name)
            if stage in ("check", "close"):
                fed = start - (240 if stage == "close" else 0) - (60 if rng.random() < 0.7 else 0)
                act(handler, fed, "feed_back", text=phrases.done(rng), photos=["0" * 64])
                if stage == "close" or rng.random() < 0.7:
                    act(clerk, fed + 60, "send_check")
                if stage == "close":
                    act(cast.worker(grid, 1), start, "check", result="pass")
    if case is None:
        raise TypeError("no case")
    flow = tuple(replace(e, photos=()) for e in case.flow)
    return replace(case, flow=flow, photos=0, urges=int(lamp == "overdue" and rng.random() < 0.7))


def _start_for(site: Site, limit: Limit, now: int, left: int) -> int:
    """When a limit must have begun so that its deadline is `left` seconds after now (before it, if negative)."""
    if limit.continuous:
        return now + left - limit.seconds
    target = site.calendar.after(now, left) if left > 0 else now + left
    low, high = target - 40 * DAY - 3 * limit.seconds, target
    while high - low > 1:
        middle = (low + high) // 2
        if deadline(site.calendar, middle, limit) <= target:
            low = middle
        else:
            high = middle
    return low


__all__ = ["CST", "cases", "open_cases", "opening_tallies"]
