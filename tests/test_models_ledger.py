"""The ledger remembers runs, whoever started them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, text

from models import RunRow, SourceCounts, finish_run, open_database, reading, record_source, runs, start_run, writing
from models.ledger import Kind, Night, last_nights, nights
from models.migrations.run import downgrade
from models.points import counts

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


def test_the_nights_of_a_source_are_told_apart_from_other_runs(fresh_db: Engine) -> None:
    first = SourceCounts("baomau", read=12, dated=11, layers={"title": {"meta": 12}}, health="ok")
    second = SourceCounts("baomau", read=2, error="down", health="failed", unwell=True, note="failed\nsilent")
    by_kind: list[tuple[Kind, SourceCounts]] = [("nightly", first), ("replay", first), ("nightly", second)]
    for kind, done in by_kind:
        run = start_run(fresh_db, kind, TWO)
        record_source(fresh_db, run, done)
    record_source(fresh_db, run, SourceCounts("baokhac"))
    assert nights(fresh_db, "baomau") == [Night(TWO, second), Night(TWO, first)]
    assert nights(fresh_db, "baomau", before=run) == [Night(TWO, first)]
    assert nights(fresh_db, "baomau", limit=1) == [Night(TWO, second)]
    assert last_nights(fresh_db) == {"baokhac": Night(TWO, SourceCounts("baokhac")), "baomau": Night(TWO, second)}


def test_a_ledger_of_0003_is_kept_and_given_back(fresh_db: Engine, fresh_url: str) -> None:
    good = SourceCounts("baomau", listed=12, new=2)
    bad = SourceCounts("baokhac", error="down")
    kinds: list[Kind] = ["nightly", "replay"]
    for kind in kinds:
        run = start_run(fresh_db, kind, TWO)
        for done in (good, bad):
            record_source(fresh_db, run, done)
    with writing(fresh_db) as conn:
        downgrade(conn, "0003")
        rows = conn.execute(text("SELECT listed, new, error FROM run_source ORDER BY run_id, source_id")).all()
        assert rows == [(0, 0, "down"), (12, 2, None)] * 2
    by_run = [run.sources for run in runs(open_database(fresh_url, create=True))]
    ill = SourceCounts("baokhac", error="down", health="failed", unwell=True)
    well = SourceCounts("baomau", listed=12, new=2, health="ok")
    assert by_run == [(bad, good), (ill, well)]
    with reading(fresh_db) as conn:
        assert conn.scalar(text("SELECT count(*) FROM run_source WHERE health <> 'ok' AND unwell")) == 1
