"""A site as a folder of plain files: reading with every check, writing out, and the one-file form both sides use."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from ..domain import alarm_types
from ..domain.category import CaseClass, DutyItem
from ..domain.clock import Limit, LimitKind, WorkCalendar
from ..domain.division import Division, Level, level_of
from ..domain.person import POSTS, Person, Role
from ..domain.site import PartyNode, Settings, Site
from ..domain.unit import Circle, Duty, Unit
from ..protocol import bundle
from . import alarm_settings, grids_file
from .build.city import dissolve, polygons
from .report import Report
from .tables import Row, decode, rows

LIMIT_WORDS = {"紧急工作时": LimitKind.URGENT_HOUR, "工作时": LimitKind.WORK_HOUR, "工作日": LimitKind.WORK_DAY,
               "自然日": LimitKind.CALENDAR_DAY}  # fmt: skip
_LISTS = ("certificate_kept", "certificate_ended", "main_duty", "assist_duty")


def demo_path() -> Path:
    """The demo city as shipped."""
    return Path(__file__).parents[2] / "resources" / "site" / "anshan.site"


def load(path: Path) -> Site:
    """The site of an imported file. Raises BundleError, OSError."""
    return bundle.decode(path.read_bytes())


def check(path: Path) -> Report:
    """Checks a folder or an imported file; never raises for what is in it."""
    return read(path)[1]


def import_folder(folder: Path, out: Path) -> Report:
    """Checks a folder and, if it may be imported, writes it as one file, whole or not at all."""
    site, report = read(folder)
    if site is not None and report.ok:
        draft = out.with_suffix(".new")
        draft.write_bytes(bundle.encode(site))
        draft.replace(out)
    return report


def read(path: Path) -> tuple[Site | None, Report]:
    """The site of a folder or file with all findings; None where it cannot be used."""
    report = Report()
    if path.is_file():
        try:
            site = load(path)
        except (bundle.BundleError, OSError) as error:
            report.error(path.name, 0, "broken", f"{error}", "重新导入 import it anew")
            return None, report
        report.counts = counts(site)
        return site, report
    if not path.is_dir():
        report.error(str(path), 0, "missing-file", "没有这个文件夹 no such folder", "核对路径 check the path")
        return None, report
    return _Reader(path, report).site(), report


def counts(site: Site) -> dict[str, int]:
    """What `site check` counts."""
    levels = [d.level for d in site.divisions.values()]
    return {
        "counties": levels.count(Level.COUNTY), "townships": levels.count(Level.TOWNSHIP),
        "communities": levels.count(Level.COMMUNITY), "grids": len(site.grids),
        "general_grids": int((site.grids.kind == 0).sum()), "dedicated_grids": int((site.grids.kind > 0).sum()),
        "classes": len(site.classes), "units": len(site.units), "people": len(site.people),
        "grid_workers": len(site.workers_l3) + len(site.workers_l2) + len(site.workers_l1),
        "party_organisations": len(site.party) + len(site.group_leaders), "duty_items": len(site.duties),
    }  # fmt: skip


class _Reader:
    """Reads one folder."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder, self.report = folder, report
        self._text = ""  # of site.json, for the lines of what is wrong in it

    def site(self) -> Site | None:
        report, about = self.report, self._about()
        divisions = self._divisions()
        grids = grids_file.read(
            report, self.folder, str(about.get("crs", "EPSG:4550")), str(about.get("grids_crs", ""))
        )
        units = self._units(divisions)
        duties = tuple(
            DutyItem(str(r.choice("list", _one_of(_LISTS), " ".join(_LISTS))), r.whole("number", 1), r.text("text"))
            for r in self._rows("duties.csv", "list number text")
        )
        classes = self._classes({u.trade for u in units.values()}, duties)
        people = self._people(divisions, units)
        calendar = self._calendar(about)
        party = tuple(PartyNode(r.whole("grid"), r.text("kind"), r.text("name"), r.text("secretary", empty=True))
                      for r in self._rows("party.csv", "grid kind name secretary", needed=False))  # fmt: skip
        if grids is None or not divisions:
            return None
        for code in np.unique(grids.code // 10_000):
            if int(code) not in divisions:
                report.error(
                    "grids",
                    0,
                    "unknown-community",
                    f"网格属于未知社区 grids of unknown community {code}",
                    "补进 divisions.csv add it",
                )
        if not report.ok:
            return None
        workers = self._workers(grids.code)
        settings = self._settings(about.get("settings", {}), classes)
        site = Site(
            name=str(about["name"]), version=str(about["version"]), crs=str(about.get("crs", "EPSG:4550")),
            demo=about.get("demo") is True, divisions=divisions, grids=grids, classes=classes, duties=duties, units=units,
            people=people, calendar=calendar, settings=settings, workers_l3=workers[0], workers_l2=workers[1],
            workers_l1=workers[2], party=party, group_leaders=workers[3], outlines=dissolve(grids, divisions),
            water=self._water(), notices=tuple(map(str, about.get("notices", []))),
        )  # fmt: skip
        report.counts = counts(site)
        return site if report.ok else None

    def _rows(self, name: str, columns: str, needed: bool = True) -> Iterable[Row]:
        yield from rows(self.report, self.folder, name, columns, needed)

    def _about(self) -> dict[str, Any]:
        path = self.folder / "site.json"
        try:
            self._text = decode(path.read_bytes()[: 2**20]) or ""
            about = json.loads(self._text)
        except (OSError, ValueError, RecursionError):
            self.report.error(
                "site.json",
                0,
                "unreadable",
                "没有或不是 JSON missing or no JSON",
                "按 docs/site.md 写 see docs/site.md",
            )
            return {}
        if not isinstance(about, dict):
            self.report.error(
                "site.json", 0, "unreadable", "不是对象 is no object", "按 docs/site.md 写 see docs/site.md"
            )
            return {}
        for name in ("name", "version", "crs"):
            if not isinstance(about.get(name), str) or not about[name]:
                self.report.error("site.json", 0, "missing-field", f"缺 {name} missing", f"写上 {name} add it")
        return about

    def _settings(self, given: object, classes: Mapping[int, CaseClass]) -> Settings:
        if not isinstance(given, dict):
            self.report.error(
                "site.json", 0, "bad-settings", "settings 不是对象 is no object", "改成对象 use an object"
            )
            return Settings()
        given = self._alarms(dict(given), classes)
        for name, value in given.items():
            if not _fits(name, value):
                self.report.error("site.json", 0, "bad-settings", f"settings.{name[:40]} 不认识或类型不对 unknown or of another type",
                                  "按 docs/site.md 改 see docs/site.md")  # fmt: skip
        if not self.report.ok:
            return Settings()
        phrases = {name: tuple(said) for name, said in given.get("phrases", Settings().phrases).items()}
        days = {name: tuple(given[name]) for name in ("no_meeting_days", "no_meeting_weeks") if name in given}
        return Settings(**(given | {"phrases": phrases} | days))

    def _alarms(self, given: dict[str, Any], classes: Mapping[int, CaseClass]) -> dict[str, Any]:
        if "alarms" not in given:
            return given
        rules = alarm_settings.read(given["alarms"], self._text, self.report)
        if rules is None:
            return {name: value for name, value in given.items() if name != "alarms"}
        alarm_settings.check_emergencies(given["alarms"], classes, self._text, self.report)
        return given | {"alarms": rules}

    def _divisions(self) -> dict[int, Division]:
        found: dict[int, Division] = {}
        at: dict[int, int] = {}
        for row in self._rows("divisions.csv", "code name parent urban"):
            code, parent = row.whole("code", 1000), row.whole("parent", 0, empty=0)
            name = row.text("name")
            if len(str(code)) not in (4, 6, 9, 12):
                row.fail("bad-code", f"区划码 code {code}", "4、6、9 或 12 位 digits")
                continue
            if code in found:
                row.fail("duplicate", f"{code} 重复 twice", "删一行 drop one")
            seat = None
            if row.values.get("east", "").strip() and row.values.get("north", "").strip():
                seat = (round(row.decimal("east") * 100), round(row.decimal("north") * 100))
            if row.sound:
                urban = row.values.get("urban", "").strip() in ("1", "true", "是")
                found[code] = Division(code, name, level_of(code), parent, urban, seat)
                at[code] = row.number
        for code, division in found.items():
            wanted = 0 if division.level is Level.CITY else int(str(code)[: {1: 4, 2: 6, 3: 9}[division.level]])
            if division.parent != wanted or (wanted and wanted not in found):
                self.report.error(
                    "divisions.csv",
                    at[code],
                    "unknown-parent",
                    f"{code} 的上级应为 parent should be {wanted}",
                    "改正或补上 mend or add it",
                )
        if found and sum(d.level is Level.CITY for d in found.values()) != 1:
            self.report.error("divisions.csv", 0, "no-city", "要正好一个市 exactly one city", "补上或删掉 mend it")
        return found

    def _area(self, row: Row, divisions: dict[int, Division]) -> int:
        area = row.whole("area", 1000)
        if divisions and area not in divisions:
            row.fail("unknown-area", f"没有区划 no division {area}", "用 divisions.csv 里的码 use one of its codes")
        return area

    def _units(self, divisions: dict[int, Division]) -> dict[int, Unit]:
        rosters: dict[int, list[Duty]] = {}
        for row in self._rows("rosters.csv", "unit name post days start end reachable", needed=False):
            days = row.text("days")
            if not days.isdigit() or set(days) - set("1234567"):
                row.fail("bad-days", f"days {days[:20]}", "用 1–7 的数字，如 12345 use digits 1–7")
            duty = Duty(row.text("name"), row.text("post"), tuple(int(d) for d in days if d.isdigit()),
                        row.whole("start", 0, 24), row.whole("end", 0, 48), row.text("reachable"))  # fmt: skip
            if row.sound:
                rosters.setdefault(row.whole("unit", 1), []).append(duty)
        found: dict[int, Unit] = {}
        for row in self._rows("units.csv", "id name short circle trade area capacity phone"):
            number = row.whole("id", 1, 2**31)
            circle = row.choice("circle", Circle, " ".join(Circle))
            unit = Unit(number, row.text("name"), row.text("short"), circle if isinstance(circle, Circle) else Circle.PARTY_GOV,
                        row.text("trade"), self._area(row, divisions), row.whole("capacity", empty=0),
                        row.text("phone", empty=True), tuple(rosters.pop(number, ())))  # fmt: skip
            if number in found:
                row.fail("duplicate", f"{number} 重复 twice", "改编号 give it another id")
            found[number] = unit
        for number in rosters:
            self.report.error("rosters.csv", 0, "unknown-unit", f"没有部门 no unit {number}", "补进 units.csv add it")
        return found

    def _classes(self, trades: set[str], duties: tuple[DutyItem, ...]) -> dict[int, CaseClass]:
        found: dict[int, CaseClass] = {}
        paths: set[str] = set()
        items = {d.number for d in duties if d.list == "assist_duty"}
        for row in self._rows(
            "classes.csv", "id code major minor name kind limit limit_kind trade filing closing duty_item share"
        ):
            limit = _limit(row)
            number, trade = row.whole("id", 1, 2**31), row.text("trade")
            if trades and trade not in trades:
                row.fail(
                    "unknown-trade",
                    f"没有部门做 no unit of trade {trade[:30]}",
                    "改 trade 或在 units.csv 加部门 mend it",
                )
            item = row.whole("duty_item", empty=0)
            if item and item not in items:
                row.fail(
                    "unknown-duty", f"协助事项没有第 {item} 项 no such item", "用 duties.csv 里的号 use its numbers"
                )
            kind = row.choice("kind", _one_of(("part", "event")), "part event")
            made = CaseClass(number, row.text("code"), row.text("major"), row.text("minor"), row.text("name"), str(kind),
                             limit or Limit(LimitKind.WORK_DAY, 1), trade, row.text("filing"), row.text("closing"), item,
                             row.decimal("share"))  # fmt: skip
            if number in found or made.path in paths:
                row.fail("duplicate", f"{number} {made.path} 重复 twice", "改成唯一 make it unique")
            paths.add(made.path)
            found[number] = made
        return found

    def _people(self, divisions: dict[int, Division], units: dict[int, Unit]) -> tuple[Person, ...]:
        found: list[Person] = []
        accounts: set[str] = set()
        for row in self._rows("people.csv", "id account name post roles area unit"):
            account, words = row.text("account"), row.text("roles").split("+")
            roles = frozenset(Role(w) for w in words if w in POSTS)
            if len(roles) != len(words):
                row.fail(
                    "unknown-role", f"roles {'+'.join(words)[:40]}", "用加号相连 join by +: " + " ".join(sorted(POSTS))
                )
            if account in accounts:
                row.fail("duplicate", f"{account[:40]} 重复 twice", "改账号 another account")
            unit = row.whole("unit", empty=0)
            if unit and unit not in units:
                row.fail("unknown-unit", f"没有部门 no unit {unit}", "补进 units.csv add it")
            accounts.add(account)
            found.append(Person(row.whole("id", 1, 2**31), account, row.text("name"), row.text("post"), roles,
                                self._area(row, divisions), unit))  # fmt: skip
        return tuple(found)

    def _calendar(self, about: dict[str, Any]) -> WorkCalendar:
        days: dict[date, bool] = {}
        for row in self._rows("calendar.csv", "date worked", needed=False):
            try:
                days[date.fromisoformat(row.text("date"))] = row.text("worked") in ("1", "true", "是")
            except ValueError:
                row.fail("bad-date", f"date {row.values['date'][:20]}", "写成 2026-10-01 write it so")
        slots = about.get("slots", WorkCalendar().slots)
        try:
            return WorkCalendar(tuple((int(a), int(b)) for a, b in slots), days)
        except (TypeError, ValueError):
            self.report.error(
                "site.json", 0, "bad-slots", "slots 不对 wrong", "如 [[28800,43200],[48600,61200]] 秒 seconds"
            )
            return WorkCalendar()

    def _workers(self, codes: Any) -> tuple[tuple[str, ...], dict[int, str], dict[int, str], tuple[str, ...]]:
        l3 = dict.fromkeys(map(int, codes), "")
        leaders = dict(l3)
        l2 = {code // 100: "" for code in l3}
        l1 = {code // 10_000: "" for code in l3}
        for row in self._rows("workers.csv", "grid level name party_leader"):
            grid, level, name = row.whole("grid"), row.whole("level", 1, 3), row.text("name")
            keys: dict[int, tuple[dict[int, str], int]] = {3: (l3, grid), 2: (l2, grid // 100), 1: (l1, grid // 10_000)}
            table, key = keys[level]
            if key not in table:
                row.fail("unknown-grid", f"没有网格 no grid {grid}", "用网格文件里的码 use its codes")
                continue
            table[key] = name
            if level == 3:
                leaders[grid] = row.text("party_leader", empty=True)
        for level, table in ((3, l3), (2, l2), (1, l1)):
            vacant = sum(not name for name in table.values())
            if vacant:
                self.report.warn(
                    "workers.csv", 0, "vacant", f"{level}级网格员缺 {vacant} 人 level {level} vacant", "补齐 fill them"
                )
        return tuple(l3.values()), l2, l1, tuple(leaders.values())

    def _water(self) -> tuple[object, ...]:
        path = self.folder / "water.geojson"
        if not path.exists():
            return ()
        try:
            wkb = pyogrio.raw.read(path, columns=[])[2]
            lines = shapely.from_wkb(wkb)
        except Exception:  # decoration only: whatever is wrong with it, the site works without
            self.report.warn("water.geojson", 0, "unreadable", "读不出来 cannot be read", "不画水系也能用 optional")
            return ()
        return tuple(np.round(shapely.get_coordinates(line) * 100).astype(np.int32) for line in lines)


def _limit(row: Row) -> Limit | None:
    text, kind = row.text("limit"), row.text("limit_kind")
    for word, found in LIMIT_WORDS.items():
        if text.endswith(word):
            amount = text.removesuffix(word).strip()
            if kind != found.value:
                row.fail(
                    "limit-disagrees",
                    f"limit {text[:20]} 与 and limit_kind {kind[:20]} 不符 disagree",
                    f"改成 use {found.value}",
                )
                return None
            try:
                return Limit(found, float(amount))
            except ValueError:
                break
    row.fail("bad-limit", f"limit {text[:20]}", "如 such as 4工作时, 2紧急工作时, 3工作日, 7自然日")
    return None


def _one_of(words: Iterable[str]) -> Any:
    known = tuple(words)

    def choose(value: str) -> str:
        if value not in known:
            raise ValueError(value)
        return value

    return choose


def _fits(name: str, value: object) -> bool:
    """Whether a setting is known and of its type: whole numbers, shares, yes or no, short names, phrases."""
    if name not in Settings.__dataclass_fields__:
        return False
    default = getattr(Settings(), name)
    if name == "alarms":
        return isinstance(value, alarm_types.AlarmRules)
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    if isinstance(default, tuple):
        return isinstance(value, list) and all(type(v) is int and 0 < v <= 53 for v in value)
    if not isinstance(value, dict):
        return False
    if name == "phrases":
        return all(isinstance(said, list) and all(isinstance(s, str) for s in said) for said in value.values())
    return all(isinstance(short, str) for short in value.values())


def export_folder(site: Site, folder: Path) -> None:
    """Writes a site out as plain files: grids as GeoPackage in the site's own system, tables as CSV in UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {name: getattr(site.settings, name) for name in Settings.__dataclass_fields__}
    settings["area_short"] = dict(site.settings.area_short)
    settings["alarms"] = alarm_types.plain(site.settings.alarms)
    about = {"name": site.name, "version": site.version, "crs": site.crs, "grids_crs": site.crs, "demo": site.demo,
             "notices": list(site.notices), "slots": [list(s) for s in site.calendar.slots], "settings": settings}  # fmt: skip
    (folder / "site.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
    words = {kind: word for word, kind in LIMIT_WORDS.items()}
    _write(folder / "divisions.csv", "code name parent urban east north", (
        (d.code, d.name, d.parent or "", int(d.urban), *((d.seat[0] / 100, d.seat[1] / 100) if d.seat else ("", "")))
        for d in site.divisions.values()))  # fmt: skip
    _write(folder / "units.csv", "id name short circle trade area capacity phone", (
        (u.id, u.name, u.short, u.circle.value, u.trade, u.area, u.capacity, u.phone) for u in site.units.values()))  # fmt: skip
    _write(folder / "rosters.csv", "unit name post days start end reachable", (
        (u.id, r.name, r.post, "".join(map(str, r.days)), r.start, r.end, r.reachable)
        for u in site.units.values() for r in u.roster))  # fmt: skip
    _write(folder / "classes.csv", "id code major minor name kind limit limit_kind trade filing closing duty_item share", (
        (c.id, c.code, c.major, c.minor, c.name, c.kind, f"{c.limit.amount:g}{words[c.limit.kind]}", c.limit.kind.value, c.trade,
         c.filing, c.closing, c.duty_item, c.share) for c in site.classes.values()))  # fmt: skip
    _write(folder / "duties.csv", "list number text", ((d.list, d.number, d.text) for d in site.duties))
    _write(folder / "people.csv", "id account name post roles area unit", (
        (p.id, p.account, p.name, p.post, "+".join(sorted(p.roles)), p.area, p.unit) for p in site.people))  # fmt: skip
    _write(
        folder / "calendar.csv",
        "date worked",
        ((d.isoformat(), int(w)) for d, w in sorted(site.calendar.exceptions.items())),
    )
    _write(folder / "workers.csv", "grid level name party_leader", (
        *((int(c), 3, n, g) for c, n, g in zip(site.grids.code, site.workers_l3, site.group_leaders, strict=True)),
        *((k * 100, 2, n, "") for k, n in site.workers_l2.items()),
        *((k * 10_000, 1, n, "") for k, n in site.workers_l1.items())))  # fmt: skip
    _write(
        folder / "party.csv", "grid kind name secretary", ((n.grid, n.kind, n.name, n.secretary) for n in site.party)
    )
    shapes = shapely.transform(polygons(site.grids), lambda p: p / 100)
    pyogrio.raw.write(
        folder / "grids.gpkg", geometry=shapely.to_wkb(shapes), geometry_type="Polygon", crs=site.crs, driver="GPKG",
        fields=["code", "kind", "households"],
        field_data=[np.array([str(c) for c in site.grids.code], object), site.grids.kind.astype(np.int32),
                    site.grids.households.astype(np.int32)],
    )  # fmt: skip


def _write(path: Path, columns: str, values: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        writer.writerows(values)
