"""The units a line of the flow names: whom a case was sent to then. The case itself says only who leads it now. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .case import FlowEntry
from .workflow import Kind

_CODE = re.compile(r"#(\d+(?:,\d+)*)(?: |$)")
_SENDING = frozenset({Kind.DISPATCH.value, Kind.REROUTE.value, Kind.RULE.value})


def sent_to(lead: int, assists: Sequence[int] = ()) -> str:
    """The code a line of a 派遣 or 改派 begins with: the lead first, then who assists."""
    return "#" + ",".join(map(str, (lead, *assists)))


def split(text: str) -> tuple[tuple[int, ...], str]:
    """The units a line's text names, and what else it says; none where it was written before lines named any."""
    found = _CODE.match(text)
    return (tuple(map(int, found[1].split(","))), text[found.end() :]) if found else ((), text)


def is_last_sending(entry: FlowEntry, flow: Sequence[FlowEntry]) -> bool:
    """Whether nobody sent the case elsewhere after this line: then the case's own lead is whom it was sent to."""
    return next((line for line in reversed(flow) if line.kind in _SENDING), None) is entry
