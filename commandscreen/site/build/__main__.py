"""Builds the demo city: `python -m commandscreen.site.build [OUT]`; prints what it counts and the file's SHA-256."""

import sys
from pathlib import Path

from ...protocol import bundle
from .city import build

ROOT = Path(__file__).parents[3] / "resources" / "site"


def main() -> None:
    """Writes the file whole or not at all."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "anshan.site"
    site = build(ROOT / "source", say=print)
    data = bundle.encode(site)
    draft = out.with_suffix(".new")
    draft.write_bytes(data)
    draft.replace(out)
    print(f"{len(site.grids)} grids, {len(site.people)} accounts, {len(site.units)} units, {len(data)} bytes")
    print(bundle.digest(data))


main()
