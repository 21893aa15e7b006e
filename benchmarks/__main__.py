"""`make bench`: every figure as one JSON line; each suite in a process of its own. Names choose suites: map queue live …"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SUITES = ("map", "queue", "sync", "server", "start", "live")


def main() -> int:
    """Runs the suites asked for, or all; 1 when one of them failed."""
    wanted = sys.argv[1:] or [s for s in SUITES if (Path(__file__).parent / f"{s}_bench.py").exists()]
    codes = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}_bench"], check=False).returncode for name in wanted
    ]
    return int(any(codes))


sys.exit(main())
