"""What was known when, why a claim lost, targets beside actuals, change computed beside printed; and a dictionary."""

from __future__ import annotations

from models.migrations.views import create_view, drop_views
from models.migrations.views.dictionary import create_dictionary

revision = "0006"
down_revision = "0005"

NOW = {
    "when": "",
    "ranked": "ranked_claim",
    "moment": "",
    "stretch": "",
    "moments": "",
    "c_open": "c.withdrawn IS NULL",
    "said_open": "said.withdrawn IS NULL",
    "v_then": "v.superseded_at IS NULL",
}
"""The rule for what stands now."""
OPEN = "{0}.first_seen <= known_from AND ({0}.withdrawn IS NULL OR {0}.withdrawn > known_from)"
LAST_VERSION = """v.id = (
                    SELECT version.id
                    FROM article_version version
                    WHERE version.article_id = a.id AND version.fetched_at <= known_from
                    ORDER BY version.fetched_at DESC, version.content_hash DESC
                    LIMIT 1
                )"""
THEN = {
    "when": " in a stretch of time",
    "ranked": "ranked_claim_then",
    "moment": ", known_from",
    "stretch": ", known_from, known_to",
    "moments": """
                JOIN point_moment m ON m.locality = c.locality AND m.indicator = c.indicator AND m.point = c.point""",
    "c_open": OPEN.format("c"),
    "said_open": OPEN.format("said"),
    "v_then": LAST_VERSION,
}
"""The same rule for every stretch of time in which what is known about a point stood still."""
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
    create_dictionary(revision)


def downgrade() -> None:
    """Back to what is known now."""
    drop_views("data_dictionary", *BESIDE, "vintages", "ranked_claim_then", "point_moment")
    drop_views(*reversed(BEFORE), "ranked_claim")
    for view in BEFORE:
        create_view("0003", view)
