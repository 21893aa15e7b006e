"""The lists outside which nothing is handed to a village: their version, and whether a task stands on them.

8 certificates kept and 22 ended, 15 main duties, 18 assisting duties are the site's; what was let in (申请准入) adds to them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .admission import Admission, AdmissionState, admission_of
from .category import DutyItem
from .near import likeness
from .record import Book, RecordKind
from .site import Site
from .task import ADMITTED, Item, Task

_ENDED = "certificate_ended"
_ISSUE = ("开具", "出具", "开证明", "证明材料")
_EVER = 2**53


def granted(area: int, site: Site, book: Book) -> tuple[Admission, ...]:
    """What was let in for an area and for those above it, oldest first."""
    found = [
        admission_of(record)
        for division in site.path(area)
        for record in book.dated(RecordKind.ADMISSION, division.code, 0, _EVER)
        if record.state == AdmissionState.GRANTED
    ]
    return tuple(sorted(found, key=lambda a: (a.decided_at, a.id)))


def version(site: Site, let_in: Sequence[Admission]) -> str:
    """The version in force: the site's, and how many items were let in since."""
    return f"{site.settings.list_version}.{len(let_in)}"


def item_of(item: Item | None, site: Site) -> DutyItem | None:
    """The line of the site's lists an item names."""
    return next((d for d in site.duties if item and (d.list, d.number) == (item.list, item.number)), None)


def listed(task: Task, site: Site, let_in: Sequence[Admission]) -> bool:
    """Whether a task stands on the lists in force; one that was let in, on its own admission."""
    if task.item is None:
        return False
    if task.item.list == ADMITTED:
        return any(a.id == task.admission for a in let_in)
    return item_of(task.item, site) is not None


def ended_certificate(title: str, text: str, site: Site) -> DutyItem | None:
    """The certificate no longer issued that a task asks villages to issue, if it does."""
    said = title + text
    if not any(word in said for word in _ISSUE):
        return None
    return next((d for d in site.duties if d.list == _ENDED and d.text in said), None)


def suggested(title: str, site: Site, most: int = 3) -> tuple[DutyItem, ...]:
    """The duties whose wording is most like a title, best first; none that shares nothing."""
    duties = [d for d in site.duties if d.list != _ENDED]
    ranked = sorted(((likeness(title, d.text), d) for d in duties), key=lambda r: (-r[0], r[1].list, r[1].number))
    return tuple(d for share, d in ranked[:most] if share > 0)
