"""People: where accounts are kept, how passwords are checked, how the first administrator comes to be."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import argon2
import orjson

from ..domain.person import POSTS, Person, Role
from ..domain.privacy import clean
from ..domain.site import Site
from ..protocol.demo import demo_password
from . import audit, feed
from .database import Database, Link
from .problems import bad

PASSWORD_MIN, PASSWORD_MAX, ACCOUNT_MAX = 10, 200, 64
# Parameters of docs/server.md: 19 MiB, two rounds, one lane.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_ONE_TIME = "sha256$"


@dataclass(frozen=True, slots=True)
class Account:
    """A person with what signing in needs. `must_change`: the password was for one time."""

    person: Person
    must_change: bool = False


class Directory(Protocol):
    """Where people are looked up."""

    def get(self, link: Link, person_id: int) -> Account | None:
        """The account of an id, unless it is gone or disabled."""
        ...

    def check(self, link: Link, account: str, password: str) -> Account | None:
        """The account whose password this is, or None, in the same time either way."""
        ...


class DemoDirectory:
    """The demo site's people with their derived passwords; nothing is stored."""

    def __init__(self, site: Site) -> None:
        self._by_id = {p.id: Account(p) for p in site.people}
        self._by_account = {p.account: Account(p) for p in site.people}

    def get(self, link: Link, person_id: int) -> Account | None:
        """See Directory."""
        return self._by_id.get(person_id)

    def check(self, link: Link, account: str, password: str) -> Account | None:
        """See Directory."""
        right = hmac.compare_digest(password.encode(), demo_password(account).encode())
        return self._by_account.get(account) if right else None


class AccountDirectory:
    """The people table of a real server."""

    def __init__(self) -> None:
        # Someone to check against when the account does not exist, so that both answers take the same time.
        self._nobody = hash_password(secrets.token_hex(16))

    def get(self, link: Link, person_id: int) -> Account | None:
        """See Directory."""
        return _account(link.one(f"{_SELECT} WHERE id = ? AND disabled = 0", (person_id,)))

    def check(self, link: Link, account: str, password: str) -> Account | None:
        """See Directory."""
        row = link.one(f"{_SELECT} WHERE account = ? AND disabled = 0", (account,))
        right = verify(str(row[7]) if row else self._nobody, password)
        return _account(row) if right and row else None


_SELECT = "SELECT id, account, name, post, roles, area, unit, password, must_change FROM people"


def _account(row: tuple[Any, ...] | None) -> Account | None:
    if row is None:
        return None
    roles = frozenset(Role(r) for r in orjson.loads(row[4]))
    return Account(Person(row[0], row[1], row[2], row[3], roles, row[5], row[6]), bool(row[8]))


def hash_password(password: str) -> str:
    """The argon2id hash of a password a person chose."""
    return _HASHER.hash(password)


