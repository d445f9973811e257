"""The rule that ranks claims stands once, with words for now and words for every stretch of time."""

from __future__ import annotations

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
"""For what stands now."""
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
"""For every stretch of time in which what is known about a point stood still."""

POINTS_NOW = {
    "when": "",
    "ranked": "ranked_claim",
    "of": "o",
    "version": "v.article_id = a.id AND v.superseded_at IS NULL",
    "more": ",\n    chosen.newest",
}
"""The points of what is kept in order (table ranked_claim)."""
POINTS_THEN = {
    "when": THEN["when"],
    "ranked": "ranking_then",
    "of": "chosen",
    "version": "v.id = chosen.version_id",
    "more": ",\n    chosen.known_from,\n    chosen.known_to",
}
"""The points of every stretch, worked out when they are asked for."""
