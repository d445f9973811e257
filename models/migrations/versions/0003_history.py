"""Places have a history: a unit is told from the code it bears, and what became of it is written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.views import create_view, drop_views
from models.types import CODE

revision = "0003"
down_revision = "0002"

VIEWS = (
    "locality_break",
    "locality_history",
    "chosen_claim",
    "claims",
    "series",
    "latest",
    "territory",
    "territory_series",
    "review",
)
BEFORE = (("0001", "claims"), ("0002", "series"), ("0002", "latest"), ("0002", "review"))


def upgrade() -> None:
    """Units keep their ids, which so far were called codes; nobody knows yet what became of whom."""
    drop_views(*(view for _, view in reversed(BEFORE)))
    _localities()
    _links()
    _names()
    _territories()
    op.add_column("indicator", sa.Column("additive", sa.Boolean(), nullable=False, server_default=sa.false()))
    for column in ("place", "candidates"):
        op.add_column("uncatalogued", sa.Column(column, sa.Text(), nullable=False, server_default=""))
    for view in VIEWS:
        create_view(revision, view)


def downgrade() -> None:
    """Back to units without a history."""
    drop_views(*reversed(VIEWS))
    op.drop_column("uncatalogued", "candidates")
    op.drop_column("uncatalogued", "place")
    op.drop_column("indicator", "additive")
    for table in ("territory_part", "locality_name", "locality_link"):
        op.drop_table(table)
    for column in ("longitude", "latitude", "decree", "code"):
        op.drop_column("locality", column)
    op.alter_column("locality", "id", new_column_name="code")
    for before, view in BEFORE:
        create_view(before, view)


def _localities() -> None:
    """The office's own code is what stands before the @ of an id."""
    op.alter_column("locality", "code", new_column_name="id")
    op.add_column("locality", sa.Column("code", CODE, nullable=False, server_default=""))
    op.add_column("locality", sa.Column("decree", sa.Text()))
    op.add_column("locality", sa.Column("latitude", sa.Float()))
    op.add_column("locality", sa.Column("longitude", sa.Float()))
    find = "strpos" if op.get_bind().dialect.name == "postgresql" else "instr"
    op.execute(f"UPDATE locality SET code = substr(id, 1, {find}(id || '@', '@') - 1)")


def _links() -> None:
    op.create_table(
        "locality_link",
        sa.Column("old", CODE, sa.ForeignKey("locality.id", name="fk_locality_link_old"), nullable=False),
        sa.Column("new", CODE, sa.ForeignKey("locality.id", name="fk_locality_link_new"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Float()),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("decree", sa.Text()),
        sa.PrimaryKeyConstraint("old", "new", name="pk_locality_link"),
    )
    op.create_index("ix_locality_link_new", "locality_link", ["new"])


def _names() -> None:
    op.create_table(
        "locality_name",
        sa.Column("locality", CODE, sa.ForeignKey("locality.id", name="fk_locality_name_locality"), nullable=False),
        sa.Column("name", CODE, nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("decree", sa.Text()),
        sa.PrimaryKeyConstraint("locality", "name", name="pk_locality_name"),
    )


def _territories() -> None:
    """Until links are loaded every unit is made of itself alone."""
    op.create_table(
        "territory_part",
        sa.Column("territory", CODE, sa.ForeignKey("locality.id", name="fk_territory_part_territory"), nullable=False),
        sa.Column("part", CODE, sa.ForeignKey("locality.id", name="fk_territory_part_part"), nullable=False),
        sa.Column("whole_since", sa.Date()),
        sa.PrimaryKeyConstraint("territory", "part", name="pk_territory_part"),
    )
    op.create_index("ix_territory_part_part", "territory_part", ["part"])
    op.execute("INSERT INTO territory_part (territory, part) SELECT id, id FROM locality")
