"""What was known when, why a claim lost, targets beside actuals, change computed beside printed; and a dictionary."""

from __future__ import annotations

from models.migrations.views import create_view, drop_views
from models.migrations.views.dictionary import create_dictionary
from models.migrations.views.rule import NOW, THEN

revision = "0006"
down_revision = "0005"

BEFORE = ("chosen_claim", "claims", "series", "latest", "territory_series")
"""Of 0003, and again after a downgrade."""
BESIDE = ("sources_of", "targets", "changes", "findings")


def upgrade() -> None:
    """No row is touched: what was known when is in the claims already."""
    drop_views(*reversed(BEFORE))
    create_view(revision, "point_moment")
    create_view(revision, "ranked_claim", words=NOW)
    create_view(revision, "ranked_claim_then", "ranked_claim", THEN)
    create_view(revision, "chosen_claim")
    create_view(revision, "claims")
    create_view(revision, "series", words=NOW)
    create_view(revision, "vintages", "series", THEN)
    create_view("0003", "latest")
    create_view("0003", "territory_series")
    for view in BESIDE:
        create_view(revision, view)
    create_dictionary()


def downgrade() -> None:
    """Back to what is known now."""
    drop_views("data_dictionary", *BESIDE, "vintages", "ranked_claim_then", "point_moment")
    drop_views(*reversed(BEFORE), "ranked_claim")
    for view in BEFORE:
        create_view("0003", view)
