"""One measured figure as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Figure = dict[str, Any]


def figure(name: str, value: float, unit: str, ratio: float | None = None, against: str = "") -> Figure:
    """`ratio` is ours ÷ the limit where `against` is a limit, and peer ÷ ours where it is a peer."""
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "ratio": None if ratio is None else round(ratio, 2),
        "against": against,
    }


def say(figures: Iterable[Figure]) -> None:
    """Prints figures as they come."""
    for one in figures:
        print(json.dumps(one, ensure_ascii=False), flush=True)
