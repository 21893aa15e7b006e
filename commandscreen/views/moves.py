"""How much an order has changed under a person's eyes. Pure."""

from __future__ import annotations

from bisect import bisect_left

from ..models.case_queue import Ids

LOOKED_AT = 5_000


def moved_ahead(old: Ids, new: Ids) -> int:
    """How many cases came or changed their place: those outside the longest part of the old order that is kept."""
    place = {int(case): row for row, case in enumerate(old[: 2 * LOOKED_AT])}
    kept: list[int] = []
    count = 0
    for case in new[:LOOKED_AT]:
        row = place.get(int(case))
        if row is None:
            count += 1
            continue
        at = bisect_left(kept, row)
        kept[at : at + 1] = [row]
    stayed = sum(int(case) in place for case in new[:LOOKED_AT])
    return count + stayed - len(kept)
