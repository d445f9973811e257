-- One row a level of series whose level a year before is there too (the same part of the year, an actual or estimate of
-- the same locality, scope, indicator, breakdown and unit): what changed, computed from the two, beside what articles
-- print. growth is in percent and NULL for rates and where there was nothing before; change is in the unit, of a rate in
-- percentage points. printed_change and printed_growth are the points of series with the year before as their base;
-- the differences are printed less computed.
SELECT
    locality,
    locality_name,
    indicator,
    indicator_vi,
    indicator_en,
    scope,
    breakdown,
    freq,
    time_period,
    period,
    period_start,
    period_end,
    previous_period,
    unit,
    status,
    value,
    previous_status,
    previous_value,
    change,
    printed_change,
    round(printed_change - change, 6) AS change_difference,
    growth,
    printed_growth,
    round(printed_growth - growth, 6) AS growth_difference,
    point,
    previous_point
FROM (
    SELECT
        levels.*,
        round(value - previous_value, 6) AS change,
        CASE
            WHEN unit <> 'percent' AND previous_value > 0 THEN round((value - previous_value) * 100.0 / previous_value, 6)
        END AS growth
    FROM (
        SELECT
            best.*,
            lag(year) OVER before AS previous_year,
            lag(period) OVER before AS previous_period,
            lag(status) OVER before AS previous_status,
            lag(value) OVER before AS previous_value,
            lag(point) OVER before AS previous_point
        FROM (
            -- every layer has one kind of partition: SQLite then looks only at the locality or indicator asked for
            SELECT
                told.*,
                coalesce(
                    max(CASE WHEN measure = 'change' AND status = 'actual' THEN printed END) OVER same,
                    max(CASE WHEN measure = 'change' THEN printed END) OVER same
                ) AS printed_change,
                coalesce(
                    max(CASE WHEN measure = 'growth' AND status = 'actual' THEN printed END) OVER same,
                    max(CASE WHEN measure = 'growth' THEN printed END) OVER same
                ) AS printed_growth,
                row_number() OVER (same ORDER BY CASE WHEN measure = 'level' THEN 0 ELSE 1 END, status, unit) AS place
            FROM (
                SELECT
                    dated.*,
                    -- 2023-01-01/2023-12-31 without its years
                    substr(span, 5, 7) || substr(span, 16, 6) AS season,
                    CASE
                        WHEN
                            bound = 'eq'
                            AND against = CAST(year - 1 AS TEXT) || substr(span, 5, 7)
                                || CAST(year - 1 AS TEXT) || substr(span, 16, 6)
                            THEN value
                    END AS printed
                FROM (
                    SELECT
                        s.locality, s.locality_name, s.indicator, s.indicator_vi, s.indicator_en, s.scope, s.breakdown,
                        s.measure, s.status, s.freq, s.time_period, s.period, s.period_start, s.period_end, s.value,
                        s.unit, s.bound, s.point,
                        CAST(substr(s.period, 1, 4) AS INTEGER) AS year,
                        -- all of February is the same part of every year
                        replace(s.period, '-02-29', '-02-28') AS span,
                        replace(s.base, '-02-29', '-02-28') AS against
                    FROM series s
                    WHERE
                        s.status IN ('actual', 'estimate')
                        AND s.measure IN ('level', 'change', 'growth')
                        AND length(s.period) = 21
                        AND substr(s.period, 1, 4) = substr(s.period, 12, 4)
                ) dated
            ) told
            WINDOW same AS (PARTITION BY locality, indicator, scope, breakdown, period)
        ) best
        WHERE place = 1 AND measure = 'level' AND bound IN ('eq', 'approx')
        WINDOW before AS (PARTITION BY locality, indicator, scope, breakdown, unit, season ORDER BY year)
    ) levels
    WHERE previous_year = year - 1
) changed
