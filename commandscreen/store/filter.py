"""What a list of cases is asked for: a filter and an order, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..domain.case import Lamp, Source, Stage
from ..domain.division import code_range


class Sort(Enum):
    """Orders of the queue; the value is the SQL order, always ended by id so that it is total."""

    REMAINING = "due_at, id"
    NEWEST = "reported_at DESC, id DESC"
    OLDEST = "reported_at, id"
    CHANGED = "changed_at DESC, id DESC"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases. Instants are UTC seconds, half-open; `area` is a division or grid code; `text` a substring of
    number, title or place; `asked` a unit that was mentioned and has not answered. `closed` asks for finished cases too:
    None = all, False = open ones only."""

    area: int | None = None
    stage: Stage | None = None
    lamps: frozenset[Lamp] = frozenset()
    sources: frozenset[Source] = frozenset()
    units: frozenset[int] = frozenset()
    classes: frozenset[int] = frozenset()
    text: str = ""
    closed: bool | None = False
    reported: tuple[int, int] | None = None
    closed_in: tuple[int, int] | None = None
    responded_in: tuple[int, int] | None = None
    rated_in: tuple[int, int] | None = None
    asked: int = 0

    @property
    def conditions(self) -> int:
        """How many conditions beside the area and the stage narrow the list."""
        parts = (self.lamps, self.sources, self.units, self.classes, self.text, self.reported, self.closed_in,
                 self.responded_in, self.rated_in, self.asked)  # fmt: skip
        return sum(bool(p) for p in parts)


def where(wanted: Filter, now: int, stage: bool = True) -> tuple[str, list[object]]:
    """The SQL condition of a filter with its values; text search stands elsewhere. `now` decides the lamps."""
    parts: list[str] = []
    values: list[object] = []

    def add(sql: str, *more: object) -> None:
        parts.append(sql)
        values.extend(more)

    if wanted.closed is False:
        add("closed_at = 0")
    elif wanted.closed is True:
        add("closed_at > 0")
    if wanted.area is not None:
        text = str(wanted.area)
        if len(text) == 9:
            add("township = ?", wanted.area)
        elif len(text) == 16:
            add("grid = ?", wanted.area)
        else:
            low, high = code_range(wanted.area, 16)
            add("grid >= ? AND grid < ?", low, high)
    if stage and wanted.stage is not None:
        add("stage = ?", wanted.stage.value)
    if wanted.lamps:
        options = []
        for lamp in sorted(wanted.lamps):
            sql, more = _LAMP_SQL[lamp]
            options.append(sql)
            values.extend([now] * more)
        parts.append("(" + " OR ".join(options) + ")")
    for column, chosen in (("source", wanted.sources), ("lead", wanted.units), ("class_id", wanted.classes)):
        if chosen:
            add(
                f"{column} IN ({','.join('?' * len(chosen))})",
                *sorted(str(c) if column == "source" else c for c in chosen),
            )
    for column, span in (("reported_at", wanted.reported), ("closed_at", wanted.closed_in),
                         ("responded_at", wanted.responded_in), ("changed_at", wanted.rated_in)):  # fmt: skip
        if span is not None:
            add(f"{column} >= ? AND {column} < ?", *span)
    if wanted.closed_in is not None:
        add("state = 'closed'")  # not what was voided or merged
    if wanted.rated_in is not None:
        add("satisfaction > 0")
    if wanted.asked:
        add(f"mentions <> '[]' AND {ASKED}", wanted.asked)
    return " AND ".join(parts) or "1", values


ASKED = (
    "EXISTS (SELECT 1 FROM json_each(mentions) m WHERE json_extract(m.value, '$[0]') = ? "
    "AND json_extract(m.value, '$[2]') = 0)"
)
_LAMP_SQL = {
    Lamp.OVERDUE: ("(closed_at = 0 AND state <> 'suspended' AND due_at > 0 AND due_at <= ?)", 1),
    Lamp.DUE: ("(closed_at = 0 AND state <> 'suspended' AND due_at > ? AND amber_at <= ?)", 2),
    Lamp.OK: ("(closed_at = 0 AND state <> 'suspended' AND (due_at = 0 OR amber_at > ?))", 1),
    Lamp.PAUSED: ("(state = 'suspended')", 0),
    Lamp.DONE: ("(closed_at > 0)", 0),
}
