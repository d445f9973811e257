"""Facts are kept and asked for: SQLAlchemy tables, loading that never overwrites a claim, and series as SQL views.

engine = open_database(url, create=True)
with writing(engine) as conn:
    load_catalogue(conn, localities, indicators)
with writing(engine) as conn:
    load_article(conn, record, claims, uncatalogued, findings, run_id=run, now=record.fetched_at)
points = series(engine, locality="Nha Trang", indicator="dossier.late_rate")
"""

from models.catalogue import load_catalogue, load_parameters, load_sources
from models.database import DEFAULT_URL, masked, open_database, reading, writing
from models.ledger import RunRow, finish_run, record_source, runs, start_run
from models.load import LoadCounts, load_article
from models.plan import Plan, plan_article
from models.problems import DatabaseProblem, LoadProblem, UnknownName
from models.records import (
    ArticleRecord,
    Claim,
    FindingRecord,
    Mention,
    SourceCounts,
    SourceRecord,
    UncataloguedRecord,
)
from models.rows import ClaimRow
from models.series import LatestRow, SeriesRow, latest, series
from models.types import plain

__all__ = [
    "DEFAULT_URL",
    "ArticleRecord",
    "Claim",
    "ClaimRow",
    "DatabaseProblem",
    "FindingRecord",
    "LatestRow",
    "LoadCounts",
    "LoadProblem",
    "Mention",
    "Plan",
    "RunRow",
    "SeriesRow",
    "SourceCounts",
    "SourceRecord",
    "UncataloguedRecord",
    "UnknownName",
    "finish_run",
    "latest",
    "load_article",
    "load_catalogue",
    "load_parameters",
    "load_sources",
    "masked",
    "open_database",
    "plain",
    "plan_article",
    "reading",
    "record_source",
    "runs",
    "series",
    "start_run",
    "writing",
]
