"""What the intake form's type-ahead finds: classes of the pool, and grids of the person's area, in the user's words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ..domain.finder import ClassFinder, GridFinder
from ..domain.grid import community_of
from ..widgets.type_ahead import Offer
from . import words
from .desk import Desk


class IntakeFinders:
    """Made for a desk; the indexes are built at the first question and anew for another site."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._classes: ClassFinder | None = None
        self._grids: GridFinder | None = None

    def forget(self) -> None:
        """The site is another one."""
        self._classes = self._grids = None

    def find_class(self, text: str) -> Sequence[Offer]:
        """Classes by name, pinyin, initials or code."""
        site = self._desk.site
        if site is None:
            return ()
        if self._classes is None:
            self._classes = ClassFinder(site)
        return [Offer(c.id, c.path, f"{c.code}  {words.limit(c.limit.kind.value, c.limit.amount)}")
                for c in self._classes.find(text)]  # fmt: skip

    def find_grid(self, text: str) -> Sequence[Offer]:
        """Grids by number, community or grid worker."""
        finder = self._finder()
        return [Offer(code, *self._words(finder, code)) for code in finder.find(text)] if finder else ()

    def rule(self, class_id: int) -> str:
        """A class's limit and filing condition; empty for none."""
        kind = self._desk.site.classes.get(class_id) if self._desk.site else None
        if kind is None:
            return ""
        limit = words.limit(kind.limit.kind.value, kind.limit.amount)
        text = QCoreApplication.translate("IntakeFinders", "限{limit}，立案条件：{filing}")
        return text.format(limit=limit, filing=kind.filing)

    def place(self, code: int) -> str:
        """A grid's words for the field; empty for none."""
        finder = self._finder()
        return finder.words(code)[0] if code and finder else ""

    def people(self, code: int) -> str:
        """Where a grid lies and who looks after it; empty for none."""
        finder, site = self._finder(), self._desk.site
        if not code or finder is None or site is None:
            return ""
        path = " › ".join(d.name for d in site.path(community_of(code))[1:])
        return f"{path}  {self._words(finder, code)[1]}"

    def _finder(self) -> GridFinder | None:
        site, actor = self._desk.site, self._desk.actor
        if self._grids is None and site is not None and actor is not None:
            self._grids = GridFinder(site, actor.area)
        return self._grids

    @staticmethod
    def _words(finder: GridFinder, code: int) -> tuple[str, str]:
        where, who = finder.words(code)
        return where, QCoreApplication.translate("IntakeFinders", "三级网格员 {name}").format(name=who) if who else ""
