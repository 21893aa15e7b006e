"""A picture as a mosaic, made in a process of its own: `python -m commandscreen.server.mosaic SOURCE TARGET`.

Other people's files are decoded nowhere else on the server. The process has little memory and little time, looks at the
size before it decodes, and writes a PNG of flat blocks: what happened is still seen, who and which car is not.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

BLOCKS, SIDE = 32, 640  # blocks along the longer side, and its pixels
PIXELS_MAX = 64_000_000
MEMORY_MAX, SECONDS = 1 << 30, 20


class NoPicture(ValueError):
    """The file is no picture that can be shown."""


def make(source: Path, target: Path) -> None:
    """Writes the mosaic of `source` to `target`. Raises NoPicture."""
    command = [sys.executable, "-m", __name__, str(source.absolute()), str(target.absolute())]
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(  # noqa: S603  (this interpreter, our own module, two paths)
            command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoPicture("took too long") from error
    if done.returncode:
        raise NoPicture(done.stderr.decode(errors="replace")[-200:])


def _bound() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _main(source: Path, target: Path) -> None:
    from PIL import Image

    _bound()
    Image.MAX_IMAGE_PIXELS = None  # the size is checked here
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as image:
        if image.width * image.height > PIXELS_MAX:
            raise NoPicture("too many pixels")
        longer = max(image.size)
        width, height = (max(1, round(side * BLOCKS / longer)) for side in image.size)
        image.draft("RGB", (width * 8, height * 8))
        small = image.convert("RGB").resize((width, height), Image.Resampling.BOX)
    scale = SIDE // BLOCKS
    draft = target.with_name(target.name + ".new")
    small.resize((width * scale, height * scale), Image.Resampling.NEAREST).save(draft, "PNG", optimize=True)
    draft.replace(target)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
