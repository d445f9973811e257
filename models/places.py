"""The tables of places: units, what became of them, and what they were called when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import CODE


class Locality(Base):
    """A unit: `56` was Khánh Hòa until 2025-06-30, `56@2025` is since 2025-07-01; both have the office's `code` 56.

    `parent` and `province` are ids; `decree` founded or ended the unit.
    """

    __tablename__ = "locality"

    id: Mapped[str] = mapped_column(CODE, primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str]
    type: Mapped[str]
    tier: Mapped[str]
    parent: Mapped[str | None] = mapped_column(CODE)
    province: Mapped[str | None] = mapped_column(CODE)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    code: Mapped[str] = mapped_column(CODE, server_default="")
    decree: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class LocalityLink(Base):
    """Territory of `old` is territory of `new` from the day `effective` on.

    `kind`: `continued` (the same territory under another id), `merged` (all of it, together with others) or `divided`
    (a part of it). `share` is how much of the old unit went there, 1 for all, NULL when nobody says.
    """

    __tablename__ = "locality_link"

    old: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True)
    new: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True, index=True)
    kind: Mapped[str]
    share: Mapped[float | None]
    effective: Mapped[date]
    decree: Mapped[str | None]


class LocalityName(Base):
    """What a unit was called and when; `locality.name` is the present or last of its names."""

    __tablename__ = "locality_name"

    locality: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True)
    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    short_name: Mapped[str]
    type: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    decree: Mapped[str | None]


class TerritoryPart(Base):
    """That `part` belongs to what `territory` is made of (territory.py); every unit is a part of itself.

    Before `whole_since`, the last day on which a part of some unit came to one of these, or a part of one of these went
    elsewhere, the parts are not the whole.
    """

    __tablename__ = "territory_part"

    territory: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True)
    part: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True, index=True)
    whole_since: Mapped[date | None]


class SeriesBreak(Base):
    """What the view `locality_break` says of a unit that has a history, worked out once (territory.py)."""

    __tablename__ = "series_break"

    locality: Mapped[str] = mapped_column(CODE, ForeignKey("locality.id"), primary_key=True)
    words: Mapped[str]
