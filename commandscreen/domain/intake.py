"""What is written down when somebody reports something: checked before it becomes a command. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .arguments import NAME_MAX, PHONE_MAX, PHOTOS_MAX, PLACE_MAX, TEXT_MAX, TITLE_MAX
from .case import Case, Source, State
from .division import contains
from .person import Actor
from .privacy import clean
from .site import Site
from .workflow import EDGES, Kind

# Who takes down what others report; a machine reports what it sees by itself.
SOURCES = (Source.HOTLINE, Source.SINGLE_WINDOW, Source.PARTY_GOV, Source.MASS_ORG, Source.MEDIA, Source.GRID_APP)
MAY_REPORT = frozenset(role for edge in EDGES if edge.kind is Kind.REPORT for role in edge.roles)
_PHONE = re.compile(r"\+?(\d{3,4}-)?\d{7,15}(-\d{1,6})?")  # area code, number, extension
_MOBILE = re.compile(r"1[3-9]\d+")


class Fault(StrEnum):
    """What is wrong with a field; views put the codes into words."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    OUTSIDE = "outside"  # the grid lies outside the person's area
    NO_PHONE = "no-phone"
    NO_MOBILE = "no-mobile"
    TOO_MANY = "too-many"
    NOT_YOURS = "not-yours"  # the person's post reports nothing


_MOST = {"place": PLACE_MAX, "title": TITLE_MAX, "text": TEXT_MAX, "reporter": NAME_MAX, "phone": PHONE_MAX}


@dataclass(frozen=True, slots=True)
class Intake:
    """A form as it stands. `grid` is a 16-digit code, `photos` SHA-256 addresses."""

    source: Source = Source.HOTLINE
    class_id: int = 0
    grid: int = 0
    place: str = ""
    title: str = ""
    text: str = ""
    reporter: str = ""
    phone: str = ""
    photos: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was written down; a channel alone says nothing."""
        return replace(self, source=Source.HOTLINE) == Intake()

    def named(self, site: Site | None) -> str:
        """The title; where none was written, the place and the class's name."""
        kind = site.classes.get(self.class_id) if site else None
        return clean(self.title, TITLE_MAX) or clean(f"{self.place}{kind.name if kind else ''}", TITLE_MAX)

    def args(self, site: Site) -> dict[str, Any]:
        """The arguments of the command `report`."""
        return {
            "source": self.source.value, "class_id": self.class_id, "grid": self.grid,
            "place": clean(self.place, PLACE_MAX), "title": self.named(site), "text": clean(self.text, TEXT_MAX, lines=True),
            "reporter": clean(self.reporter, NAME_MAX), "phone": dialled(self.phone), "photos": list(self.photos),
        }  # fmt: skip

    def faults(self, site: Site, actor: Actor) -> Mapping[str, Fault]:
        """What keeps it from being handed in, by field. Without faults, `decide` takes the command."""
        found: dict[str, Fault] = {}
        if not actor.roles & MAY_REPORT:
            found["source"] = Fault.NOT_YOURS
        if self.class_id not in site.classes:
            found["class_id"] = Fault.MISSING
        if site.grids.index(self.grid) < 0:
            found["grid"] = Fault.MISSING
        elif not contains(actor.area, self.grid):
            found["grid"] = Fault.OUTSIDE
        for name, most in _MOST.items():
            if len(getattr(self, name)) > most:
                found[name] = Fault.TOO_LONG
        if not clean(self.place, PLACE_MAX):
            found["place"] = Fault.MISSING
        phone = dialled(self.phone)
        if phone and not _PHONE.fullmatch(phone):
            found.setdefault("phone", Fault.NO_PHONE)
        elif _MOBILE.fullmatch(phone) and len(phone) > 8 and len(phone) != 11:
            found.setdefault("phone", Fault.NO_MOBILE)
        if len(self.photos) > PHOTOS_MAX:
            found["photos"] = Fault.TOO_MANY
        return found

    def trial(self, site: Site | None, now: int) -> Case:
        """A case to compare others with; its id is 0."""
        return Case(0, 1, "", State.REPORTED, self.source, self.class_id, self.named(site), self.text, self.place, self.grid,
                    self.grid // 10**7, reported_at=now)  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """As the draft is kept."""
        return {"source": self.source.value, "class_id": self.class_id, "grid": self.grid, "place": self.place,
                "title": self.title, "text": self.text, "reporter": self.reporter, "phone": self.phone,
                "photos": list(self.photos)}  # fmt: skip


def dialled(phone: str) -> str:
    """A phone number without blanks, brackets and dots; the dash before an extension stays."""
    return re.sub(r"[\s()（）.·]", "", clean(phone, PHONE_MAX).translate(_WIDE))


def whole_number(phone: str) -> str:
    """A caller's number however it was written, +86 and the dash after an area code left out; empty for what is none."""
    number = re.sub(r"^(0\d{2,3})-", r"\1", dialled(phone).removeprefix("+86"))
    return number if _PHONE.fullmatch(number) else ""


_WIDE = str.maketrans("０１２３４５６７８９＋－—–", "0123456789+---")


def from_json(value: Mapping[str, Any]) -> Intake:
    """A draft as it was kept, or the arguments of a report; what cannot be read is left empty."""

    def number(name: str) -> int:
        found = value.get(name)
        return found if type(found) is int and 0 <= found < 2**53 else 0

    def text(name: str) -> str:
        found = value.get(name)
        return found[: _MOST[name]] if isinstance(found, str) else ""

    try:
        source = Source(str(value.get("source")))
    except ValueError:
        source = Source.HOTLINE
    given = value.get("photos")
    photos = (
        tuple(p for p in given if isinstance(p, str) and re.fullmatch(r"[0-9a-f]{64}", p))
        if isinstance(given, list)
        else ()
    )
    return Intake(source, number("class_id"), number("grid"), text("place"), text("title"), text("text"), text("reporter"),
                  text("phone"), photos[:PHOTOS_MAX])  # fmt: skip
