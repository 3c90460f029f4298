"""The tables of corrections. Words of an article are in ``KeptText`` alone, and in what an editor wrote anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.tables import Base


class Edit(Base):
    """One correction. Rows are never changed; ``number`` never comes back, so it and their count date what holds."""

    __tablename__ = "edits"
    __table_args__ = (Index("ix_edits_desk_text_hash", "desk", "text_hash"), {"sqlite_autoincrement": True})

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    desk: Mapped[str] = mapped_column(Text)  # the name of the key it was made with; empty: none was needed
    key: Mapped[str] = mapped_column(String(64))  # that key's id
    text_hash: Mapped[str] = mapped_column(String(64))
    finding: Mapped[str] = mapped_column(String(16))
    start: Mapped[int]
    end: Mapped[int]
    change: Mapped[str] = mapped_column(Text)  # JSON
    created_at: Mapped[datetime]


class KeptText(Base):
    """The text of a corrected article, where a request said to keep it."""

    __tablename__ = "kept_texts"

    desk: Mapped[str] = mapped_column(Text, primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)  # as a JSON string: PostgreSQL takes no NUL
