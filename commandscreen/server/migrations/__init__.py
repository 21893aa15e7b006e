"""Alembic's environment of the server; packaged, run at every start."""
