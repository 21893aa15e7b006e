"""Sessions: opaque tokens, stored hashed; sliding expiry; back-off and lock-out for wrong passwords."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from ..domain.person import Actor
from ..domain.site import Site
from ..protocol.problem import ProblemType
from . import audit, feed
from .database import Database, Link
from .identity import Account, Directory
from .problems import Refused
from .scope import Scope, scope_of

FAILS, LOCK_SECONDS = 5, 15 * 60
# One address may try many accounts before it is held back, since an office can share one.
FAILS_ADDRESS = 50
_RENEW = 600


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is asking: the person, what they may see, until when."""

    account: Account
    scope: Scope
    token: bytes
    expires_at: int

    @property
    def actor(self) -> Actor:
        """The person as the rules see them."""
        return self.account.person.actor()


class Sessions:
    """Opens, checks and ends sessions."""

    def __init__(self, database: Database, directory: Directory, site: Site, seconds: int) -> None:
        self._database = database
        self._directory = directory
        self._site = site
        self._seconds = seconds
        self._scopes: dict[Actor, Scope] = {}

    def scope(self, actor: Actor) -> Scope:
        """The scope of a person, computed once."""
        if actor not in self._scopes:
            if len(self._scopes) > 10_000:
                self._scopes.clear()
            self._scopes[actor] = scope_of(actor, self._site)
        return self._scopes[actor]

    def open(self, name: str, password: str, device: str, address: str, now: int) -> tuple[str, Signed]:
        """A new session's token. Raises Refused: 401 for any wrong pair, 429 with the time to wait."""
        keys = (_key("account", name + "\n" + address), _key("address", address))
        with self._database.read() as link:
            wait = max((row[0] - now for key in keys for row in link.all(_UNTIL, (key,))), default=0)
            if wait > 0:
                raise Refused(ProblemType.TOO_MANY, "too many wrong passwords", retry_after=wait)
            account = self._directory.check(link, name, password)
        if account is None:
            self._failed(name, keys, now)
            raise Refused(ProblemType.UNAUTHENTICATED, "account or password is wrong")
        token = secrets.token_urlsafe(32)
        signed = Signed(account, self.scope(account.person.actor()), _hash(token), now + self._seconds)
        with self._database.write() as link:
            link.do("DELETE FROM attempts WHERE key = ?", (keys[0],))
            link.do("DELETE FROM sessions WHERE expires_at < ?", (now,))
            link.do("INSERT INTO sessions(token, person, device, started_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                    (signed.token, account.person.id, device, now, signed.expires_at))  # fmt: skip
            feed.lock(link)
            audit.append(link, now, account.person.id, "sign-in", name, "applied")
        return token, signed

    def _failed(self, name: str, keys: tuple[str, str], now: int) -> None:
        with self._database.write() as link:
            for key, most in zip(keys, (FAILS, FAILS_ADDRESS), strict=True):
                row = link.one(
                    "INSERT INTO attempts(key, fails, until) VALUES (?, 1, 0) "
                    "ON CONFLICT (key) DO UPDATE SET fails = attempts.fails + 1 RETURNING fails",
                    (key,),
                )
                fails = int(row[0]) if row else 1
                link.do("UPDATE attempts SET until = ? WHERE key = ?", (now + pause(fails, most), key))
            feed.lock(link)
            audit.append(link, now, 0, "sign-in", _key("account", name)[:16], "refused")

    def check(self, link: Link, token: str, now: int) -> tuple[Signed, bool]:
        """Who a token belongs to, and whether its expiry should slide. Raises Refused (unauthenticated)."""
        mark = _hash(token)
        row = link.one("SELECT person, expires_at FROM sessions WHERE token = ?", (mark,))
        account = self._directory.get(link, row[0]) if row and row[1] > now else None
        if row is None or account is None:
            raise Refused(ProblemType.UNAUTHENTICATED, "no session")
        signed = Signed(account, self.scope(account.person.actor()), mark, row[1])
        return signed, row[1] - now < self._seconds - _RENEW

    def slide(self, signed: Signed, now: int) -> None:
        """Lets a session that is in use last longer."""
        with self._database.write() as link:
            link.do("UPDATE sessions SET expires_at = ? WHERE token = ?", (now + self._seconds, signed.token))

    def close(self, signed: Signed, now: int) -> None:
        """Ends a session at once."""
        with self._database.write() as link:
            link.do("DELETE FROM sessions WHERE token = ?", (signed.token,))
            feed.lock(link)
            audit.append(link, now, signed.actor.id, "sign-out", "", "applied")


_UNTIL = "SELECT until FROM attempts WHERE key = ?"


def pause(fails: int, most: int) -> int:
    """Seconds to wait after so many wrong passwords: none at first, then doubling, then the lock-out."""
    if fails >= most:
        return LOCK_SECONDS
    return 2 ** (fails - most + 2) if fails > most - 2 else 0


def person_json(signed: Signed) -> dict[str, Any]:
    """The person as they are told about themselves."""
    person = signed.account.person
    return {
        "id": person.id,
        "account": person.account,
        "name": person.name,
        "post": person.post,
        "roles": sorted(r.value for r in person.roles),
        "area": person.area,
        "unit": person.unit,
    }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _key(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
