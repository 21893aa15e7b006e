"""`make bench`: every figure as one JSON line; each suite in a process of its own. Names choose suites: map queue live …

A suite that fails or takes too long is told on stderr and the others run. The exit code is 0 when every figure of the
suites asked for was printed and nothing failed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

# Each suite's figures and the seconds after which it is ended: four times what it takes on two quiet cores.
SUITES: dict[str, tuple[int, tuple[str, ...]]] = {
    "map": (900, ("map.recolour_1000", "map.recolour_1000_4k", "map.pan_p95", "map.pan_p95_4k", "map.zoom_p95",
                  "map.zoom_p95_4k", "map.missed", "map.missed_4k", "map.first", "map.pick", "map.alarms_visible",
                  "map.memory")),
    "queue": (1500, ("queue.open", "queue.scroll", "queue.scroll_4k", "queue.fling_p95_4k", "queue.middle",
                     "queue.resort", "queue.filter", "queue.search")),
    "sync": (1800, ("sync.feed", "sync.snapshot", "sync.city")),
    "server": (300, ("server.commands", "server.feed_pages")),
    "start": (600, ("start.window", "start.ready")),
    "live": (1500, ("live.missed", "live.event_to_pixel", "live.during_sync", "memory.operator", "memory.growth")),
}  # fmt: skip


def main() -> int:
    """Runs the suites asked for, or all; 1 when one of them failed, 2 for a name that is none."""
    wanted = sys.argv[1:] or list(SUITES)
    unknown = [name for name in wanted if name not in SUITES]
    if unknown:
        _tell(f"no such suite: {' '.join(unknown)}; there are {' '.join(SUITES)}")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a suite under way is ended, too
    ran = [_ran(name) for name in wanted]
    return int(not all(ran))


def _ran(name: str) -> bool:
    """Whether a suite printed all its figures and ended well."""
    seconds, names = SUITES[name]
    start, told = time.monotonic(), set()
    command = [sys.executable, "-m", f"benchmarks.{name}_bench"]
    # A session of its own: what it has started is ended with it.
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent, start_new_session=True)
    watch = threading.Timer(seconds, _end, [child])
    watch.start()
    try:
        for line in child.stdout or ():
            print(line.decode().rstrip("\n"), flush=True)
            told.add(json.loads(line)["name"])
        code = child.wait()
    finally:
        watch.cancel()
        _end(child)
    took = time.monotonic() - start
    _tell(f"{name} took {took:.0f} s" + (f" and was ended after {seconds} s" if took >= seconds else ""))
    missing = [one for one in names if one not in told]
    if missing:
        _tell(f"{name} gave no {', '.join(missing)}")
    if code:
        _tell(f"{name} failed with exit code {code}")
    return not code and not missing


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it may have ended, and all it had started
        os.killpg(child.pid, signal.SIGKILL)


def _tell(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
