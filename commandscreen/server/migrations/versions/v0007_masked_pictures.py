"""Which pictures are given masked only, and who has said why he looks at one."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ON_THE_SPOT = {"grid_worker", "grid_lead", "grid_chief", "collector", "handler"}


def upgrade() -> None:
    """A picture that stands in no case's flow, as an alarm's frame, or that staff took on the spot, is given whole."""
    link = op.get_bind()
    with op.batch_alter_table("attachment_refs") as table:
        table.add_column(sa.Column("masked", sa.Integer(), nullable=False, server_default="0"))
    flows = link.execute(
        sa.text("SELECT id, flow FROM cases WHERE id IN (SELECT case_id FROM attachment_refs)")
    ).fetchall()
    hidden = []
    for number, flow in flows:
        posts: dict[str, set[str]] = {}
        for _at, _kind, _actor, post, _unit, _text, photos in json.loads(flow):
            for sha in photos:
                posts.setdefault(sha, set()).add(post)
        hidden += [{"sha": sha, "case": number} for sha, named in posts.items() if not named & _ON_THE_SPOT]
    if hidden:
        link.execute(sa.text("UPDATE attachment_refs SET masked = 1 WHERE sha256 = :sha AND case_id = :case"), hidden)
    op.create_table(
        "looks",
        sa.Column("sha256", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
