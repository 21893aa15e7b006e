"""The site's bundle as clients fetch it: one content-addressed file beside the pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.site import Site


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Where the bundle lies and what `/v1/meta` says of it; no path where a site exists in memory only."""

    path: Path | None
    sha256: str
    meta: dict[str, Any]

    @staticmethod
    def of(site: Site, path: Path | None) -> SiteFile:
        """Reads the file once for its hash."""
        data = path.read_bytes() if path else b""
        sha256 = hashlib.sha256(data).hexdigest() if path else ""
        return SiteFile(path, sha256, {"name": site.name, "version": site.version, "sha256": sha256,
                                       "bytes": len(data), "demo": site.demo})  # fmt: skip
