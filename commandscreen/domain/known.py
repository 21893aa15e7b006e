"""What need not be asked: facts the site holds, sums of what lies below, and a recipient's own earlier answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .clock import DAY
from .command import Bad, Reason
from .division import Level, level_of
from .privacy import clean
from .receipt import Receipt, ReceiptState, receipt_of
from .record import Book, RecordKind
from .site import Site
from .task import FieldKind, FieldSpec, Task

SITE, BELOW, BEFORE = "site", "below", "before"
FIELDS_MAX, VALUE_MAX, NUMBER_MAX = 20, 200, 10**12


def site_facts(area: int, site: Site) -> Mapping[str, Any]:
    """What the site itself knows of a township, village or grid, by field key."""
    first, end = site.grids.span(area)
    facts: dict[str, Any] = {
        "grids": end - first,
        "households": int(site.grids.households[first:end].sum()),
        "grid_workers": sum(1 for name in site.workers_l3[first:end] if name),
    }
    if len(str(area)) == 9:
        facts["communities"] = len(site.children(area))
    elif len(str(area)) == 12 and level_of(area) is Level.COMMUNITY:
        secretary = next((n.secretary for n in site.party if n.grid == area * 10_000), "")
        if secretary:
            facts["secretary"] = secretary
    return facts


def known(receipt: Receipt, task: Task, site: Site, book: Book, now: int) -> dict[str, tuple[Any, str]]:
    """For each field of the task that is known: its value and where from. What was sent back for is asked again."""
    asked = {f.key for f in task.fields} - set(receipt.wanted)
    if not asked:
        return {}
    found: dict[str, tuple[Any, str]] = {}
    for key, value in receipt.fields.items():
        if key in asked:
            found[key] = value, receipt.known.get(key, BEFORE)
    if receipt.sub.total and receipt.sub.reported == receipt.sub.total:
        for spec in task.fields:
            if spec.kind is FieldKind.NUMBER and spec.key in asked and spec.key in receipt.sums:
                found[spec.key] = receipt.sums[spec.key], BELOW
    facts = site_facts(receipt.area, site)
    for key in asked - found.keys():
        if key in facts:
            found[key] = facts[key], SITE
    left = asked - found.keys()
    if left:
        start = now - site.settings.known_days * DAY
        for record in reversed(book.dated(RecordKind.RECEIPT, receipt.area, start, now + 1)):
            if record.id != receipt.id and record.state in (ReceiptState.REPORTED, ReceiptState.ACCEPTED):
                told = receipt_of(record).fields
                for key in left & told.keys():
                    found.setdefault(key, (told[key], BEFORE))
    return {key: value for key, value in found.items() if _fits(value[0], _spec(task, key))}


def asked(receipt: Receipt, task: Task, site: Site, book: Book, now: int) -> tuple[FieldSpec, ...]:
    """The fields a report still has to bring."""
    there = known(receipt, task, site, book, now)
    return tuple(f for f in task.fields if f.key not in there)


def read(given: object, task: Task) -> dict[str, Any]:
    """The values of a report, by key. Raises Bad for a key the task does not ask or a value of another kind."""
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > FIELDS_MAX:
        raise Bad("fields")
    specs = {f.key: f for f in task.fields}
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in specs or not _fits(value, specs[key]):
            raise Bad(f"fields.{str(key)[:30]}")
        values[key] = clean(value, VALUE_MAX) if isinstance(value, str) else value
        if values[key] == "":
            raise Bad(f"fields.{key}", Reason.MISSING_ARGUMENT)
    return values


def _spec(task: Task, key: str) -> FieldSpec:
    return next(f for f in task.fields if f.key == key)


def _fits(value: object, spec: FieldSpec) -> bool:
    match spec.kind:
        case FieldKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= NUMBER_MAX
        case FieldKind.YES_NO:
            return isinstance(value, bool)
        case _:
            return isinstance(value, str) and len(value) <= VALUE_MAX
