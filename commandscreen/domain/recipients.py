"""Recipients: codes of townships, villages and grids, and groups of them such as `2103/street`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .command import Bad, Reason
from .division import Level, ancestor, contains
from .site import Site

MOST = 3_000  # recipients of one task
LISTED = 60  # codes kept with a task once its receipts say who got it


class Group(StrEnum):
    """Groups of recipients inside an area."""

    TOWNSHIP = "township"  # 乡镇（街道）
    STREET = "street"  # 街道
    COMMUNITY = "community"  # 社区
    VILLAGE = "village"  # 村
    ALL = "all"  # 村（社区）


@dataclass(frozen=True, slots=True)
class Addressed:
    """How many recipients of each kind."""

    townships: int = 0
    communities: int = 0
    villages: int = 0
    grids: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.townships + self.communities + self.villages + self.grids


def grid_like(code: int) -> bool:
    """Whether a code is a grid's."""
    return len(str(code)) == 16


def below_township(code: int) -> bool:
    """Whether a code is a village's, community's or grid's."""
    return len(str(code)) > 9


def expand(to: Sequence[str], area: int, site: Site) -> tuple[int, ...]:
    """The codes of recipients inside an area, ascending, each once.

    Raises Bad: recipient-gone for one merged away or unknown (with its successor, where the site names it),
    out-of-scope for one outside the area, bad-argument for anything that is no recipient.
    """
    found: set[int] = set()
    for text in to:
        head, slash, word = text.partition("/")
        if not head.isascii() or not head.isdigit() or len(head) > 16:
            raise Bad(text[:40])
        code = int(head)
        if not contains(area, code):
            raise Bad(text[:40], Reason.OUT_OF_SCOPE)
        if slash:
            found |= _group(code, word, site, text)
        else:
            found.add(_known(code, site, area))
    if len(found) > MOST:
        raise Bad("to", Reason.LIMIT_REACHED)
    return tuple(sorted(found))


def _group(code: int, word: str, site: Site, text: str) -> set[int]:
    try:
        group = Group(word)
    except ValueError:
        raise Bad(text[:40]) from None
    level = Level.TOWNSHIP if group in (Group.TOWNSHIP, Group.STREET) else Level.COMMUNITY
    urban = {Group.STREET: True, Group.COMMUNITY: True, Group.VILLAGE: False}.get(group)
    if code not in site.divisions:
        raise Bad(text[:40], Reason.RECIPIENT_GONE)
    return {d.code for d in site.divisions.values()
            if d.level is level and contains(code, d.code) and (urban is None or d.urban is urban)}  # fmt: skip


def _known(code: int, site: Site, area: int) -> int:
    if grid_like(code):
        if len(str(area)) < 12:
            raise Bad(str(code))
        if site.grids.index(code) < 0:
            raise Bad(str(code), Reason.RECIPIENT_GONE)
        return code
    if len(str(code)) not in (9, 12):
        raise Bad(str(code))
    if code not in site.divisions:
        successor = site.settings.merged.get(str(code), "")
        raise Bad(f"{code} {successor}".strip(), Reason.RECIPIENT_GONE)
    return code


def addressed(codes: Iterable[int], site: Site) -> Addressed:
    """How many of each kind."""
    townships = communities = villages = grids = 0
    for code in codes:
        division = site.divisions.get(code)
        if grid_like(code):
            grids += 1
        elif len(str(code)) == 9:
            townships += 1
        elif division is not None and division.urban:
            communities += 1
        else:
            villages += 1
    return Addressed(townships, communities, villages, grids)


def copied(codes: Iterable[int], area: int) -> tuple[int, ...]:
    """抄送: who stands between a board and its recipients and is not asked itself, ascending: the counties under a city,
    and each township whose villages get it past it. They see the task and how far their own recipients are."""
    asked = set(codes)
    over = {ancestor(code, level) for code in asked for level in (Level.COUNTY, Level.TOWNSHIP)}
    inside = {code for code in over if len(str(code)) > len(str(area)) and contains(area, code)}
    return tuple(sorted(inside - asked))
