"""Counters for whoever runs the server, in Prometheus' text form. Written from the event loop and workers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Requests by route and status, their times, and commands by status. No personal data goes in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times: Counter[float] = Counter()
        self._seconds = 0.0
        self._count = 0
        self._commands: Counter[str] = Counter()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts an answer; `route` is the template, never the path as it came."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds += seconds
            self._count += 1
            for bound in _BOUNDS:
                if seconds <= bound:
                    self._times[bound] += 1

    def command(self, status: str) -> None:
        """Counts one command's answer."""
        with self._lock:
            self._commands[status] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """The page, with some values of the moment."""
        with self._lock:
            lines = ["# TYPE commandscreen_requests_total counter"]
            lines += [
                f'commandscreen_requests_total{{method="{m}",route="{r}",status="{s}"}} {n}'
                for (m, r, s), n in sorted(self._requests.items())
            ]
            lines.append("# TYPE commandscreen_request_seconds histogram")
            lines += [f'commandscreen_request_seconds_bucket{{le="{b}"}} {self._times[b]}' for b in _BOUNDS]
            lines.append(f'commandscreen_request_seconds_bucket{{le="+Inf"}} {self._count}')
            lines.append(f"commandscreen_request_seconds_sum {self._seconds:.6f}")
            lines.append(f"commandscreen_request_seconds_count {self._count}")
            lines.append("# TYPE commandscreen_commands_total counter")
            lines += [f'commandscreen_commands_total{{status="{s}"}} {n}' for s, n in sorted(self._commands.items())]
        for name, value in gauges.items():
            lines += [f"# TYPE commandscreen_{name} gauge", f"commandscreen_{name} {value:g}"]
        return "\n".join(lines) + "\n"
