"""The ledger remembers runs, whoever started them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from models import RunRow, SourceCounts, finish_run, record_source, runs, start_run
from models.series import counts

TWO, THREE = datetime(2024, 4, 19, 19, tzinfo=UTC), datetime(2024, 4, 19, 20, tzinfo=UTC)


def test_a_run_is_written_down_source_by_source(fresh_db: Engine) -> None:
    first = start_run(fresh_db, "nightly", TWO)
    record_source(fresh_db, first, SourceCounts(source="baomau", listed=1))
    record_source(fresh_db, first, SourceCounts(source="baomau", listed=12, fetched=3, new=2, changed=1, added=40))
    record_source(fresh_db, first, SourceCounts(source="baokhac", error="baokhac.example does not answer"))
    finish_run(fresh_db, first, "problems", THREE, "1 of 2 sources failed")
    second = start_run(fresh_db, "run", THREE)
    assert runs(fresh_db) == [
        RunRow(second, "run", THREE, None, "running", "", ()),
        RunRow(
            first,
            "nightly",
            TWO,
            THREE,
            "problems",
            "1 of 2 sources failed",
            (
                SourceCounts(source="baokhac", error="baokhac.example does not answer"),
                SourceCounts(source="baomau", listed=12, fetched=3, new=2, changed=1, added=40),
            ),
        ),
    ]
    assert [run.id for run in runs(fresh_db, limit=1)] == [second]
    written = {name: rows for name, rows in counts(fresh_db).items() if rows and name != "parameter"}
    assert written == {"run": 2, "run_source": 2, "source": 2}
