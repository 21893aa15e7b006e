"""A site as plain files: round trip, each fault with file and row, other formats and coordinate systems."""

import json
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import tiny_site

from commandscreen.protocol import bundle
from commandscreen.site.folder import check, export_folder, import_folder, load, read
from commandscreen.site.gcj import from_gcj, to_gcj


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound site folder."""
    home = tmp_path / "site"
    export_folder(tiny_site(), home)
    return home


def codes(folder: Path) -> set[str]:
    return {f.code for f in check(folder).findings if f.severity == "error"}


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def test_a_folder_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    site, report = read(folder)
    assert report.ok, report.to_text()
    assert site is not None
    tiny = tiny_site()
    assert site.divisions.keys() == tiny.divisions.keys()
    assert site.units == tiny.units
    assert site.classes == tiny.classes
    assert site.people == tiny.people
    assert site.calendar == tiny.calendar
    assert np.array_equal(site.grids.code, tiny.grids.code)
    out = tmp_path / "tiny.site"
    assert import_folder(folder, out).ok
    assert load(out).classes == tiny.classes


def test_a_site_brings_its_own_alarms(tmp_path: Path) -> None:
    folder, out = tmp_path / "site", tmp_path / "tiny.site"
    export_folder(tiny_site(), folder)
    about = json.loads((folder / "site.json").read_text("utf-8"))
    about["settings"]["alarms"] = {
        "types": {"unsigned": {"level": 2, "minutes": 5},
                  "smoke": {"level": 1, "name": "烟感", "cause": "烟感报警", "consequence": "可能起火", "actor": "值班员",
                            "action": "电话核实", "minutes": 3}},
        "emergencies": {"1": ["供水/停水"]}, "critical_seconds": 30,
    }  # fmt: skip
    (folder / "site.json").write_text(json.dumps(about), "utf-8")
    assert import_folder(folder, out).ok
    rules = load(out).settings.alarms
    assert (rules.types["unsigned"].level, rules.types["unsigned"].name) == (2, "派遣未签收")
    assert (rules.types["smoke"].action, rules.critical_seconds) == ("电话核实", 30)
    assert rules.emergency(load(out).classes[401]) == 1
    assert rules.types["overdue"].level == 3, "what is not named stays"
    export_folder(load(out), tmp_path / "again")
    assert import_folder(tmp_path / "again", out).ok
    assert load(out).settings.alarms == rules


@pytest.mark.parametrize(
    "setting",
    [{"phrases": ["x"]}, {"phrases": {"comment": "x"}}, {"two_persons": 1}, {"verify_minutes": True},
     {"reply_minutes": -1}, {"area_short": {"1": 2}}, {"whatever": 3},
     {"alarms": []}, {"alarms": {"flips": 0}}, {"alarms": {"types": {"smell": {"level": 1}}}}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_named(tmp_path: Path, setting: dict[str, object]) -> None:
    folder = tmp_path / "site"
    export_folder(tiny_site(), folder)
    about = json.loads((folder / "site.json").read_text("utf-8"))
    about["settings"] |= setting
    (folder / "site.json").write_text(json.dumps(about), "utf-8")
    report = check(folder)
    assert [f.code for f in report.findings] == ["bad-settings"]
    assert next(iter(setting)) in report.findings[0].what


def test_a_site_brings_its_own_meeting_days(tmp_path: Path) -> None:
    """Tuples and the table of merged divisions come back as they were, from a folder and from a file."""
    site = tiny_site(
        no_meeting_days=(1, 5), no_meeting_weeks=(40,), list_version=3, merged={"210304015099": "210304015017"}
    )
    home = tmp_path / "site"
    export_folder(site, home)
    again, report = read(home)
    assert report.ok and again is not None and again.settings == site.settings
    assert bundle.decode(bundle.encode(site)).settings == site.settings
    edit(home / "site.json", '"no_meeting_weeks": [', '"no_meeting_weeks": ["x", ')
    assert codes(home) == {"bad-settings"}


def test_encodings_of_spreadsheets_are_read(folder: Path) -> None:
    for name, encoding in (("units.csv", "gb18030"), ("people.csv", "utf-8-sig")):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(text.encode(encoding))
    assert check(folder).ok


@pytest.mark.parametrize(
    "name", ["site.json", "divisions.csv", "grids.gpkg", "units.csv", "classes.csv", "people.csv", "duties.csv"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    report = check(folder)
    assert not report.ok
    assert any(name.split(".", maxsplit=1)[0] in f.file for f in report.findings)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\x01", b"", b"a,b\n1,2\n", b"\0" * 100, b'id,name\n"unclosed', b"\x81" * 50]
)
@pytest.mark.parametrize("name", ["units.csv", "classes.csv", "people.csv", "divisions.csv", "site.json", "grids.gpkg"])
def test_rubbish_is_reported_never_raised(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    report = check(folder)
    assert not report.ok
    assert all(f.mend for f in report.findings)


def test_a_limit_whose_text_and_kind_disagree_is_refused(folder: Path) -> None:
    lines = (folder / "classes.csv").read_text("utf-8").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[6], "4工作时").replace(lines[1].split(",")[7], "calendar_day")
    (folder / "classes.csv").write_text("\n".join(lines), "utf-8")
    report = check(folder)
    found = next(f for f in report.findings if f.code == "limit-disagrees")
    assert (found.file, found.row) == ("classes.csv", 2)


def test_faults_of_rows_carry_their_codes(folder: Path) -> None:
    people = (folder / "people.csv").read_text("utf-8").splitlines()
    cells = people[1].split(",")
    extra = [
        ",".join(["9001", cells[1], *cells[2:]]),
        ",".join(["9002", "x1", "甲", "乙", "emperor", cells[5], ""]),
        ",".join(["9003", "x2", "甲", "乙", "intake", "999999", ""]),
        ",".join(["9004", "x3", "", "乙", "intake", cells[5], ""]),
        ",".join(["9005", "x4", "甲\u202e", "乙", "intake", cells[5], ""]),
        ",".join(["9006", "x5", "字" * 600, "乙", "intake", cells[5], ""]),
        ",".join(["many", "x6", "甲", "乙", "intake", cells[5], "77777"]),
    ]
    (folder / "people.csv").write_text("\n".join([*people, *extra]), "utf-8")
    wanted = {
        "duplicate",
        "unknown-role",
        "unknown-area",
        "empty",
        "hidden-character",
        "too-long",
        "not-a-number",
        "unknown-unit",
    }
    assert wanted <= codes(folder)


def test_unknown_parents_and_communities_are_found(folder: Path) -> None:
    site = tiny_site()
    community = int(site.grids.code[0]) // 10_000
    text = (folder / "divisions.csv").read_text("utf-8").splitlines()
    (folder / "divisions.csv").write_text("\n".join(t for t in text if not t.startswith(f"{community},")), "utf-8")
    assert "unknown-community" in codes(folder)


def rewrite_grids(folder: Path, shapes: np.ndarray, driver: str, name: str, crs: str | None) -> None:
    code = pyogrio.raw.read(folder / "grids.gpkg", columns=["code"])[3][0]
    (folder / "grids.gpkg").unlink()
    pyogrio.raw.write(folder / name, geometry=shapely.to_wkb(shapes), geometry_type="Polygon", crs=crs, driver=driver,
                      fields=["code"], field_data=[np.asarray(code, object)])  # fmt: skip


def shapes_of(folder: Path) -> np.ndarray:
    return np.asarray(shapely.from_wkb(pyogrio.raw.read(folder / "grids.gpkg", columns=[])[2]))


def plain(folder: Path, crs: str) -> None:
    about = json.loads((folder / "site.json").read_text("utf-8"))
    about["grids_crs"] = crs
    (folder / "site.json").write_text(json.dumps(about), "utf-8")


@pytest.mark.parametrize(("driver", "name"), [("GeoJSON", "grids.geojson"), ("ESRI Shapefile", "grids.shp")])
def test_other_formats_and_degrees(folder: Path, driver: str, name: str) -> None:
    from pyproj import Transformer

    back = Transformer.from_crs("EPSG:4550", "EPSG:4490", always_xy=True)
    degrees = shapely.transform(shapes_of(folder), lambda p: np.column_stack(back.transform(p[:, 0], p[:, 1])))
    before = bundle.decode(bundle.encode(tiny_site()))
    rewrite_grids(folder, degrees, driver, name, "EPSG:4326" if driver == "GeoJSON" else "EPSG:4490")
    plain(folder, "EPSG:4490")
    site, report = read(folder)
    assert report.ok, report.to_text()
    assert site is not None
    assert np.abs(np.array(site.grids.centre(0)) - np.array(before.grids.centre(0))).max() < 5, "within centimetres"


def test_overlapping_and_invalid_grids_are_found(folder: Path) -> None:
    shapes = shapes_of(folder)
    shapes[1] = shapely.transform(shapes[0], lambda p: p + 3)
    rewrite_grids(folder, shapes, "GPKG", "fresh.gpkg", "EPSG:4550")
    (folder / "fresh.gpkg").rename(folder / "grids.gpkg")
    assert "overlap" in codes(folder)


def test_gcj_is_undone_within_a_centimetre_and_lies_hundreds_of_metres_off() -> None:
    lon, lat = np.array([123.05, 122.4, 123.4]), np.array([41.1, 41.3, 40.4])
    shifted = to_gcj(lon, lat)
    off = np.hypot((shifted[0] - lon) * 84_000, (shifted[1] - lat) * 111_000)
    assert (off > 300).all()
    assert (off < 800).all()
    back = from_gcj(*shifted)
    assert np.abs(back[0] - lon).max() * 84_000 < 0.01
    assert np.abs(back[1] - lat).max() * 111_000 < 0.01
