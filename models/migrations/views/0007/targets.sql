-- One row a target of series beside what came of it: the actual, else the estimate, of the same locality, indicator,
-- breakdown, period, measure, base and unit. Its scope is the target's own; where nobody gives that, a target of all is
-- set beside the figure of the unit's own offices (a city's beside scope district), an office's beside that of all.
-- difference is actual less target. met and shortfall (by how much it was missed, 0 where it was met) follow from the
-- target's bound. A plain number (eq, approx) is met when it is reached, or passed the way that is better: by the
-- catalogue (less of late dossiers, more of online ones); of ranks the first is best, of places climbed more. Where
-- nobody says which way is better, one that was not reached exactly has NULL for both; so has an approx that was not
-- reached, as nobody says how near is near enough, and any without an actual, or with one that is a bound itself.
SELECT
    t.locality,
    l.name AS locality_name,
    t.indicator,
    i.name_vi AS indicator_vi,
    i.name_en AS indicator_en,
    t.scope,
    t.breakdown,
    t.measure,
    t.freq,
    t.time_period,
    t.period,
    t.period_start,
    t.period_end,
    t.base,
    t.unit,
    t.bound AS target_bound,
    t.value AS target,
    actual.scope AS actual_scope,
    actual.status AS actual_status,
    actual.bound AS actual_bound,
    actual.value AS actual,
    round(actual.value - t.value, 6) AS difference,
    CASE
        WHEN actual.id IS NULL OR actual.bound NOT IN ('eq', 'approx') THEN NULL
        WHEN actual.value = t.value THEN t.bound NOT IN ('lt', 'gt')
        WHEN t.way = 'more' AND actual.value > t.value OR t.way = 'less' AND actual.value < t.value THEN true
        WHEN t.way IS NOT NULL AND t.bound <> 'approx' THEN false
    END AS met,
    CASE
        WHEN actual.id IS NULL OR actual.bound NOT IN ('eq', 'approx') THEN NULL
        WHEN actual.value = t.value THEN 0
        WHEN t.way = 'more' AND actual.value > t.value OR t.way = 'less' AND actual.value < t.value THEN 0
        WHEN t.way IS NOT NULL AND t.bound <> 'approx' THEN round(abs(actual.value - t.value), 6)
    END AS shortfall,
    t.title AS target_title,
    t.url AS target_url,
    v.title AS actual_title,
    v.url AS actual_url,
    t.point AS target_point,
    actual.point AS actual_point
FROM (
    -- two layers with one kind of partition each: SQLite then looks only at the locality or indicator that is asked for
    SELECT
        same.*,
        max(CASE WHEN scope = 'all' THEN same_scope END) OVER anybody AS whole,
        max(CASE WHEN scope = tier THEN same_scope END) OVER anybody AS office
    FROM (
        SELECT
            o.*,
            said.title,
            said.url,
            place.tier,
            CASE
                WHEN o.bound IN ('gt', 'ge') THEN 'more'
                WHEN o.bound IN ('lt', 'le') THEN 'less'
                WHEN o.measure = 'rank' THEN 'less'
                WHEN o.measure = 'change' AND o.unit = 'rank' THEN 'more'
                ELSE kind.better
            END AS way,
            coalesce(
                max(CASE o.status WHEN 'actual' THEN o.id END) OVER alike,
                max(CASE o.status WHEN 'estimate' THEN o.id END) OVER alike
            ) AS same_scope
        FROM ranked_claim chosen
        JOIN observation o ON o.id = chosen.claim_id
        JOIN article_version said ON said.article_id = o.article_id AND said.superseded_at IS NULL
        JOIN locality place ON place.id = o.locality
        JOIN indicator kind ON kind.code = o.indicator
        WHERE chosen.place = 1 AND o.value IS NOT NULL
        WINDOW alike AS (
            PARTITION BY o.locality, o.indicator, o.breakdown, o.period, o.measure, o.base, o.unit, o.scope
        )
    ) same
    WINDOW anybody AS (PARTITION BY locality, indicator, breakdown, period, measure, base, unit)
) t
JOIN locality l ON l.id = t.locality
JOIN indicator i ON i.code = t.indicator
LEFT JOIN observation actual
    ON actual.id = coalesce(t.same_scope, CASE WHEN t.scope = 'all' THEN t.office ELSE t.whole END)
LEFT JOIN article_version v ON v.article_id = actual.article_id AND v.superseded_at IS NULL
WHERE t.status = 'target'
