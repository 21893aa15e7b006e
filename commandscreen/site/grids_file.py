"""Reads grids from GeoJSON, GeoPackage or Shapefile through pyogrio; brings them to the site's projected system."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from ..domain.grid import GridKind, GridTable
from .gcj import from_gcj
from .report import Report

NAMES = ("grids.gpkg", "grids.geojson", "grids.shp")
GCJ = "GCJ-02"


def read(report: Report, folder: Path, crs: str, declared: str) -> GridTable | None:
    """The grids of a folder; None where they cannot be used. `declared` overrides the file's own system."""
    found = [folder / name for name in NAMES if (folder / name).exists()]
    if len(found) != 1:
        names = " / ".join(NAMES)
        what = "没有网格文件 no grid file" if not found else "有多个网格文件 several grid files"
        report.error(names, 0, "missing-file", what, f"放一个 put one of {names}")
        return None
    path = found[0]
    try:
        meta, _, wkb, fields = pyogrio.raw.read(path, columns=["code", "kind", "households"])
    except Exception as error:  # the reader's own errors are many; each means the same to whoever reads this
        report.error(
            path.name,
            0,
            "unreadable",
            f"读不出来 cannot be read: {type(error).__name__}",
            "用 GIS 软件另存 save it anew",
        )
        return None
    columns = list(meta["fields"])
    if "code" not in columns:
        report.error(
            path.name, 0, "missing-column", "没有 code 字段 no field code", "给每个网格16位编码 16-digit codes"
        )
        return None
    code = _codes(report, path.name, np.asarray(fields[columns.index("code")]))
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    kind = _column(columns, fields, "kind", len(shapes))
    households = _column(columns, fields, "households", len(shapes))
    shapes = _projected(report, path.name, shapes, declared or meta.get("crs") or "", crs)
    if code is None or shapes is None or not _sound(report, path.name, shapes, code):
        return None
    kind = np.where((kind >= 0) & (kind < len(GridKind)), kind, 0)
    return table(code, shapes, kind.astype(np.uint8), np.clip(households, 0, 65535).astype(np.uint16))


def _codes(report: Report, name: str, column: npt.NDArray[np.generic]) -> npt.NDArray[np.int64] | None:
    codes = np.zeros(len(column), np.int64)
    for row, value in enumerate(column, 1):
        text = str(value).removesuffix(".0").strip()
        if not text.isdigit() or len(text) != 16 or text[-2:] == "00" or text[-4:-2] == "00":
            report.error(
                name,
                row,
                "bad-code",
                f"网格编码 grid code: {text[:24]}",
                "12位社区码+2位二级网格+2位三级网格 community, level 2, level 3",
            )
            continue
        codes[row - 1] = int(text)
    unique, count = np.unique(codes[codes > 0], return_counts=True)
    for double in unique[count > 1][:20]:
        report.error(
            name,
            int(np.flatnonzero(codes == double)[1]) + 1,
            "duplicate",
            f"编码重复 code twice: {double}",
            "改成唯一 make it unique",
        )
    return codes if report.ok else None


def _column(names: list[str], fields: list[npt.NDArray[np.generic]], name: str, count: int) -> npt.NDArray[np.int64]:
    if name not in names:
        return np.zeros(count, np.int64)
    values = np.asarray(fields[names.index(name)])
    if values.dtype.kind not in "iuf":
        return np.zeros(count, np.int64)
    return np.nan_to_num(values.astype(np.float64)).astype(np.int64)


def _projected(
    report: Report, name: str, shapes: npt.NDArray[np.object_], source: str, target: str
) -> npt.NDArray[np.object_] | None:
    if not source:
        report.error(
            name,
            0,
            "no-crs",
            "没有声明坐标系 no coordinate system declared",
            "在 site.json 写 grids_crs，如 EPSG:4490 或 GCJ-02",
        )
        return None
    try:
        shifted = source.upper() == GCJ
        move = Transformer.from_crs(
            CRS.from_user_input("EPSG:4490" if shifted else source), CRS.from_user_input(target), always_xy=True
        )
    except CRSError:
        report.error(
            name,
            0,
            "bad-crs",
            f"不认识的坐标系 unknown system: {source[:40]} / {target[:40]}",
            "用 EPSG 编码 use an EPSG code",
        )
        return None

    def plane(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = points[:, 0], points[:, 1]
        if shifted:
            x, y = from_gcj(x, y)
        return np.column_stack(move.transform(x, y))

    coordinates = shapely.get_coordinates(shapes)
    if not np.isfinite(coordinates).all():
        report.error(
            name, 0, "not-a-number", "有 NaN 或无穷坐标 NaN or infinite coordinates", "改正坐标 mend the coordinates"
        )
        return None
    moved: npt.NDArray[np.object_] = shapely.transform(shapes, plane)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        report.error(
            name, 0, "bad-crs", "坐标落在投影之外 coordinates outside the projection", "核对坐标系 check the system"
        )
        return None
    return moved


def _sound(report: Report, name: str, shapes: npt.NDArray[np.object_], code: npt.NDArray[np.int64]) -> bool:
    kinds = shapely.get_type_id(shapes)
    for row in np.flatnonzero((kinds != 3) & (kinds != 6))[:20]:
        report.error(name, int(row) + 1, "no-polygon", f"{code[row]} 不是面 is no polygon", "改成面 draw a polygon")
    parts = shapely.get_num_geometries(shapes)
    for row in np.flatnonzero((kinds == 6) & (parts != 1))[:20]:
        report.error(
            name, int(row) + 1, "in-pieces", f"{code[row]} 有 {parts[row]} 块 pieces", "一格一块 one piece a grid"
        )
    for row in np.flatnonzero(~shapely.is_valid(shapes))[:20]:
        reason = shapely.is_valid_reason(shapes[row])
        report.error(
            name, int(row) + 1, "invalid", f"{code[row]} 图形无效 invalid: {reason[:60]}", "修复自相交 mend it"
        )
    if not report.ok:
        return False
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="overlaps")
    once = left < right
    for a, b in zip(left[once][:200], right[once][:200], strict=True):
        area = shapely.area(shapely.intersection(shapes[a], shapes[b]))
        if area > 1.0:
            report.error(
                name,
                int(a) + 1,
                "overlap",
                f"{code[a]} 与 and {code[b]} 重叠 overlap {area:.0f} m²",
                "裁掉重叠 cut it off",
            )
    return report.ok


def table(code: npt.NDArray[np.int64], shapes: npt.NDArray[np.object_], kind: npt.NDArray[np.uint8],
          households: npt.NDArray[np.uint16]) -> GridTable:  # fmt: skip
    """A table from polygons in metres, ordered by code."""
    order = np.argsort(code, kind="stable")
    grid_ring, ring_start, points = [0], [0], []
    for row in order:
        polygon = shapely.normalize(shapely.get_parts(shapes[row])[0])
        for ring in (polygon.exterior, *polygon.interiors):
            xy = np.round(shapely.get_coordinates(ring)[:-1] * 100).astype(np.int32)
            points.append(xy)
            ring_start.append(ring_start[-1] + len(xy))
        grid_ring.append(len(ring_start) - 1)
    return GridTable(code[order], kind[order], households[order], np.array(grid_ring, np.int32),
                     np.array(ring_start, np.int32), np.concatenate(points))  # fmt: skip
