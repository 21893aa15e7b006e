"""Near-duplicates: how alike two titles are, by the pairs of characters they share (Jaccard's index over bigrams)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .task import Task

_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A task whose title is much like another's; `share` is 0–1."""

    task: Task
    share: float


def pairs(title: str) -> frozenset[str]:
    """The bigrams of a title without punctuation and blanks; of a single character, itself."""
    plain = _NOISE.sub("", title.casefold())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset(filter(None, [plain]))


def likeness(one: str, other: str) -> float:
    """0–1: shared bigrams of all bigrams; 0 where there are none."""
    a, b = pairs(one), pairs(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def near(title: str, others: Iterable[Task], share: float) -> tuple[Near, ...]:
    """Tasks at least `share` alike, the most alike first, newer before older."""
    found = [Near(task, likeness(title, task.title)) for task in others]
    kept = [n for n in found if n.share >= share and n.share > 0]
    return tuple(sorted(kept, key=lambda n: (-n.share, -n.task.at, n.task.id)))
