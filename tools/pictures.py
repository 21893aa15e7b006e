"""Makes the README's pictures anew from the product: one session, many views. `python -m tools.pictures [FOLDER]`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Runs in a data folder of its own, so that nobody's settings show."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/pictures")
    from commandscreen.picture import Wanted, portray
    from commandscreen.settings import Settings

    wide, small = (1920, 1080), (1366, 768)
    wanted = [
        Wanted("operator", folder / "operator-dark-1920.png", wide),
        Wanted("case", folder / "case-dark-1920.png", wide),
        Wanted("palette", folder / "palette-dark-1920.png", wide),
        Wanted("operator", folder / "operator-dark-1366.png", small),
        Wanted("operator", folder / "operator-light-1920.png", wide, theme="light"),
        Wanted("operator", folder / "operator-en-1920.png", wide, theme="dark", language="en"),
        Wanted("login", folder / "login-dark.png", (1366, 768), language="zh_CN"),
    ]
    chair = [
        Wanted("meeting", folder / "meeting-dark-1920.png", wide),
        Wanted("meeting", folder / "meeting-light-1366.png", small, theme="light"),
        Wanted("meeting", folder / "meeting-en-1920.png", wide, theme="dark", language="en"),
    ]
    with tempfile.TemporaryDirectory() as home:
        code = portray(Path(home), Settings(reduce_motion=True), None, None, wanted)
    with tempfile.TemporaryDirectory() as home:
        return portray(Path(home), Settings(reduce_motion=True, account="city-head"), None, None, chair) or code


if __name__ == "__main__":
    sys.exit(main())
