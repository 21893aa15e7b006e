"""Ctrl+P: the case in hand as a file or a 督办单, into a PDF where the person says, or to a printer. UI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ..domain.case import Case
from ..store import queries
from . import sheets
from .acting import Option
from .case import CaseView
from .desk import Desk
from .hands import Hands
from .out_tray import OutTray, as_pdf
from .paper import Sheet
from .questions import Questions
from .sheets import Fetch, Letterhead


class Papers(QObject):
    """Offers the papers of a case; they leave through `tray`."""

    def __init__(self, desk: Desk, questions: Questions, case: CaseView, hands: Hands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._case, self._hands = desk, questions, case, hands
        self.tray = OutTray(hands.results, parent)

    def offer(self) -> None:
        """What can be put on paper of the case in hand."""
        number = self._desk.selected
        if number:
            self._questions.ask("paper", lambda c: queries.case(c, number), self._offer)

    def _offer(self, case: Case | None) -> None:
        site, actor = self._desk.site, self._desk.actor
        if case is None or site is None or actor is None:
            return
        now, own = self._desk.now(), site.divisions.get(actor.area)
        centre = self.tr("{place}指挥中心").format(place=own.name if own else site.name)
        head = Letterhead(centre, actor.name, now, site.demo)
        facts, why = self._case.fact_rows(case, site), self._case.why_rows(case, site)

        def file(fetch: Fetch) -> Sheet:
            return sheets.case_file(case, site, head, facts, why, fetch)

        def order(_: Fetch) -> Sheet | None:
            return sheets.supervision(case, site, head)

        names = (self.tr("案卷"), self.tr("督办单"))
        printer = self.tr("打印")
        options = [
            Option(names[0], partial(self.tray.save, f"{names[0]} {case.number}.pdf", as_pdf(file)), "PDF"),
            Option(names[1], partial(self.tray.save, f"{names[1]} {case.number}.pdf", as_pdf(order)), "PDF"),
            Option(names[0], partial(self.tray.print, file), printer),
            Option(names[1], partial(self.tray.print, order), printer),
        ]  # fmt: skip
        if not sheets.supervised(case):
            why_not = self.tr("先用 Shift U 督办")
            refuse = Option(names[1], partial(self._hands.results.say, why_not, "warning"), why_not)
            options = [options[0], options[2], refuse]
        self._hands.choose(case, self.tr("出纸"), options)
