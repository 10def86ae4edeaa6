"""What is kept of calls and texts, and to which call an accepted test call belongs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes four tables, and a column."""
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hour", sa.String(13), nullable=False, index=True),
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("found", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("seconds_to_ring", sa.Integer, nullable=True),
        sa.Column("seconds", sa.Integer, nullable=True),
        sa.Column("complete", sa.Boolean, nullable=False),
    )
    op.create_table(
        "dials",
        sa.Column("call", sa.Integer, sa.ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("ending", sa.String(20), nullable=False),
    )
    op.create_table(
        "under_way",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("call", sa.Integer, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("began", sa.String(40), nullable=True),
        sa.Column("rang", sa.String(40), nullable=True),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hour", sa.String(13), nullable=False, index=True),
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("hash", sa.String(64), nullable=True, unique=True),
    )
    op.add_column("rung", sa.Column("call", sa.String(34), nullable=True))


def downgrade() -> None:
    """Raises NotImplementedError: what was recorded is not thrown away."""
    raise NotImplementedError("Migrations only go forward; to go back, put back a backup.")
