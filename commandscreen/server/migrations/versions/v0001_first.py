"""The first tables. Column lists are copied, not imported: a migration never changes after its release."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_CASE = (
    "id:int ver:int number:text state:text stage:text source:text class_id:int title:text body:text place:text "
    "grid:int township:int reporter:text phone:text lead:int assists:text handler:text reported_at:int filed_at:int "
    "dispatched_at:int signed_at:int responded_at:int fed_back_at:int checked_at:int closed_at:int handle_limit:text "
    "handle_due:int handle_left:int due_at:int due_from:int amber_at:int due_what:text urges:int returns:int "
    "reworks:int extensions:int duplicates:int photos:int satisfaction:int late:int changed_at:int flow:text"
)
_TALLY = "id:int ver:int accepted:int closed:int late:int called_back:int satisfied:int"
_KINDS = {"int": sa.BigInteger, "small": sa.Integer, "text": sa.Text, "bytes": sa.LargeBinary}


def _table(name: str, columns: str, keys: str = "id", unique: str = "", **options: Any) -> None:
    made: list[sa.Column[object]] = []
    for column in columns.split():
        title, _, kind = column.partition(":")
        made.append(
            sa.Column(title, _KINDS[kind](), primary_key=title in keys.split(), autoincrement=False, nullable=False,
                      unique=True if title == unique else None)
        )  # fmt: skip
    op.create_table(name, *made, **options)


def upgrade() -> None:
    """Makes everything."""
    _table("cases", _CASE)
    _table("tallies", _TALLY)
    _table("facts", "name:text value:text", "name")
    _table("bucket_changes", "bucket:int entity:small id:int seq:int present:small", "bucket entity id",
           sqlite_with_rowid=False)  # fmt: skip
    op.create_index("bucket_changes_bucket_seq", "bucket_changes", ["bucket", "seq"])
    op.create_index("bucket_changes_seq", "bucket_changes", ["seq"], unique=True)
    _table("counters", "name:text value:int", "name")
    _table("feed_marks", "at:int seq:int", "at")
    _table("bucket_digests", "bucket:int count:int sum:int", "bucket")
    _table("contacts", "case_id:int reporter:text phone:text", "case_id")
    _table("commands", "id:text person:int case_id:int at:int body:bytes answer:text")
    _table("audit", "n:int at:int person:int action:text subject:text outcome:text hash:bytes", "n")
    _table("people", "id:int account:text name:text post:text roles:text area:int unit:int password:text "
           "must_change:small disabled:small", "id", unique="account")  # fmt: skip
    _table("sessions", "token:bytes person:int device:text started_at:int expires_at:int", "token")
    op.create_index("sessions_person", "sessions", ["person"])
    _table("attempts", "key:text fails:int until:int", "key")
    _table("attachments", "sha256:text media:text size:int person:int at:int", "sha256")
    _table("attachment_refs", "sha256:text case_id:int", "sha256 case_id")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE feed_seq AS bigint CACHE 1")
        op.execute("CREATE SEQUENCE case_ids AS bigint CACHE 1")
