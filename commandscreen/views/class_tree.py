"""The problem pool as a tree of rows: 大类 over 小类 over 细类, with their cases. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from ..domain.site import Site
from ..store.classes import ClassCount
from ..widgets.receipt_row import ReceiptRow

Key = tuple[str, ...]  # the names down to a node
_NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ClassNode:
    """A row: its classes, and how many cases they have had."""

    key: Key
    classes: frozenset[int]
    count: ClassCount
    tasks: int
    row: ReceiptRow


def nodes(
    site: Site, counts: Mapping[int, ClassCount], opened: set[Key], tasks: Mapping[int, int] = _NONE
) -> list[ClassNode]:
    """The rows in order: at each level those with most cases first, then by name; groups that are open show theirs.
    `tasks` says how many tasks of the board came from a class, by its id."""
    tree: dict[Key, list[int]] = {}
    for kind in site.classes.values():
        for depth in (1, 2, 3):
            tree.setdefault((kind.major, kind.minor, kind.name)[:depth], []).append(kind.id)
    below: dict[Key, list[Key]] = {}
    sums: dict[Key, ClassCount] = {}
    for key, ids in tree.items():
        below.setdefault(key[:-1], []).append(key)
        sums[key] = sum((counts[i] for i in ids if i in counts), ClassCount())
    for keys in below.values():
        keys.sort(key=lambda key: (-sums[key].total, key))

    def branch(over: Key) -> list[ClassNode]:
        rows: list[ClassNode] = []
        for key in below.get(over, ()):
            came = sum(tasks.get(i, 0) for i in tree[key])
            row = _row(key, sums[key], came, key in below, key in opened)
            rows.append(ClassNode(key, frozenset(tree[key]), sums[key], came, row))
            if key in opened:
                rows += branch(key)
        return rows

    return branch(())


def _row(key: Key, count: ClassCount, tasks: int, group: bool, opened: bool) -> ReceiptRow:
    change = count.change
    translate = QCoreApplication.translate
    trend = "" if change is None else translate("ClassTree", "近8周 {share}").format(share=f"{change * 100:+.0f}%")
    number = translate("ClassTree", "{n}件").format(n=count.total)
    came = translate("ClassTree", "看板上{n}项任务").format(n=tasks) if tasks else ""
    return ReceiptRow("", key[-1], came, number, trend, len(key) - 1, group=group, open=opened)
