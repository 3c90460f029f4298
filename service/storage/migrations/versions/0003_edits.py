"""Corrections and the texts that were kept with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.storage.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "edits",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("desk", sa.Text, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("finding", sa.String(16), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edits_desk_text_hash", "edits", ["desk", "text_hash"])
    op.create_table(
        "kept_texts",
        sa.Column("desk", sa.Text, primary_key=True),
        sa.Column("text_hash", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    op.drop_table("kept_texts")
    op.drop_table("edits")
