"""The ledger's tables: a row a run, and what it did for each source."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import CODE


class Run(Base):
    """One nightly run, ad-hoc run or replay."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    state: Mapped[str]
    note: Mapped[str]


class RunSource(Base):
    """What a run did for one source, in the words of `records.SourceCounts`."""

    __tablename__ = "run_source"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[str] = mapped_column(CODE, ForeignKey("source.id"), primary_key=True)
    listed: Mapped[int]
    fetched: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    failed: Mapped[int]
    added: Mapped[int]
    withdrawn: Mapped[int]
    findings: Mapped[int]
    error: Mapped[str | None]
    read: Mapped[int] = mapped_column(server_default="0")
    dated: Mapped[int] = mapped_column(server_default="0")
    with_figures: Mapped[int] = mapped_column(server_default="0")
    retracted: Mapped[int] = mapped_column(server_default="0")
    left_out: Mapped[int] = mapped_column(server_default="0")
    waiting: Mapped[int] = mapped_column(server_default="0")
    again: Mapped[int] = mapped_column(server_default="0")
    asked: Mapped[int] = mapped_column(server_default="0")
    unread: Mapped[int] = mapped_column(server_default="0")
    layers: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, server_default="{}")
    health: Mapped[str] = mapped_column(server_default="")
    unwell: Mapped[bool] = mapped_column(server_default=false())
    note: Mapped[str] = mapped_column(server_default="")
