"""One line about a grid: where it lies, what it is, who is in charge of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..domain.grid import GridKind, community_of, grid_label
from ..domain.site import Site

translate = QCoreApplication.translate


def grid_words(site: Site, row: int) -> str:
    """The line for a row of the site's grids."""
    code = int(site.grids.code[row])
    kind = GridKind(int(site.grids.kind[row]))
    names = {
        GridKind.GENERAL: translate("GridWords", "综合网格 {n}户").format(n=int(site.grids.households[row])),
        GridKind.AGENCY: translate("GridWords", "专属网格 机关"),
        GridKind.HOSPITAL: translate("GridWords", "专属网格 医院"),
        GridKind.SCHOOL: translate("GridWords", "专属网格 学校"),
        GridKind.ENTERPRISE: translate("GridWords", "专属网格 企业"),
        GridKind.MARKET: translate("GridWords", "专属网格 市场"),
        GridKind.STATION: translate("GridWords", "专属网格 场站"),
    }
    path = " › ".join(d.name for d in site.path(community_of(code))[1:])
    workers = translate("GridWords", "三级网格员 {a}，二级 {b}，一级网格长 {c}").format(
        a=site.workers_l3[row], b=site.workers_l2.get(code // 100, "—"), c=site.workers_l1.get(community_of(code), "—")
    )
    return f"{path} {grid_label(code)}  {names[kind]}  {workers}"
