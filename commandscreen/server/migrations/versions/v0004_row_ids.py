"""On SQLite an id becomes the row's own place: BIGINT kept an index beside the table, and every look-up took two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Copies the tables once; PostgreSQL has nothing to do."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("cases", "tallies", "records"):
            with op.batch_alter_table(name, recreate="always") as table:
                table.alter_column("id", type_=sa.Integer(), existing_nullable=False)
