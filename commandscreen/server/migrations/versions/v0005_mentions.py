"""Units mentioned in notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column with the value of a case in which nobody was mentioned."""
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("mentions", sa.Text(), nullable=False, server_default="[]"))
