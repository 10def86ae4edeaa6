"""How Alembic runs the migrations: on the connection that is handed over, in the transaction that is open on it."""

from __future__ import annotations

from alembic import context

from helpline.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
