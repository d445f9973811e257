"""Facts are kept and asked for: SQLAlchemy tables, loading that never overwrites a claim, and series as SQL views.

engine = open_database(url, create=True)
with writing(engine) as conn:
    load_catalogue(conn, localities, indicators, links, names)
with writing(engine) as conn:
    load_article(conn, record, claims, uncatalogued, findings, run_id=run, now=record.fetched_at)
with writing(engine) as conn:
    link_copies(conn)                                                        # after a batch: what repeats what
points = series(engine, locality="Nha Trang", indicator="dossier.late_rate")  # rows; series(URL, …) is a DataFrame
sums = territory_series(engine, territory="56@2025", indicator="econ.grdp")  # before 2025-07-01: two provinces' sum
events = locality_history(engine, "Ninh Thuận")                              # succeeded by Tỉnh Khánh Hòa (56@2025)
"""

from models.catalogue import load_catalogue, load_parameters, load_sources
from models.database import DEFAULT_URL, masked, open_database, reading, writing
from models.frame import series
from models.ledger import RunRow, finish_run, record_source, runs, start_run
from models.linking import link_copies
from models.load import LoadCounts, load_article
from models.plan import Plan, plan_article
from models.problems import DatabaseProblem, LoadProblem, MissingLibrary, UnknownName
from models.records import (
    ArticleRecord,
    Claim,
    FindingRecord,
    Fingerprint,
    Mention,
    SourceCounts,
    SourceRecord,
    UncataloguedRecord,
)
from models.retract import Retraction, retract_article
from models.rows import ClaimRow
from models.series import (
    HistoryRow,
    LatestRow,
    SeriesRow,
    TerritoryRow,
    latest,
    locality_history,
    territory_series,
)
from models.types import plain

__all__ = [
    "DEFAULT_URL",
    "ArticleRecord",
    "Claim",
    "ClaimRow",
    "DatabaseProblem",
    "FindingRecord",
    "Fingerprint",
    "HistoryRow",
    "LatestRow",
    "LoadCounts",
    "LoadProblem",
    "Mention",
    "MissingLibrary",
    "Plan",
    "Retraction",
    "RunRow",
    "SeriesRow",
    "SourceCounts",
    "SourceRecord",
    "TerritoryRow",
    "UncataloguedRecord",
    "UnknownName",
    "finish_run",
    "latest",
    "link_copies",
    "load_article",
    "load_catalogue",
    "load_parameters",
    "load_sources",
    "locality_history",
    "masked",
    "open_database",
    "plain",
    "plan_article",
    "reading",
    "record_source",
    "retract_article",
    "runs",
    "series",
    "start_run",
    "territory_series",
    "writing",
]
