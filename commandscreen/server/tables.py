"""The server's own tables. Migrations make them; a test keeps this module and the migrations equal.

Buckets and entities are whole numbers here (`bucket_key`, `ENTITY_KEY`): the feed of a city is millions of lines.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from ..protocol.rows import CASE, CITY_BUCKET, RECORD, TALLY
from ..protocol.tables import case_table, record_indexes, record_table, tally_table

metadata = MetaData()

ENTITY_KEY = {CASE: 1, TALLY: 2, RECORD: 3}
ENTITY_NAME = {number: name for name, number in ENTITY_KEY.items()}

cases = case_table(metadata)
tallies = tally_table(metadata)
records = record_table(metadata)
record_indexes(records)


def _text(name: str, key: bool = False, empty: bool = False) -> Column[str]:
    return Column(name, Text(), primary_key=key, nullable=empty)


def _number(name: str, key: bool = False) -> Column[int]:
    return Column(name, BigInteger(), primary_key=key, autoincrement=False, nullable=False)


# The life of the data: epoch, floor of the feed, what was loaded.
facts = Table("facts", metadata, _text("name", True), _text("value"))

# The feed: the latest change of each row in each bucket it is or was in. seq order is commit order.
bucket_changes = Table(
    "bucket_changes",
    metadata,
    _number("bucket", True),
    Column("entity", Integer(), primary_key=True, autoincrement=False, nullable=False),
    _number("id", True),
    _number("seq"),
    Column("present", Integer(), nullable=False),
    sqlite_with_rowid=False,
)
Index("bucket_changes_bucket_seq", bucket_changes.c.bucket, bucket_changes.c.seq)
Index("bucket_changes_seq", bucket_changes.c.seq, unique=True)

# Numbers handed out: seq (SQLite only, PostgreSQL has a sequence), case, and serials per township and day.
counters = Table("counters", metadata, _text("name", True), _number("value"))

# Which seq the feed had reached at which time, for compaction by age.
feed_marks = Table("feed_marks", metadata, _number("at", True), _number("seq"))

# sum is the digest's 64-bit sum as a signed number.
bucket_digests = Table("bucket_digests", metadata, _number("bucket", True), _number("count"), _number("sum"))

# Personal data of those who report; it never leaves the server. `caller` is the number's keyed digest, or empty.
contacts = Table(
    "contacts",
    metadata,
    _number("case_id", True),
    _text("reporter"),
    _text("phone"),
    Column("caller", Text(), nullable=False, server_default=""),
)
Index("contacts_caller", contacts.c.caller)

# Every command ever decided, with its answer: the idempotency keys, kept for good.
commands = Table(
    "commands",
    metadata,
    _text("id", True),
    _number("person"),
    _number("case_id"),
    _number("at"),
    Column("body", LargeBinary(), nullable=False),
    _text("answer"),
)

audit = Table(
    "audit",
    metadata,
    _number("n", True),
    _number("at"),
    _number("person"),
    _text("action"),
    _text("subject"),
    _text("outcome"),
    Column("hash", LargeBinary(), nullable=False),
)

people = Table(
    "people",
    metadata,
    _number("id", True),
    Column("account", Text(), nullable=False, unique=True),
    _text("name"),
    _text("post"),
    _text("roles"),
    _number("area"),
    _number("unit"),
    _text("password"),
    Column("must_change", Integer(), nullable=False),
    Column("disabled", Integer(), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", LargeBinary(), primary_key=True, nullable=False),
    _number("person"),
    _text("device"),
    _number("started_at"),
    _number("expires_at"),
)
Index("sessions_person", sessions.c.person)

# Failed sign-ins by account and address, hashed.
attempts = Table("attempts", metadata, _text("key", True), _number("fails"), _number("until"))

attachments = Table(
    "attachments", metadata, _text("sha256", True), _text("media"), _number("size"), _number("person"), _number("at")
)

# Which case or record names a picture; `masked` where nobody on the spot took it, so that it is given masked only.
attachment_refs = Table(
    "attachment_refs",
    metadata,
    _text("sha256", True),
    _number("case_id", True),
    Column("masked", Integer(), nullable=False, server_default="0"),
)

# Who has said why he looks at a masked picture, and when last; the reasons are in the audit log.
looks = Table("looks", metadata, _text("sha256", True), _number("person", True), _number("at"))


# A township's bucket and those of counties and the city, by the length of their names.
_DIGITS = {"t": (10,), "a": (5, 7)}


def bucket_key(bucket: str) -> int:
    """The number of a bucket: 0 for the public totals, a division's code, a unit's id below zero. Raises ValueError."""
    if bucket == CITY_BUCKET:
        return 0
    if bucket[:1] not in ("t", "a", "u") or not bucket[1:].isascii() or not bucket[1:].isdigit() or len(bucket) > 13:
        raise ValueError("not a bucket")
    number = int(bucket[1:])
    if len(bucket) in _DIGITS.get(bucket[0], ()):
        return number
    if bucket[0] == "u" and number > 0:
        return -number
    raise ValueError("not a bucket")


def bucket_name(key: int) -> str:
    """The bucket of a number."""
    if key > 0:
        return f"t{key}" if len(str(key)) == 9 else f"a{key}"
    return f"u{-key}" if key else CITY_BUCKET


def signed(value: int) -> int:
    """A 64-bit sum as databases hold it."""
    return value - 2**64 if value >= 2**63 else value


def unsigned(value: int) -> int:
    """A stored sum as the digest counts it."""
    return value & (2**64 - 1)
