"""Runs migrations on the connection that `database.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from commandscreen.server.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    context.run_migrations()


_run(context.config.attributes["connection"])
