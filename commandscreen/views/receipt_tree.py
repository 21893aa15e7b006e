"""A task's recipients as a tree of rows: counties over townships over villages, and what was split off beneath. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ..domain.case import Lamp
from ..domain.division import Level, ancestor
from ..domain.receipt import Receipt, ReceiptState
from ..domain.site import Site
from ..widgets.receipt_row import ReceiptRow
from . import board_rows

FLAT_MOST = 16  # so few recipients need no groups


@dataclass(frozen=True, slots=True)
class Node:
    """A row: a division's group (`receipt` None) or one share. `key` is a division's code, or a receipt's id negated."""

    key: int
    row: ReceiptRow
    receipt: Receipt | None = None


def passes(receipt: Receipt, wanted: str, now: int) -> bool:
    """Whether a share is among those asked for: all, sent, signed, reported, accepted, late, asked."""
    if wanted == "late":
        return board_rows.receipt_lamp(receipt, now) is Lamp.OVERDUE
    if wanted == "asked":
        return receipt.ask is not None
    if wanted == "signed":
        return receipt.state in (ReceiptState.SIGNED, ReceiptState.BACK)
    return wanted in ("all", receipt.state.value)


def nodes(receipts: Sequence[Receipt], site: Site, now: int, pending: frozenset[int], opened: set[int],
          wanted: str = "all") -> list[Node]:  # fmt: skip
    """The rows in order. With a filter only shares that pass, flat, each under its own name."""
    if wanted != "all":
        found = [r for r in receipts if passes(r, wanted, now)]
        return [Node(-r.id, board_rows.receipt_row(r, site, now, r.id in pending), r) for r in found]
    below: dict[int, list[Receipt]] = {}
    for receipt in receipts:
        if receipt.over:
            below.setdefault(receipt.over, []).append(receipt)
    tops = [r for r in receipts if not r.over]
    rows: list[Node] = []
    if len(tops) <= FLAT_MOST:
        for receipt in tops:
            rows += _branch(receipt, below, site, now, pending, opened, 0)
        return rows
    deep = any(len(str(r.area)) > 9 for r in tops)
    for county, inside in _grouped(tops, Level.COUNTY).items():
        rows.append(_group(county, inside, site, now, opened, 0))
        if county not in opened:
            continue
        if not deep:
            for receipt in inside:
                rows += _branch(receipt, below, site, now, pending, opened, 1)
            continue
        for township, members in _grouped(inside, Level.TOWNSHIP).items():
            rows.append(_group(township, members, site, now, opened, 1))
            if township in opened:
                for receipt in members:
                    rows += _branch(receipt, below, site, now, pending, opened, 2)
    return rows


def _grouped(receipts: Sequence[Receipt], level: Level) -> dict[int, list[Receipt]]:
    groups: dict[int, list[Receipt]] = {}
    for receipt in receipts:
        groups.setdefault(ancestor(receipt.area, level), []).append(receipt)
    return groups


def _group(code: int, members: Sequence[Receipt], site: Site, now: int, opened: set[int], level: int) -> Node:
    """A division's roll-up: how many have reported, and what is late or unsigned in it."""
    done = sum(r.state in (ReceiptState.REPORTED, ReceiptState.ACCEPTED) for r in members)
    late = sum(board_rows.receipt_lamp(r, now) is Lamp.OVERDUE for r in members)
    unsigned = sum(r.state is ReceiptState.SENT for r in members)
    translate = QCoreApplication.translate
    words = []
    if late:
        words.append(translate("ReceiptTree", "超期{n}").format(n=late))
    if unsigned:
        words.append(translate("ReceiptTree", "未签收{n}").format(n=unsigned))
    row = ReceiptRow("overdue" if late else "", board_rows.area_name(code, site), "", " ".join(words), "", level, done,
                     len(members), True, code in opened)  # fmt: skip
    return Node(code, row)


def _branch(receipt: Receipt, below: dict[int, list[Receipt]], site: Site, now: int, pending: frozenset[int],
            opened: set[int], level: int) -> list[Node]:  # fmt: skip
    rows = [Node(-receipt.id, board_rows.receipt_row(receipt, site, now, receipt.id in pending, level), receipt)]
    if -receipt.id in opened or len(below.get(receipt.id, ())) <= FLAT_MOST:
        for part in below.get(receipt.id, ()):
            rows += _branch(part, below, site, now, pending, opened, level + 1)
    return rows
