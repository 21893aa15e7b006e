"""Commands on the 减负 account: a line noted by hand, a line struck; what the board itself adds comes from `ledger_lines`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .arguments import TITLE_MAX, text, whole, word
from .burden import Body, Burden, BurdenState, Load, burden_of
from .clock import DAY
from .command import Bad, Command, Ground, Reason, Refusal
from .division import contains
from .ledger_lines import line
from .record import Book, Record
from .standing import Made, Rule, board_area, ruled

COUNT_MAX = 100_000
# What people note; the rest the board counts itself.
BY_HAND = frozenset({Load.MEETING, Load.DOCUMENT, Load.AFTER_HOURS, Load.GROUP})


def note(_: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """A meeting held elsewhere, a document, a message after hours, groups closed; of one's own area or one above it."""
    args = command.args
    what = word(args, "what", Load)
    if what not in BY_HAND:
        raise Bad("what")
    area = whole(args, "area") or board_area(ground)
    if area not in ground.site.divisions or not contains(area, ground.actor.area):
        return Refusal(Reason.OUT_OF_SCOPE, str(area))
    at, title = whole(args, "at"), text(args, "title", TITLE_MAX)
    if not 0 < at <= ground.now + DAY:
        raise Bad("at")
    if not title:
        raise Bad("title", Reason.MISSING_ARGUMENT)
    body = word(args, "body", Body) if args.get("body") else Body.NONE
    made = line(command.id, what, title, area, ground, body=body)
    figures = {name: min(whole(args, name), COUNT_MAX) for name in ("minutes", "people", "count")}
    return (
        replace(
            made, at=at, minutes=figures["minutes"], people=figures["people"], count=figures["count"] or 1
        ).record(),
    )


def strike(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """划去 a line noted by mistake; it stays to be seen, and counts no more."""
    if subject is None:
        raise Bad("", Reason.UNKNOWN_CASE)
    found: Burden = burden_of(subject)
    reason = text(command.args, "reason")
    struck = found.said(ground.now, "strike", ground.actor.name, reason, state=BurdenState.STRUCK, reason=reason)
    return (struck.record(),)


RULES: Mapping[str, Rule] = {"burden.note": note, "burden.strike": strike}
decide = ruled(RULES)
