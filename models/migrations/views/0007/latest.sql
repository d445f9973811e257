-- The last known figure of each locality, indicator, scope, breakdown and measure: actual or estimate, never a target.
-- Of periods that end on one day the longest counts (the year, not its last quarter), then an actual before an estimate,
-- then, for a change or growth, the base that lies further back.
SELECT
    locality_name, indicator_vi, time_period, value_text, unit, measure, status, scope, breakdown, bound,
    province_name, locality_valid_to, series_break, indicator_en, locality, indicator, freq, period,
    period_start, period_end, base, value, out_of, among, claims, sources, correction, published, title, url, source_name
FROM series
WHERE newest
ORDER BY locality, indicator, scope, breakdown, measure
