"""What a person sets for this machine: look, language, keys, last server. One small JSON file, written whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

APP = "commandscreen"
QUIET_HOURS = ("", "22-6", "20-7", "12-14")


def data_dir() -> Path:
    """Where replicas, caches and the embedded demo live; `COMMANDSCREEN_HOME` moves all of it."""
    home = os.environ.get("COMMANDSCREEN_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(APP, False))


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences. `scale` is 1.0–1.5; `language` is zh_CN, en or pseudo; `letters_need_alt` turns letter keys off;
    `undo_seconds`, 10–60, is how long a command waits before it leaves;
    `sound_heard` are the alarm levels, such as 123, that a person heard at the sound check of `sound_checked_at` (UTC
    seconds, 0 = never); `quiet_hours` such as 22-6 is when only 特急 goes on sounding."""

    theme: str = "dark"
    high_contrast: bool = False
    scale: float = 1.0
    language: str = "zh_CN"
    reduce_motion: bool = False
    letters_need_alt: bool = False
    undo_seconds: int = 10
    quiet_hours: str = ""
    sound_heard: str = ""
    sound_checked_at: int = 0
    server: str = ""
    account: str = ""

    def checked(self) -> Settings:
        """The same with every value that makes no sense put back to its default."""
        default = Settings()
        return replace(
            self,
            theme=self.theme if self.theme in ("dark", "light") else default.theme,
            scale=min(1.5, max(1.0, self.scale)),
            undo_seconds=min(60, max(10, self.undo_seconds)),
            quiet_hours=self.quiet_hours if self.quiet_hours in QUIET_HOURS else default.quiet_hours,
            language=self.language if self.language in ("zh_CN", "en", "pseudo") else default.language,
        )


def load(folder: Path) -> Settings:
    """The settings in a folder; a missing or broken file gives the defaults, a broken one is kept aside."""
    path = folder / "settings.json"
    try:
        document = json.loads(path.read_text("utf-8"))
        known = {f.name: type(f.default) for f in fields(Settings)}
        values: dict[str, Any] = {k: v for k, v in document.items() if k in known and isinstance(v, known[k])}
        return Settings(**values).checked()
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, TypeError):
        if path.exists():
            path.replace(path.with_suffix(".broken"))
        return Settings()


def save(folder: Path, settings: Settings) -> None:
    """Writes the file whole or not at all. Raises OSError where the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "settings.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), "utf-8")
    draft.replace(path)
