"""The `simulate` command: the day or the story, against any server, until told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from ..protocol import bundle
from ..protocol.demo import demo_password
from .calls import Calls, GoneError
from .day import Day
from .story import play_story


def play(url: str, ca: Path | None, speed: float, seed: int, story: bool, quiet: bool) -> int:
    """Plays with the demo's accounts on the site that the server itself serves; 0 when told to stop."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())

    def say(line: str) -> None:
        if not quiet:
            print(line, flush=True)

    calls = Calls(url, ca, demo_password, stop)
    try:
        meta = calls.get("city-operator", "/meta", {})
        site = bundle.decode(calls.bytes("city-operator", f"/attachments/{meta['site']['sha256']}"))
        if story:
            play_story(site, calls, speed * 60 if speed == 1 else speed, stop, say)
        else:
            Day(site, calls, speed, seed, stop, say).run()
    except (GoneError, bundle.BundleError, KeyError) as error:
        print(f"播放停下：{error}", file=sys.stderr)
        return 1
    finally:
        calls.close()
    return 0
