"""Records: meetings, tasks, receipts, alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBERS = ("id", "ver", "area", "parent", "at", "due_at", "changed_at")
_ALL = "id ver kind area parent at due_at state title changed_at shares doc"
_INDEXES = {"parent": ["parent", "kind"], "at": ["kind", "at", "area"], "state": ["kind", "state"], "due": ["due_at"]}


def upgrade() -> None:
    """Makes the table and its indexes."""
    op.create_table(
        "records",
        *(
            sa.Column(name, sa.BigInteger() if name in _NUMBERS else sa.Text(), primary_key=name == "id",
                      autoincrement=False, nullable=False)
            for name in _ALL.split()
        ),
    )  # fmt: skip
    for name, columns in _INDEXES.items():
        op.create_index(f"records_{name}", "records", columns)
