-- One row a sum: what a territory had in a period, put together from the parts (view territory) that were in force on
-- the period's last day: Khánh Hòa and Ninh Thuận until 2025-06-30, since then the new Khánh Hòa's own figure.
-- Only levels of additive indicators are summed, counts and money, never rates, ranks or indices. There is no row
-- unless every part in force has an exact or approximate figure for this very scope, breakdown, status and period,
-- all in one unit; nor for a period that ends before whole_since. bound is approx where one figure is.
-- parts says how many figures are in it, confidence is the least of theirs. Ask by territory: an index finds it.
SELECT
    summed.territory,
    l.name AS territory_name,
    summed.indicator,
    summed.indicator_vi,
    summed.indicator_en,
    summed.scope,
    summed.breakdown,
    summed.status,
    summed.freq,
    summed.time_period,
    summed.period,
    summed.period_start,
    summed.period_end,
    -- whole numbers are exact; SQLite adds fractions in binary, where 0.1 + 0.2 is 0.3 only when it is rounded
    CASE
        WHEN summed.parts = 1 THEN summed.one_value
        WHEN summed.total = CAST(summed.total AS BIGINT) THEN summed.total
        ELSE round(summed.total, 6)
    END AS value,
    summed.unit,
    summed.bound,
    summed.parts,
    summed.confidence
FROM (
    -- windows with one partition instead of GROUP BY: SQLite looks only at the territory that is asked for
    SELECT
        chosen.territory,
        chosen.indicator,
        i.name_vi AS indicator_vi,
        i.name_en AS indicator_en,
        o.scope,
        o.breakdown,
        o.status,
        o.freq,
        o.time_period,
        o.period,
        o.period_start,
        o.period_end,
        o.value AS one_value,
        sum(o.value) OVER same AS total,
        min(o.unit) OVER same AS unit,
        max(o.unit) OVER same AS other_unit,
        min(o.bound) OVER same AS bound,
        count(*) OVER same AS parts,
        min(o.confidence) OVER same AS confidence,
        row_number() OVER (same ORDER BY chosen.locality) AS place
    FROM chosen_claim chosen
    JOIN observation o ON o.id = chosen.id
    JOIN territory t ON t.territory = chosen.territory AND t.part = chosen.locality
    JOIN indicator i ON i.code = chosen.indicator
    WHERE
        i.additive
        AND o.measure = 'level'
        AND o.base = ''
        AND o.bound IN ('eq', 'approx')
        -- one absurd figure must not overflow a sum
        AND abs(o.value) < 1e17
        AND (t.part_valid_from IS NULL OR t.part_valid_from <= o.period_end)
        AND (t.part_valid_to IS NULL OR t.part_valid_to >= o.period_end)
        AND (t.whole_since IS NULL OR t.whole_since <= o.period_end)
    WINDOW same AS (PARTITION BY chosen.territory, chosen.indicator, o.scope, o.breakdown, o.status, o.period)
) summed
JOIN locality l ON l.id = summed.territory
WHERE
    summed.place = 1
    AND summed.unit = summed.other_unit
    AND summed.parts = (
        SELECT count(*)
        FROM territory t
        WHERE
            t.territory = summed.territory
            AND (t.part_valid_from IS NULL OR t.part_valid_from <= summed.period_end)
            AND (t.part_valid_to IS NULL OR t.part_valid_to >= summed.period_end)
    )
