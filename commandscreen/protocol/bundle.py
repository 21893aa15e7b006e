"""The site as one file: what a server serves to its clients, content-addressed, and what `site import` writes.

Layout: magic, then one zstd frame holding the length of a JSON document (8 bytes, little endian), the document, and the
arrays one after another as the document lists them. Vertices are delta-coded, since neighbours lie close together.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import zstandard

from ..domain import alarm_types
from ..domain.category import CaseClass, DutyItem
from ..domain.clock import Limit, LimitKind, WorkCalendar
from ..domain.division import Division, Level
from ..domain.grid import GridTable
from ..domain.person import Person, Role
from ..domain.site import PartyNode, Settings, Site
from ..domain.unit import Circle, Duty, Unit

MAGIC = b"CSSITE1\n"
SIZE_MAX = 256 * 2**20
Array = npt.NDArray[Any]


class BundleError(ValueError):
    """A file that is no site of ours, or a broken one."""


def digest(data: bytes) -> str:
    """The file's SHA-256 in hexadecimal: its address as an attachment."""
    return hashlib.sha256(data).hexdigest()


def encode(site: Site) -> bytes:
    """The site as bytes; the same site gives the same bytes."""
    grids = site.grids
    outline_rings = [np.asarray(r, np.int32) for code in sorted(site.outlines) for r in site.outlines[code]]
    water = [np.asarray(w, np.int32) for w in site.water]
    arrays: dict[str, Array] = {
        "code": np.diff(grids.code, prepend=np.int64(0)),
        "kind": grids.kind,
        "households": grids.households,
        "grid_ring": np.diff(grids.grid_ring).astype(np.int32),
        "ring_size": np.diff(grids.ring_start).astype(np.int32),
        "xy": _delta(grids.xy),
        "outline_size": np.array([len(r) for r in outline_rings], np.int32),
        "outline_xy": _delta(np.concatenate(outline_rings) if outline_rings else np.empty((0, 2), np.int32)),
        "water_size": np.array([len(w) for w in water], np.int32),
        "water_xy": _delta(np.concatenate(water) if water else np.empty((0, 2), np.int32)),
    }
    document = _document(site)
    document["arrays"] = [[name, a.dtype.str, list(a.shape)] for name, a in arrays.items()]
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    body = io.BytesIO()
    body.write(len(text).to_bytes(8, "little"))
    body.write(text)
    for array in arrays.values():
        body.write(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes())
    packed = zstandard.ZstdCompressor(level=19, write_content_size=True, write_checksum=True).compress(body.getvalue())
    return MAGIC + packed


