"""The public totals: what each case adds to its township's and the city's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..domain.case import Case, State
from ..domain.division import Level, ancestor
from ..domain.site import Site
from ..protocol.rows import CITY_BUCKET, TALLY, Tally
from .database import Link
from .feed import Change, lock, publish
from .tables import bucket_key

_CITY = frozenset({bucket_key(CITY_BUCKET)})
NOTHING = (0, 0, 0, 0, 0)


def counts(case: Case | None) -> tuple[int, int, int, int, int]:
    """What a case adds: accepted, closed, closed late, called back, satisfied (4 or 5 of 5)."""
    if case is None:
        return NOTHING
    closed = case.state is State.CLOSED
    return (
        int(bool(case.filed_at)),
        int(closed),
        int(closed and case.late and not case.exempt),
        int(case.satisfaction > 0),
        int(case.satisfaction >= 4),
    )


def divisions_of(township: int) -> tuple[int, int]:
    """The tallies a township's cases count in: its own and the city's."""
    return township, ancestor(township, Level.CITY)


def add(link: Link, township: int, more: Sequence[int]) -> list[Change]:
    """Adds to the tallies; the changes to publish, none where nothing was added. The feed's lock must be held."""
    if not any(more):
        return []
    changes = []
    for code in divisions_of(township):
        row = link.one(
            "INSERT INTO tallies(id, ver, accepted, closed, late, called_back, satisfied) VALUES (?, 1, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET ver = tallies.ver + 1, accepted = tallies.accepted + excluded.accepted, "
            "closed = tallies.closed + excluded.closed, late = tallies.late + excluded.late, "
            "called_back = tallies.called_back + excluded.called_back, "
            "satisfied = tallies.satisfied + excluded.satisfied RETURNING ver",
            (code, *more),
        )
        ver = int(row[0]) if row else 1
        changes.append(Change(TALLY, code, ver - 1, _CITY if ver > 1 else frozenset(), ver, _CITY))
    return changes


def carry_over(link: Link, opening: Mapping[int, Tally]) -> None:
    """Adds what the records held before this database began, by township; the city's sum follows from them."""
    lock(link)
    changes: list[Change] = []
    for code, told in sorted(opening.items()):
        if len(str(code)) == 9:
            changes += add(link, code, (told.accepted, told.closed, told.late, told.called_back, told.satisfied))
    publish(link, changes)


def ensure(link: Link, site: Site) -> None:
    """Gives every township and the city a row, so that a new city shows zeros instead of nothing."""
    known = {row[0] for row in link.all("SELECT id FROM tallies")}
    missing = [c for c in _codes(site) if c not in known]
    if not missing:
        return
    lock(link)
    link.many(
        "INSERT INTO tallies(id, ver, accepted, closed, late, called_back, satisfied) VALUES (?, 1, 0, 0, 0, 0, 0)",
        [(code,) for code in missing],
    )
    publish(link, [Change(TALLY, code, 0, frozenset(), 1, _CITY) for code in missing])


def _codes(site: Site) -> Iterable[int]:
    return (d.code for d in site.divisions.values() if d.level in (Level.CITY, Level.TOWNSHIP))
