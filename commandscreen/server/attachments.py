"""Attachments: pictures named by their SHA-256, kept as files; who may read one follows from the cases that name it."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from ..protocol.problem import ProblemType
from .database import Database, Link
from .problems import Refused, bad
from .scope import Scope
from .tables import ENTITY_KEY

NAME = re.compile(r"[0-9a-f]{64}")
_ENTITIES = (ENTITY_KEY["case"], ENTITY_KEY["record"])


def media_of(data: bytes) -> str:
    """The media type by the first bytes, or nothing for what is not taken: SVG and all else."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return ""


class Attachments:
    """The folder of files and their table."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where a file lies; two letters of folder, so that none grows too long."""
        return self._folder / sha256[:2] / sha256

    def keep(self, sha256: str, data: bytes, person: int, now: int) -> str:
        """Stores a file; its media type. Raises Refused: wrong hash, not a picture. The same file twice is fine."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise bad("the body's SHA-256 is another one")
        media = media_of(data)
        if not media:
            raise Refused(ProblemType.UNSUPPORTED_MEDIA, "JPEG, PNG or WebP pictures only")
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{sha256}.{secrets.token_hex(4)}")
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        with self._database.write() as link:
            link.do(
                "INSERT INTO attachments(sha256, media, size, person, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (sha256, media, len(data), person, now),
            )
        return media

    def find(self, link: Link, sha256: str, person: int, scope: Scope) -> tuple[Path, str]:
        """File and media type. Raises Refused (not-found) where it is unknown or no case or record in scope names it."""
        row = link.one("SELECT media, person FROM attachments WHERE sha256 = ?", (sha256,))
        if row is None or (row[1] != person and not self._named(link, sha256, scope)):
            raise Refused(ProblemType.NOT_FOUND, "no such attachment")
        path = self.path(sha256)
        if not path.exists():
            raise Refused(ProblemType.NOT_FOUND, "no such attachment")
        return path, str(row[0])

    @staticmethod
    def _named(link: Link, sha256: str, scope: Scope) -> bool:
        marks = ",".join("?" * len(scope.keys))
        sql = (
            "SELECT 1 FROM attachment_refs r JOIN bucket_changes b ON b.id = r.case_id AND b.entity IN (?, ?) "
            f"AND b.present = 1 AND b.bucket IN ({marks}) WHERE r.sha256 = ? LIMIT 1"
        )
        return link.one(sql, (*_ENTITIES, *scope.keys, sha256)) is not None
