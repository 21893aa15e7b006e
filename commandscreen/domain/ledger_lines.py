"""New lines of the 减负 account, as the board's own commands make them."""

from __future__ import annotations

from .burden import Body, Burden, BurdenState, Load
from .command import Ground
from .plain import Line
from .record import bucket_of, record_id


def line(command_id: str, what: Load, title: str, area: int, ground: Ground, about: int = 0, body: Body = Body.NONE,
         reason: str = "", minutes: int = 0, people: int = 0, late: int = 0, over: int = 0) -> Burden:  # fmt: skip
    """A line that counts, filed now. A command makes at most one of a kind about one record."""
    actor = ground.actor
    number = record_id(command_id, f"{what} {about}" if about else "")
    return Burden(
        number, 1, area, BurdenState.COUNTED, what, title, ground.now, body, minutes, people, late, over, about=about,
        by=actor.id, name=actor.name, reason=reason, changed_at=ground.now, shares=(bucket_of(area),),
        log=(Line(ground.now, "note", actor.name, reason),),
    )  # fmt: skip
