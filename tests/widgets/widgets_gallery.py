"""Every reusable widget with made-up values, for the tests and for looking at: `python -m tests.widgets.widgets_gallery DIR`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from commandscreen import theme as look
from commandscreen.widgets.breadcrumb import Breadcrumb, Crumb
from commandscreen.widgets.case_row import HEIGHT, CaseRow, paint_case_row
from commandscreen.widgets.fact_grid import FactGrid
from commandscreen.widgets.flow_timeline import FlowLine, FlowTimeline
from commandscreen.widgets.help_sheet import HelpSheet
from commandscreen.widgets.keycap import KeycapButton, KeyHints
from commandscreen.widgets.kpi_tile import KpiTile
from commandscreen.widgets.lamp import Lamp
from commandscreen.widgets.layer_bar import LayerBar, Legend
from commandscreen.widgets.painted_list import ROW_ROLE, PaintedList
from commandscreen.widgets.palette_box import PaletteBox, PaletteGroup, PaletteItem
from commandscreen.widgets.panel_frame import PanelFrame
from commandscreen.widgets.photo_strip import Photo, PhotoStrip
from commandscreen.widgets.plain_label import PlainLabel
from commandscreen.widgets.segment import Segment
from commandscreen.widgets.similar_list import SimilarCase, SimilarList
from commandscreen.widgets.stage_stepper import StageStep, StageStepper
from commandscreen.widgets.stage_tabs import StageTabs
from commandscreen.widgets.state_pane import StateAction, StatePane
from commandscreen.widgets.sync_block import SyncBlock
from commandscreen.widgets.ticker import Event, Ticker
from commandscreen.widgets.unit_row import COMPACT_HEIGHT, UnitRow, paint_unit_row
from commandscreen.widgets.unit_row import HEIGHT as UNIT_HEIGHT

HOSTILE = "<b>粗</b>\u202e倒写\u202c & <img src=x> " + "长" * 3_000

CASES = (
    CaseRow("overdue", "超期", "0:47", 1.3, "光明社区7号楼外墙砖脱落，楼下有老人孩子经过", "phone", "热线12345·光明社区·2-03",
            "光明社区·2-03", "处置中 · 区住建局", ("催办2", "重复3", "附件4")),
    CaseRow("due", "派遣剩", "0:08", 0.9, "鞍千路32栋污水外溢", "device-mobile", "网格员·新工社区·1-12", "新工社区·1-12",
            "待派遣 · 指挥中心"),
    CaseRow("ok", "处置剩", "2天3时", 0.2, "路灯不亮", "eye", "视频·沿河社区·4-01", "沿河社区·4-01", "处置中 · 区市政中心"),
    CaseRow("paused", "挂起", "", None, "树池倒伏", "news", "媒体·建工社区·6-09", "建工社区·6-09", "挂起 · 区园林中心"),
    CaseRow("done", "办结", "13:24", None, HOSTILE, "users", "群团·家园社区·7-06", "家园社区·7-06", "办结"),
)  # fmt: skip
UNITS = (
    UnitRow(1, 1, "沙河综合执法队", "值守 吴柏雪 在现场", 17, 18, 12, "8分"),
    UnitRow(2, 2, "区住建局", "值守 陈悦琳 电话", 3, 29, 0, "11分"),
    UnitRow(3, 0, "群团组织服务中心与社会组织联合会", "无人值守", 0, 0, 0, "—"),
)


class Rows(QAbstractListModel):
    """A list of row values; None stands for a row not loaded yet."""

    def __init__(self, rows: tuple[object, ...]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        value = self._rows[index.row()]
        if role == ROW_ROLE:
            return value
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(value, CaseRow):
            return value.spoken()
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _list(height: int, paint: Callable[..., None], rows: tuple[object, ...]) -> PaintedList:
    made = PaintedList(height, paint)
    model = Rows(rows)
    model.setParent(made)
    made.setModel(model)
    return made


def _breadcrumb() -> QWidget:
    made = Breadcrumb()
    beside = ((210304001, "沙河街道"), (210304002, "双山街道"))
    made.set_path([Crumb(2103, "鞍山市"), Crumb(210304, "立山区"), Crumb(210304001, "沙河街道", beside)],
                  ((210304001001, "光明社区"),), "全部8个社区（村）")  # fmt: skip
    return made


def _facts() -> QWidget:
    made = FactGrid()
    made.set_facts([("位置", "立山区沙河街道 鞍千路32栋"), ("描述", HOSTILE[:120]), ("上报", "网格员 王秀兰")])
    return made


def _flow() -> QWidget:
    made = FlowTimeline()
    made.set_lines([FlowLine("10:02", "上报", "网格员 王秀兰", "污水从井口外溢"),
                    FlowLine("10:06", "受理", "周敏", "", "4分"),
                    FlowLine("", "处置中", "区住建局", "限今日 14:00", "", "due")])  # fmt: skip
    return made


def _tile() -> QWidget:
    made = KpiTile("今日受理")
    made.show_figure("87", "件", "昨日此时 65", [62, 70, None, 66, 81, 75, 87], 80)
    return made


def _layers() -> QWidget:
    made = LayerBar("图层", [("cases", "案件", True), ("hot", "热点", False)])
    made.set_count("cases", 47)
    return made


def palette(parent: QWidget | None = None) -> PaletteBox:
    """The palette with two groups, the second not allowed."""
    made = PaletteBox("按编号、拼音、地点", "没有找到", [("Enter", "打开"), ("Esc", "关闭")], parent)
    made.set_groups([
        PaletteGroup("案件", (PaletteItem(1, "overdue", "鞍千路32栋污水外溢", (0, 3), "处置中"),
                              PaletteItem(2, "ok", "鞍千路24号楼", (0, 3), "待派遣"))),
        PaletteGroup("动作", (PaletteItem("close", "check", "办结", key="B", reason="还没有核查"),)),
    ])  # fmt: skip
    return made


def _panel() -> QWidget:
    made = PanelFrame("在办案件", footer=True)
    made.sub.show_text("47件")
    made.body.addWidget(_list(HEIGHT, paint_case_row, CASES))
    assert made.footer is not None
    made.footer.addWidget(KeyHints([("J K", "上下"), ("Enter", "打开")]))
    return made


def _photos() -> QWidget:
    made = PhotoStrip()
    made.set_photos([Photo("a", "上报 10:02"), Photo("b", "处置后 13:40")])
    return made


def _similar() -> QWidget:
    made = SimilarList("打开")
    made.set_cases(
        [SimilarCase(7, "重复", "92%", "鞍千路32栋前污水", "网格员 2103-77 · 09:58", "待派遣")], "附近没有相似案件"
    )
    return made


def _stepper() -> QWidget:
    made = StageStepper()
    made.set_steps([StageStep("上报", "10:02", "done"), StageStep("受理", "10:06", "done"),
                    StageStep("派遣", "限10:21", "overdue"), StageStep("办结", "", "ahead")])  # fmt: skip
    return made


def _tabs() -> QWidget:
    made = StageTabs([("all", "全部"), ("intake", "待受理"), ("dispatch", "待派遣"), ("handle", "处置中"),
                      ("check", "待核查"), ("close", "待办结")])  # fmt: skip
    made.set_counts({"all": 47, "intake": 5, "dispatch": 4, "handle": 24, "check": 9, "close": 5})
    return made


def _pane() -> QWidget:
    return StatePane("cloud-off", "读不到在办案件", "本机数据文件被另一个程序占用。关闭备份软件后重试，未发出的3条指令没有丢。",
                     [StateAction("重试", "R", "retry", True), StateAction("复制诊断", "", "copy")], "编号 DB-05")  # fmt: skip


def _sync() -> QWidget:
    made = SyncBlock()
    made.show_state("offline", "离线", "12分")
    return made


def _ticker() -> QWidget:
    made = Ticker()
    made.set_events([Event("20:34:14", "news", "区生态环境局 反馈  工地未覆盖", 1),
                     Event("20:31:46", "phone", HOSTILE[:60], 2, strong=True)])  # fmt: skip
    return made


def _lamps() -> QWidget:
    host = QWidget()
    column = QVBoxLayout(host)
    for kind in ("overdue", "due", "ok", "paused", "done"):
        column.addWidget(Lamp(kind, 20))
    return host


MAKERS: dict[str, tuple[Callable[[], QWidget], int, int]] = {
    "label": (lambda: PlainLabel(HOSTILE, elide=True), 200, 24),
    "lamps": (_lamps, 60, 180),
    "button": (lambda: KeycapButton("派遣", "D", "primary"), 110, 34),
    "hints": (lambda: KeyHints([("J K", "上下"), ("Enter", "打开"), ("?", "全部按键")]), 260, 28),
    "segment": (lambda: Segment([("city", "全市"), ("county", "区县")], "city"), 160, 30),
    "tabs": (_tabs, 476, 36),
    "tabs_small": (_tabs, 352, 36),
    "panel": (_panel, 476, 460),
    "queue": (lambda: _list(HEIGHT, paint_case_row, (*CASES, None)), 476, 450),
    "queue_small": (lambda: _list(HEIGHT, paint_case_row, (*CASES, None)), 352, 450),
    "units": (lambda: _list(UNIT_HEIGHT, paint_unit_row, UNITS), 412, 180),
    "units_small": (lambda: _list(COMPACT_HEIGHT, paint_unit_row, UNITS), 294, 140),
    "tile": (_tile, 204, 170),
    "layers": (_layers, 420, 36),
    "legend": (lambda: Legend([("overdue", "超期"), ("due", "临期"), ("ok", "正常")], "底色取最急一件",
                              [("map_red", "超期"), ("map_amber", "临期")]), 520, 24),
    "breadcrumb": (_breadcrumb, 560, 38),
    "facts": (_facts, 420, 150),
    "flow": (_flow, 420, 130),
    "stepper": (_stepper, 640, 58),
    "photos": (_photos, 460, 104),
    "similar": (_similar, 560, 60),
    "state": (_pane, 476, 300),
    "sync": (_sync, 180, 32),
    "ticker": (_ticker, 480, 90),
    "palette": (palette, 640, 330),
}  # fmt: skip


def help_sheet(parent: QWidget) -> HelpSheet:
    """The sheet of keys, in a parent."""
    return HelpSheet("全部按键", [("移动", [("J K", "上下"), ("G", "到顶")]), ("案件", [("Enter", "打开")])], parent)


def sheet(theme: look.Theme) -> QWidget:
    """All of them, one column after another."""
    host = QWidget()
    host.setProperty("role", "app")
    host.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    px = theme.px
    left = top = px(12)
    column = 0
    for maker, width, height in MAKERS.values():
        widget = maker()
        widget.setParent(host)
        if top + px(height) > px(1050):
            left, top, column = left + column + px(16), px(12), 0
        widget.setGeometry(QRect(left, top, px(width), px(height)))
        widget.show()
        top += px(height) + px(12)
        column = max(column, px(width))
    host.resize(left + column + px(12), px(1074))
    return host


def main(folder: Path) -> None:
    """Writes a picture for each look."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for name, scale, contrast in (
        ("dark", 1.0, False),
        ("light", 1.0, False),
        ("dark", 1.5, False),
        ("light", 1.0, True),
    ):
        look.apply(app, look.make(name, scale, contrast))
        host = sheet(look.of())
        host.show()
        app.processEvents()
        host.grab().save(str(folder / f"widgets-{name}-{scale:g}{'-hc' if contrast else ''}.png"))
        host.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
