"""Jobs, their articles and results, idempotency keys, cached results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.storage.tables import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("finished_at", Moment),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("erased_at", Moment),
        sa.Column("queued_at", Moment, nullable=False),
        sa.Column("callback_url", sa.Text),
        sa.Column("callback_secret", sa.String(64)),
    )
    op.create_index("ix_jobs_owner", "jobs", ["owner"])
    op.create_index("ix_jobs_expires_at", "jobs", ["expires_at"])
    op.create_table(
        "job_articles",
        sa.Column("job_id", sa.String(36), sa.ForeignKey("jobs.id", ondelete="cascade"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("submission", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("available_at", Moment, nullable=False),
        sa.Column("claim", sa.String(80)),
    )
    op.create_index("ix_job_articles_available_at", "job_articles", ["available_at"])
    op.create_table(
        "job_results",
        sa.Column("job_id", sa.String(36), sa.ForeignKey("jobs.id", ondelete="cascade"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("succeeded", sa.Boolean, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("cache_key", sa.String(64)),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("job_id", sa.String(36)),
        sa.Column("reserved_at", Moment, nullable=False),
    )
    op.create_table(
        "cached_results",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("used_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
    )
    op.create_index("ix_cached_results_used_at", "cached_results", ["used_at", "size"])


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    for name in ("cached_results", "idempotency_keys", "job_results", "job_articles", "jobs"):
        op.drop_table(name)
