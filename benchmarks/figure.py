"""One measured figure as a line of JSON."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
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


def say(parts: Iterable[Callable[[], Iterable[Figure]]]) -> None:
    """Prints the figures of each part as they come. A part that fails is told on stderr, and the exit code is 1."""
    failed = False
    for part in parts:
        try:
            for one in part():
                print(json.dumps(one, ensure_ascii=False), flush=True)
        except Exception:  # one figure's failure must not take the others
            traceback.print_exc()
            failed = True
    if failed:
        sys.exit(1)
