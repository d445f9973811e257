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