def decode(data: bytes) -> Site:
    """The site of a file's bytes. Raises BundleError for anything that is not whole and ours."""
    if not data.startswith(MAGIC):
        raise BundleError("not a site file")
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data[len(MAGIC) :])
        body = reader.read(SIZE_MAX)
        if reader.read(1):
            raise BundleError("a site file larger than allowed")
        length = int.from_bytes(body[:8], "little")
        document = orjson.loads(body[8 : 8 + length])
        return _site(document, _arrays(document["arrays"], body, 8 + length))
    except BundleError:
        raise
    except (zstandard.ZstdError, ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
        raise BundleError(f"a broken site file: {type(error).__name__} {str(error)[:120]}") from error


def _delta(xy: Array) -> Array:
    return np.diff(xy, axis=0, prepend=np.zeros((1, 2), np.int32)).astype(np.int32)


def _arrays(listing: list[Any], body: bytes, offset: int) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name, kind, shape in listing:
        dtype = np.dtype(kind)
        if dtype.hasobject or dtype.kind not in "iu":
            raise BundleError("an array of a foreign type")
        count = int(np.prod(shape, dtype=np.int64))
        if count < 0 or offset + count * dtype.itemsize > len(body):
            raise BundleError("a site file cut short")
        found[name] = np.frombuffer(body, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
    return found


def _document(site: Site) -> dict[str, Any]:
    settings = site.settings
    return {
        "name": site.name, "version": site.version, "crs": site.crs, "demo": site.demo, "notices": site.notices,
        "divisions": [[d.code, d.name, int(d.level), d.parent, d.urban, d.seat] for _, d in sorted(site.divisions.items())],
        "classes": [[c.id, c.code, c.major, c.minor, c.name, c.kind, c.limit.kind.value, c.limit.amount, c.trade, c.filing,
                     c.closing, c.duty_item, c.share] for _, c in sorted(site.classes.items())],
        "duties": [[d.list, d.number, d.text] for d in site.duties],
        "units": [[u.id, u.name, u.short, u.circle.value, u.trade, u.area, u.capacity, u.phone,
                   [[r.name, r.post, r.days, r.start, r.end, r.reachable] for r in u.roster]]
                  for _, u in sorted(site.units.items())],
        "people": [[p.id, p.account, p.name, p.post, sorted(r.value for r in p.roles), p.area, p.unit]
                   for p in site.people],
        "slots": site.calendar.slots,
        "exceptions": [[d.isoformat(), worked] for d, worked in sorted(site.calendar.exceptions.items())],
        "settings": _settings(settings),
        "workers_l3": "\n".join(site.workers_l3), "group_leaders": "\n".join(site.group_leaders),
        "workers_l2": [[k, v] for k, v in sorted(site.workers_l2.items())],
        "workers_l1": [[k, v] for k, v in sorted(site.workers_l1.items())],
        "party": [[n.grid, n.kind, n.name, n.secretary] for n in site.party],
        "outlines": [[code, len(site.outlines[code])] for code in sorted(site.outlines)],
    }  # fmt: skip


def _settings(settings: Settings) -> dict[str, Any]:
    """The first settings always; later ones where they differ from the default, so that old files stay the same bytes."""
    default = Settings()
    told = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    kept = {n: v for n, v in told.items() if n in _SETTINGS or v != getattr(default, n)}
    if "alarms" in kept:
        kept["alarms"] = alarm_types.plain(settings.alarms)
    return kept | {"area_short": dict(settings.area_short)}


def _read_settings(told: Mapping[str, Any]) -> Settings:
    known = {f.name for f in fields(Settings)}
    values = {name: value for name, value in told.items() if name in known}  # a newer server's are left out
    if "alarms" in values:
        values["alarms"] = alarm_types.parse(values["alarms"])
    if "phrases" in values:
        values["phrases"] = {str(k): tuple(map(str, v)) for k, v in values["phrases"].items()}
    for name in ("no_meeting_days", "no_meeting_weeks"):
        if name in values:
            values[name] = tuple(map(int, values[name]))
    return Settings(**values)


_SETTINGS = (
    "version",
    "intake_minutes",
    "dispatch_minutes",
    "sign_minutes",
    "check_minutes",
    "callback_minutes",
    "near_due_share",
    "near_due_minutes",
)


def _site(doc: Mapping[str, Any], arrays: Mapping[str, Array]) -> Site:
    grids = _grid_table(arrays)
    workers = tuple(doc["workers_l3"].split("\n")) if doc["workers_l3"] else ()
    if len(workers) != len(grids):
        raise BundleError("workers and grids do not match")
    outline_rings = iter(_rings(arrays["outline_size"], arrays["outline_xy"]))
    return Site(
        name=doc["name"], version=doc["version"], crs=doc["crs"], demo=bool(doc["demo"]), notices=tuple(doc["notices"]),
        divisions={d[0]: Division(d[0], d[1], Level(d[2]), d[3], d[4], tuple(d[5]) if d[5] else None)
                   for d in doc["divisions"]},
        grids=grids,
        classes={c[0]: CaseClass(c[0], c[1], c[2], c[3], c[4], c[5], Limit(LimitKind(c[6]), c[7]), *c[8:])
                 for c in doc["classes"]},
        duties=tuple(DutyItem(*d) for d in doc["duties"]),
        units={u[0]: Unit(u[0], u[1], u[2], Circle(u[3]), u[4], u[5], u[6], u[7],
                          tuple(Duty(r[0], r[1], tuple(r[2]), r[3], r[4], r[5]) for r in u[8])) for u in doc["units"]},
        people=_people(doc["people"]),
        calendar=WorkCalendar(tuple((a, b) for a, b in doc["slots"]),
                              {date.fromisoformat(day): bool(worked) for day, worked in doc["exceptions"]}),
        settings=_read_settings(doc["settings"]),
        workers_l3=workers, group_leaders=tuple(doc["group_leaders"].split("\n")),
        workers_l2=dict(doc["workers_l2"]), workers_l1=dict(doc["workers_l1"]),
        party=tuple(PartyNode(*n) for n in doc["party"]),
        outlines={code: tuple(next(outline_rings) for _ in range(count)) for code, count in doc["outlines"]},
        water=tuple(_rings(arrays["water_size"], arrays["water_xy"])),
    )  # fmt: skip


def _people(rows: list[Any]) -> tuple[Person, ...]:
    known: dict[tuple[str, ...], frozenset[Role]] = {}
    made = []
    for number, account, name, post, roles, area, unit in rows:
        key = tuple(roles)
        if key not in known:
            known[key] = frozenset(Role(r) for r in roles)
        made.append(Person(number, account, name, post, known[key], area, unit))
    return tuple(made)


def _grid_table(arrays: Mapping[str, Array]) -> GridTable:
    grid_ring = np.concatenate([[0], np.cumsum(arrays["grid_ring"], dtype=np.int64)]).astype(np.int32)
    ring_start = np.concatenate([[0], np.cumsum(arrays["ring_size"], dtype=np.int64)]).astype(np.int32)
    xy = np.cumsum(arrays["xy"], axis=0, dtype=np.int32)
    code = np.cumsum(arrays["code"], dtype=np.int64)
    if (arrays["grid_ring"] < 1).any() or (arrays["ring_size"] < 3).any() or (np.diff(code) <= 0).any():
        raise BundleError("grids out of order")
    if len(grid_ring) != len(code) + 1 or ring_start[grid_ring[-1]] != len(xy):
        raise BundleError("grids and rings do not match")
    return GridTable(code, arrays["kind"].astype(np.uint8), arrays["households"].astype(np.uint16), grid_ring,
                     ring_start, np.ascontiguousarray(xy))  # fmt: skip


def _rings(sizes: Array, delta: Array) -> list[object]:
    ends = np.cumsum(sizes, dtype=np.int64)
    xy = np.cumsum(delta, axis=0, dtype=np.int32)
    if (len(ends) and int(ends[-1]) != len(xy)) or (sizes < 0).any():
        raise BundleError("outlines and rings do not match")
    return [xy[end - size : end] for end, size in zip(ends, sizes, strict=True)]
