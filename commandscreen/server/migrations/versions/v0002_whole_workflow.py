"""The rest of the workflow: merges, suspensions, extensions, appeals, levels, replies, questions and calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBERS = "master resume_at extended exempt level barred reply_due"
_TEXTS = {"was": "", "ask": "null", "calls": "[]"}


def upgrade() -> None:
    """Adds the columns with the values of a case that none of it has happened to."""
    with op.batch_alter_table("cases") as table:
        for name in _NUMBERS.split():
            table.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        for name, value in _TEXTS.items():
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=value))
