"""What is to be deleted at Twilio, and the test calls to the organisations' numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes three tables."""
    op.create_table(
        "erasures",
        sa.Column("sid", sa.String(34), primary_key=True),
        sa.Column("due", sa.String(40), nullable=True),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_table(
        "rung",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
    )
    op.create_table("rounds", sa.Column("day", sa.String(10), primary_key=True))


def downgrade() -> None:
    """Raises NotImplementedError: what was recorded is not thrown away."""
    raise NotImplementedError("Migrations only go forward; to go back, put back a backup.")