def verify(stored: str, password: str) -> bool:
    """Whether a password fits what is stored."""
    if stored.startswith(_ONE_TIME):
        return hmac.compare_digest(stored, _one_time(password))
    try:
        return _HASHER.verify(stored, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _one_time(password: str) -> str:
    # 100 random bits need no slow hash; thousands of people are imported in one go.
    return _ONE_TIME + hashlib.sha256(password.encode()).hexdigest()


def check_new_password(password: object) -> str:
    """A password fit to be set. Raises Refused: too short, too long, one character over and over."""
    if not isinstance(password, str) or not PASSWORD_MIN <= len(password) <= PASSWORD_MAX or len(set(password)) < 4:
        raise bad(f"a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters, at least four different ones")
    return password


def set_password(link: Link, person_id: int, password: str) -> None:
    """Replaces a person's password and ends their sessions."""
    link.do("UPDATE people SET password = ?, must_change = 0 WHERE id = ?", (hash_password(password), person_id))
    link.do("DELETE FROM sessions WHERE person = ?", (person_id,))


def setup_code(database: Database) -> str | None:
    """A new one-time code for the first administrator, or None where people exist. Only its hash is stored."""
    with database.write() as link:
        if link.one("SELECT id FROM people LIMIT 1"):
            return None
        code = "-".join(secrets.token_hex(2) for _ in range(5))
        link.do(
            "INSERT INTO facts(name, value) VALUES ('setup', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (hashlib.sha256(code.encode()).hexdigest(),),
        )
        return code


def make_first_admin(link: Link, site: Site, code: str, account: str, name: str, password: str, now: int) -> bool:
    """Makes the first administrator and voids the code; False where the code is wrong or was used."""
    feed.lock(link)
    row = link.one("SELECT value FROM facts WHERE name = 'setup'")
    given = hashlib.sha256(code.encode()).hexdigest()
    if row is None or not hmac.compare_digest(str(row[0]), given) or link.one("SELECT id FROM people LIMIT 1"):
        return False
    person = Person(1, account, name, "系统管理员", frozenset({Role.ADMIN}), site.city.code)
    _insert(link, person, hash_password(password), must_change=False)
    link.do("DELETE FROM facts WHERE name = 'setup'")
    audit.append(link, now, 1, "setup", account, "applied")
    return True


def add_people(link: Link, people: Sequence[Person], by: int, now: int) -> list[dict[str, str]]:
    """Adds accounts with one-time passwords, and gives these back; accounts that exist stay as they are."""
    feed.lock(link)
    known = {row[0] for row in link.all("SELECT account FROM people")}
    row = link.one("SELECT max(id) FROM people")
    number = int(row[0] or 0) if row else 0
    made = []
    for person in people:
        if person.account in known:
            continue
        known.add(person.account)
        number += 1
        password = "-".join(secrets.token_hex(3) for _ in range(4)) + secrets.token_hex(1)
        fresh = Person(number, person.account, person.name, person.post, person.roles, person.area, person.unit)
        _insert(link, fresh, _one_time(password), must_change=True)
        made.append({"account": person.account, "name": person.name, "password": password})
    audit.append(link, now, by, "people", str(len(made)), "applied")
    return made


def _insert(link: Link, person: Person, password: str, must_change: bool) -> None:
    roles = orjson.dumps(sorted(r.value for r in person.roles)).decode()
    link.do(
        "INSERT INTO people(id, account, name, post, roles, area, unit, password, must_change, disabled) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (
            person.id,
            person.account,
            person.name,
            person.post,
            roles,
            person.area,
            person.unit,
            password,
            int(must_change),
        ),
    )


def parse_person(value: object, site: Site) -> Person:
    """A person of a request body. Raises Refused with what is wrong."""
    if not isinstance(value, dict):
        raise bad("a person is an object")
    account, name = parse_account(value.get("account")), value.get("name")
    if not isinstance(name, str) or not clean(name, 40):
        raise bad("name must be text")
    try:
        roles = frozenset(Role(r) for r in value.get("roles", []))
    except (ValueError, TypeError):
        raise bad("roles must be known roles") from None
    if not roles <= POSTS:  # the server's own role: its commands by time are nobody's to give
        raise bad("roles must be posts that people hold")
    area, unit = value.get("area"), value.get("unit", 0)
    if not roles or type(area) is not int or area not in site.divisions:
        raise bad("a person needs a role, and an area of the site")
    if type(unit) is not int or (unit and unit not in site.units):
        raise bad("unit must be a unit of the site")
    post = value.get("post", "")
    return Person(0, account, clean(name, 40), clean(post, 40) if isinstance(post, str) else "", roles, area, unit)


def parse_account(value: object) -> str:
    """An account name: printable, without spaces. Raises Refused."""
    if not isinstance(value, str) or not 0 < len(value) <= ACCOUNT_MAX or not value.isprintable() or " " in value:
        raise bad(f"account must be 1 to {ACCOUNT_MAX} characters without spaces")
    return value
