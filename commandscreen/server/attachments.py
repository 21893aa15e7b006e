"""Attachments: pictures named by their SHA-256, kept as files; who may read one, and whether whole, follows from the cases
that name it."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..domain.case import FlowEntry
from ..domain.person import Actor, Role
from ..domain.privacy import picture_is_masked
from ..protocol.problem import ProblemType
from . import mosaic
from .database import Database, Link
from .problems import Refused, bad
from .scope import Scope
from .tables import ENTITY_KEY

LOOK_SECONDS = 12 * 3600  # as long as a session lasts
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


def refer(link: Link, case_id: int, flow: Sequence[FlowEntry], person: int) -> None:
    """Notes which case names the pictures of new lines of its flow. They are given masked only, except those that the
    person took on the spot and handed in: to name somebody else's picture uncovers nothing."""
    named = dict.fromkeys(sha for entry in flow for sha in entry.photos)
    if not named:
        return
    link.many(
        "INSERT INTO attachment_refs(sha256, case_id, masked) VALUES (?, ?, 1) ON CONFLICT DO NOTHING",
        [(sha, case_id) for sha in named],
    )
    clear = dict.fromkeys(sha for entry in flow if not picture_is_masked(entry.post) for sha in entry.photos)
    if clear:
        link.many(
            "UPDATE attachment_refs SET masked = 0 WHERE sha256 = ? AND case_id = ? "
            "AND EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = ? AND a.person = ?)",
            [(sha, case_id, sha, person) for sha in clear],
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A picture as a person may have it: `masked` where only as a mosaic; `private` where no disk but the server's may
    keep it whole."""

    path: Path
    media: str
    masked: bool
    private: bool


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

    def find(self, link: Link, sha256: str, actor: Actor, scope: Scope, now: int) -> Found:
        """A file as this person may have it. Raises Refused (not-found) where it is unknown or no case or record in scope
        names it, and for walls, which show no pictures."""
        row = link.one("SELECT media, person FROM attachments WHERE sha256 = ?", (sha256,))
        named = self._named(link, sha256, scope) if row is not None else ()
        own = row is not None and row[1] == actor.id
        path = self.path(sha256)
        if row is None or not (own or named) or actor.roles == {Role.WALL} or not path.exists():
            raise Refused(ProblemType.NOT_FOUND, "no such attachment")
        hidden = bool(named) and all(named)
        whole = own or not hidden or self._looked(link, sha256, actor.id, now)
        return Found(path, str(row[0]), not whole, hidden)

    def masked(self, sha256: str) -> Path:
        """The picture's mosaic, made the first time it is asked for. Raises Refused where it cannot be decoded."""
        path = self._folder.parent / "masked" / sha256[:2] / f"{sha256}.png"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                mosaic.make(self.path(sha256), path)
            except mosaic.NoPicture as error:
                raise Refused(ProblemType.NOT_FOUND, "the picture cannot be decoded") from error
        return path

    @staticmethod
    def looked(link: Link, sha256: str, person: int, now: int) -> None:
        """Remembers that a person has said why he looks at a picture."""
        link.do(
            "INSERT INTO looks(sha256, person, at) VALUES (?, ?, ?) "
            "ON CONFLICT (sha256, person) DO UPDATE SET at = excluded.at",
            (sha256, person, now),
        )

    @staticmethod
    def _looked(link: Link, sha256: str, person: int, now: int) -> bool:
        row = link.one("SELECT at FROM looks WHERE sha256 = ? AND person = ?", (sha256, person))
        return row is not None and row[0] > now - LOOK_SECONDS

    @staticmethod
    def _named(link: Link, sha256: str, scope: Scope) -> tuple[bool, ...]:
        """For each case or record in scope that names the picture, whether it wants it masked."""
        marks = ",".join("?" * len(scope.keys))
        sql = (
            "SELECT DISTINCT r.masked FROM attachment_refs r JOIN bucket_changes b ON b.id = r.case_id "
            f"AND b.entity IN (?, ?) AND b.present = 1 AND b.bucket IN ({marks}) WHERE r.sha256 = ?"
        )
        return tuple(bool(row[0]) for row in link.all(sql, (*_ENTITIES, *scope.keys, sha256)))
