"""What each command does to a receipt, and through roll-up to the receipt above it and to its task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .arguments import PHOTOS_MAX, instant, photos, text, whole
from .command import Bad, Command, Ground, Reason, Refusal
from .division import Level, ancestor, contains
from .known import asked, known, read
from .lists import ended_certificate, granted, listed
from .publish import shares_of
from .receipt import Receipt, ReceiptState, TimeAsk, receipt_of
from .recipients import below_township, copied, grid_like
from .record import Book, Record, RecordKind, record_id
from .rollup import Roll, task_under
from .standing import Made, Rule, ruled
from .task import Task, TaskState

SPLIT_MAX = 400
_LIVE = (TaskState.ACTIVE, TaskState.REVIEW)


def _at(subject: Record | None, book: Book) -> tuple[Receipt, Task | None]:
    """A receipt and its task, where this side holds it. Raises Bad for one whose task is over."""
    if subject is None:
        raise Bad("", Reason.UNKNOWN_CASE)
    receipt = receipt_of(subject)
    task = task_under(receipt, book)
    if task is not None and task.state not in _LIVE:
        raise Bad(task.state.value, Reason.WRONG_STATE)
    return receipt, task


def _there(receipt: Receipt, ground: Ground) -> None:
    """Raises Bad where a recipient was merged away: the share has to be handed over first."""
    area, site = receipt.area, ground.site
    gone = site.grids.index(area) < 0 if grid_like(area) else area not in site.divisions
    if gone:
        successor = site.settings.merged.get(str(area), "")
        raise Bad(f"{area} {successor}".strip(), Reason.RECIPIENT_GONE)


def _rolled(before: Receipt, after: Receipt, task: Task | None, ground: Ground, book: Book) -> Made:
    roll = Roll(task, ground, book)
    roll.put(before, after)
    return roll.records(task)


def sign(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """签收."""
    receipt, task = _at(subject, book)
    _there(receipt, ground)
    name = ground.actor.name
    after = receipt.said(ground.now, "sign", name, state=ReceiptState.SIGNED, signed_at=ground.now, signed_by=name)
    return _rolled(receipt, after, task, ground, book)


def progress(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """进展 by the recipient's own word; moves nothing above it."""
    receipt, _ = _at(subject, book)
    share = whole(command.args, "share")
    if share > 100:
        raise Bad("share")
    said = text(command.args, "text")
    return (receipt.said(ground.now, "progress", ground.actor.name, f"{share} {said}".strip(), share=share).record(),)


