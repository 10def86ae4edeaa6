"""Who may sign in at the console, who is signed in, sign-ins that failed, and drafts of the routing table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes four tables."""
    op.create_table(
        "operators",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("second_factor", sa.String(64), nullable=True),
        sa.Column("used", sa.Integer, nullable=True),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("operator", sa.String(60), nullable=False),
        sa.Column("began", sa.String(40), nullable=False),
        sa.Column("seen", sa.String(40), nullable=False),
    )
    op.create_table(
        "failures",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("last", sa.String(40), nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("base", sa.Integer, nullable=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("typed", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Raises NotImplementedError: what was recorded is not thrown away."""
    raise NotImplementedError("Migrations only go forward; to go back, put back a backup.")
