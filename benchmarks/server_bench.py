"""The server: durable, audited commands by eight clients on SQLite, and pages of the feed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from benchmarks.figure import Figure, figure, say
from commandscreen.embedded import Embedded
from commandscreen.protocol.demo import demo_password
from commandscreen.site.folder import demo_path, load

SECONDS = 6.0
CURSOR = re.compile(rb'"cursor":(\d+),"more":true')
CLIENT = """
import sys, time, uuid, requests
url, token, grid, kind, seconds = sys.argv[1:]
http = requests.Session(); http.headers["Authorization"] = "Bearer " + token
end = time.monotonic() + float(seconds); done = 0
while time.monotonic() < end:
    batch = [{"id": str(uuid.uuid4()), "kind": "report", "case_id": 0, "base": 0, "client_time": 0, "args": {
        "source": "hotline", "title": "路灯不亮", "place": "32栋", "grid": int(grid), "class_id": int(kind)}} for _ in range(20)]
    answer = http.post(url + "/v1/commands", json=batch, timeout=60); answer.raise_for_status()
    done += sum(r["status"] == "applied" for r in answer.json())
print(done)
"""


def run() -> Iterator[Figure]:
    """Starts a server process of its own on a temporary database."""
    site = load(demo_path())
    with tempfile.TemporaryDirectory() as home:
        server = Embedded(Path(home), 30_000, lambda _: None)
        url = server.start()
        try:
            body = {"account": "city-hotline", "password": demo_password("city-hotline")}
            token = requests.post(url + "/v1/sessions", json=body, timeout=30).json()["token"]
            grid, kind = str(int(site.grids.code[0])), str(next(iter(site.classes)))
            clients = [
                subprocess.Popen(
                    [sys.executable, "-c", CLIENT, url, token, grid, kind, str(SECONDS)], stdout=subprocess.PIPE
                )
                for _ in range(8)
            ]
            done = sum(int(c.communicate()[0]) for c in clients)
            yield figure("server.commands", done / SECONDS, "commands/s")
            body = {"account": "city-operator", "password": demo_password("city-operator")}
            token = requests.post(url + "/v1/sessions", json=body, timeout=30).json()["token"]
            counts: list[int] = []

            def pull() -> None:
                http = requests.Session()
                http.headers["Authorization"] = "Bearer " + token
                end, cursor, pages = time.monotonic() + SECONDS, 0, 0
                while time.monotonic() < end:
                    page = http.get(url + "/v1/changes", params={"cursor": cursor, "limit": 500}, timeout=60)
                    page.raise_for_status()
                    # Not parsed: the client must not take the processor from the server it measures.
                    told = CURSOR.search(page.content, max(0, len(page.content) - 20_000))
                    if told is None or page.content.count(b'"op":"put"') < 400:
                        raise RuntimeError("not a full page")
                    cursor = int(told[1]) if pages % 50 != 49 else 0
                    pages += 1
                counts.append(pages)

            threads = [threading.Thread(target=pull) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            yield figure(
                "server.feed_pages", sum(counts) / SECONDS, "pages of up to 500 rows/s, two Python clients beside it"
            )
        finally:
            server.stop()


if __name__ == "__main__":
    say([run])