def report(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """回报, once. What is known is filled in and not asked; what is given beside it corrects it."""
    receipt, task = _at(subject, book)
    _there(receipt, ground)
    args, now, name = command.args, ground.now, ground.actor.name
    said, pictures = text(args, "text", lines=True), photos(args)
    values: dict[str, Any] = dict(receipt.fields)
    sources: dict[str, str] = {}
    if task is not None:
        given = read(args.get("fields"), task)
        missing = next((f.key for f in asked(receipt, task, ground.site, book, now) if f.key not in given), None)
        if missing is not None:
            return Refusal(Reason.MISSING_ARGUMENT, f"fields.{missing}")
        for key, (value, source) in known(receipt, task, ground.site, book, now).items():
            if key not in given:
                values[key], sources[key] = value, source
        values |= given
    after = receipt.said(
        now, "report", name, said, state=ReceiptState.REPORTED, reported_at=now, reported_by=name, text=said,
        fields=values, known=sources, wanted=(), photos=_more(receipt, pictures), share=100, ask=None,
    )  # fmt: skip
    return _rolled(receipt, after, task, ground, book)


def _more(receipt: Receipt, pictures: tuple[str, ...]) -> tuple[str, ...]:
    held = tuple(dict.fromkeys((*receipt.photos, *pictures)))
    if len(held) > PHOTOS_MAX:
        raise Bad("photos", Reason.LIMIT_REACHED)
    return held


def attach(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """佐证: pictures beside what was said."""
    receipt, _ = _at(subject, book)
    held = _more(receipt, photos(command.args))
    said = text(command.args, "text")
    return (receipt.said(ground.now, "attach", ground.actor.name, said, photos=held).record(),)


def ask(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """申请延期 until an instant after the deadline; one open request at a time."""
    receipt, task = _at(subject, book)
    if receipt.ask is not None:
        return Refusal(Reason.ALREADY_ASKED, receipt.ask.name)
    until, reason = instant(command.args, "until", ground.now), text(command.args, "reason")
    if until <= max(receipt.due, ground.now):
        raise Bad("until")
    wanted = TimeAsk(until, reason, ground.actor.id, ground.actor.name, ground.now)
    after = receipt.said(ground.now, "ask", ground.actor.name, reason, ask=wanted)
    return _rolled(receipt, after, task, ground, book)


def grant(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """同意延期, until when was asked or another instant. The asker never decides."""
    receipt, task = _at(subject, book)
    wanted = _asked(receipt, ground)
    until = instant(command.args, "until", ground.now) or wanted.until
    if until <= max(receipt.due, ground.now):
        raise Bad("until")
    after = receipt.said(ground.now, "grant", ground.actor.name, str(until), due=until, ask=None)
    return _rolled(receipt, after, task, ground, book)


def deny(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """不同意延期, with a reason; the deadline stays."""
    receipt, task = _at(subject, book)
    _asked(receipt, ground)
    after = receipt.said(ground.now, "deny", ground.actor.name, text(command.args, "reason"), ask=None)
    return _rolled(receipt, after, task, ground, book)


def _asked(receipt: Receipt, ground: Ground) -> TimeAsk:
    if receipt.ask is None:
        raise Bad("", Reason.NOT_ASKED)
    if receipt.ask.by == ground.actor.id:
        raise Bad("", Reason.SAME_PERSON)
    return receipt.ask


def split(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """分解: a township to its villages, a village to its grids. Nothing outside the lists goes down."""
    receipt, task = _at(subject, book)
    _there(receipt, ground)
    codes = _parts(receipt, command.args, ground)
    if task is not None:
        refused = _listless(task, codes, ground, book)
        if refused is not None:
            return refused
    due = instant(command.args, "due", ground.now) or receipt.due
    if not ground.now < due <= receipt.due:
        raise Bad("due")
    taken = {r.area for r in book.children(RecordKind.RECEIPT, receipt.task)} & set(codes)
    if taken:
        return Refusal(Reason.ALREADY_SENT, str(min(taken)))
    now, name = ground.now, ground.actor.name
    after = receipt.said(now, "split", name, str(len(codes)))
    roll = Roll(task, ground, book)
    roll.put(receipt, after)
    for code in codes:
        unit = 0 if grid_like(code) else receipt.unit
        made = Receipt(
            record_id(command.id, f"{receipt.task} {code}"), 1, receipt.task, code, ReceiptState.SENT, receipt.title, now,
            due, unit, over=receipt.id, direct=False, changed_at=now, shares=shares_of(code, unit), demo=receipt.demo,
        )  # fmt: skip
        roll.put(None, made)
    return roll.records(task)


def _parts(receipt: Receipt, args: Mapping[str, Any], ground: Ground) -> tuple[int, ...]:
    value = args.get("to", ())
    if not isinstance(value, list | tuple) or not 0 < len(value) <= SPLIT_MAX:
        raise Bad("to")
    wanted = {9: 12, 12: 16}.get(len(str(receipt.area)))
    codes = []
    for entry in value:
        shown = str(entry)[:20]
        if not shown.isascii() or not shown.isdigit() or len(shown) != wanted:
            raise Bad(shown)
        code = int(shown)
        if not contains(receipt.area, code):
            raise Bad(shown, Reason.OUT_OF_SCOPE)
        known_here = ground.site.grids.index(code) >= 0 if grid_like(code) else code in ground.site.divisions
        if not known_here:
            raise Bad(shown, Reason.RECIPIENT_GONE)
        codes.append(code)
    return tuple(sorted(set(codes)))


def _listless(task: Task, codes: tuple[int, ...], ground: Ground, book: Book) -> Refusal | None:
    if not any(below_township(code) for code in codes):
        return None
    if not listed(task, ground.site, granted(task.area, ground.site, book)):
        return Refusal(Reason.OFF_LIST, task.title)
    ended = ended_certificate(task.title, task.text, ground.site)
    return Refusal(Reason.ENDED_CERTIFICATE, ended.text) if ended else None


def accept(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """验收 of one recipient's report."""
    receipt, task = _at(subject, book)
    after = receipt.said(ground.now, "accept", ground.actor.name, text(command.args, "text"),
                         state=ReceiptState.ACCEPTED, accepted_at=ground.now)  # fmt: skip
    return _rolled(receipt, after, task, ground, book)


def send_back(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """退回补报: only the fields named are asked again; the rest stays known."""
    receipt, task = _at(subject, book)
    value = command.args.get("fields", ())
    if not isinstance(value, list | tuple) or not all(isinstance(k, str) for k in value):
        raise Bad("fields")
    if task is not None and set(value) - {f.key for f in task.fields}:
        raise Bad("fields")
    wanted = tuple(dict.fromkeys(str(k) for k in value))
    after = receipt.said(
        ground.now, "send_back", ground.actor.name, text(command.args, "reason"), state=ReceiptState.BACK,
        wanted=wanted, backs=receipt.backs + 1, reported_at=0, reported_by="", share=0,
    )  # fmt: skip
    return _rolled(receipt, after, task, ground, book)


def hand_over(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """转交, as to the successor of a village that was merged away: all that was done so far goes with it."""
    receipt, task = _at(subject, book)
    shown = str(command.args.get("to"))[:20]
    if not shown.isascii() or not shown.isdigit() or len(shown) != len(str(receipt.area)):
        raise Bad("to")
    to = int(shown)
    if task is not None and not contains(task.area, to):
        return Refusal(Reason.OUT_OF_SCOPE, shown)
    _there(replace(receipt, area=to), ground)
    if below_township(to) and receipt.over and ancestor(to, Level.TOWNSHIP) != ancestor(receipt.area, Level.TOWNSHIP):
        return Refusal(Reason.OUT_OF_SCOPE, shown)
    if any(r.area == to for r in book.children(RecordKind.RECEIPT, receipt.task)):
        return Refusal(Reason.ALREADY_SENT, shown)
    said = f"{receipt.area} → {to} {text(command.args, 'reason')}".strip()
    after = receipt.said(ground.now, "hand_over", ground.actor.name, said, area=to, shares=shares_of(to, receipt.unit))
    new = set(copied((to,), task.area)) - set(task.copied) if task is not None and receipt.direct else set()
    if task is None or not new:
        return (after.record(),)
    told = task.said(ground.now, "hand_over", ground.actor.name, said, copied=tuple(sorted({*task.copied, *new})))
    return after.record(), told.record()


RULES: Mapping[str, Rule] = {
    "receipt.sign": sign, "receipt.progress": progress, "receipt.report": report, "receipt.attach": attach,
    "receipt.ask": ask, "receipt.grant": grant, "receipt.deny": deny, "receipt.split": split, "receipt.accept": accept,
    "receipt.send_back": send_back, "receipt.hand_over": hand_over,
}  # fmt: skip
decide = ruled(RULES)
