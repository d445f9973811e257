"""What a program or a notebook asks of this room: `models.series`, `models.load_article`."""

from models.catalogue import load_catalogue, load_parameters, load_sources
from models.database import DEFAULT_URL, masked, open_database, reading, writing
from models.frame import series
from models.ledger import RunRow, finish_run, record_source, runs, start_run
from models.linking import link_copies
from models.load import LoadCounts, load_article
from models.plan import Plan, plan_article
from models.points import (
    HistoryRow,
    LatestRow,
    SeriesRow,
    TerritoryRow,
    latest,
    locality_history,
    territory_series,
)
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
