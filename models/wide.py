"""The view `wide`: a row a locality, scope, status and year; a column an indicator.

locality  scope  status  year  dossier_late_rate  par_index
568       all    actual  2022               1.94      80.13

Its columns are those of the catalogue, so it is made anew whenever that has changed.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from models.tables import Indicator

NAME = "wide"
HEADS = ("locality", "locality_name", "province_name", "scope", "status", "year")
"""The columns before the indicators."""
INDICATORS = select(Indicator.code, func.replace(Indicator.code, ".", "_").label("name")).order_by(Indicator.code)
VIEW = """
    SELECT
        o.locality,
        l.name AS locality_name,
        p.name AS province_name,
        o.scope,
        o.status,
        o.time_period AS year{columns}
    FROM ranked_claim r
    JOIN observation o ON o.id = r.claim_id
    JOIN indicator i ON i.code = o.indicator AND i.unit = o.unit
    JOIN locality l ON l.id = o.locality
    LEFT JOIN locality p ON p.id = l.province
    WHERE
        r.place = 1
        AND o.freq = 'A'
        AND o.measure = 'level'
        AND o.breakdown = ''
        AND o.bound IN ('eq', 'approx')
    GROUP BY o.locality, l.name, p.name, o.scope, o.status, o.time_period
"""
ONE = ",\n        max(CASE WHEN o.indicator = '{code}' THEN o.value END) AS {name}"


def make_wide(conn: Connection) -> None:
    """Make the view of the indicators that are stored. A point has one preferred claim: max() has nothing to choose."""
    found = conn.execute(INDICATORS).all()
    columns = "".join(ONE.format(code=row.code, name=row.name) for row in found)
    conn.execute(text(f"DROP VIEW IF EXISTS {NAME}"))
    conn.execute(text(f"CREATE VIEW {NAME} AS {VIEW.format(columns=columns)}"))
    if conn.dialect.name == "postgresql":
        _comment(conn)


def _comment(conn: Connection) -> None:
    """PostgreSQL keeps the words of the view data_dictionary beside the columns too."""
    said = text("SELECT column_name, meaning FROM data_dictionary WHERE view_name = :view")
    for name, words in conn.execute(said, {"view": NAME}).all():
        quoted = words.replace("'", "''").replace(":", "\\:")
        what = f"COLUMN {NAME}.{name}" if name else f"VIEW {NAME}"
        conn.execute(text(f"COMMENT ON {what} IS '{quoted}'"))
