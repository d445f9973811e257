-- One row a point: locality, scope, indicator, breakdown, period, status, measure and base.
-- Of the claims that articles make about a point, this is the preferred one, by this rule, the first that decides:
-- 1. printed in the article before derived by arithmetic
-- 2. exact (eq) before approximate (approx) before a bound (gt, lt, ge, le)
-- 3. the article's own locality before a place that it quotes
-- 4. a value that more sources give; syndicated copies of one text count once
-- 5. published later; an article without a date comes last
-- 6. read with more confidence
-- 7. the smaller key, source and address, so that the answer is always the same
-- A claim read with less confidence than parameter published_threshold is not here: it waits in the view review.
-- claims counts the claims about the point, sources those who give this very value, different_values what they say.
SELECT
    chosen.locality,
    l.name AS locality_name,
    p.name AS province_name,
    chosen.indicator,
    i.name_vi AS indicator_vi,
    i.name_en AS indicator_en,
    o.scope,
    o.breakdown,
    o.measure,
    o.status,
    o.freq,
    o.time_period,
    o.period,
    o.period_start,
    o.period_end,
    o.base,
    o.value,
    o.value_text,
    o.printed,
    o.unit,
    o.bound,
    o.out_of,
    o.among,
    chosen.claims,
    chosen.sources,
    chosen.different_values,
    o.confidence,
    o.derived,
    chosen.source,
    s.name AS source_name,
    chosen.article,
    chosen.title,
    chosen.published,
    chosen.url,
    o.point,
    o.key
FROM (
    -- every layer has one kind of partition: SQLite then looks only at the locality or indicator that is asked for
    SELECT
        numbered.*,
        count(*) OVER (PARTITION BY locality, indicator, point) AS claims,
        max(value_number) OVER (PARTITION BY locality, indicator, point) AS different_values,
        row_number() OVER (
            PARTITION BY locality, indicator, point
            ORDER BY
                CASE WHEN derived THEN 1 ELSE 0 END,
                CASE bound WHEN 'eq' THEN 0 WHEN 'approx' THEN 1 ELSE 2 END,
                CASE WHEN own_locality = locality THEN 0 ELSE 1 END,
                sources DESC,
                published DESC NULLS LAST,
                confidence DESC,
                key,
                source,
                article
        ) AS place
    FROM (
        SELECT
            counted.*,
            CASE WHEN all_sources < all_texts THEN all_sources ELSE all_texts END AS sources,
            dense_rank() OVER (PARTITION BY locality, indicator, point ORDER BY value_text) AS value_number
        FROM (
            SELECT
                told.*,
                max(source_number) OVER (PARTITION BY locality, indicator, point, value_text) AS all_sources,
                max(text_number) OVER (PARTITION BY locality, indicator, point, value_text) AS all_texts
            FROM (
                SELECT
                    c.id,
                    c.locality,
                    c.indicator,
                    c.point,
                    c.value_text,
                    c.bound,
                    c.derived,
                    c.confidence,
                    c.key,
                    a.source_id AS source,
                    a.identity AS article,
                    v.title,
                    v.published,
                    v.url,
                    v.locality AS own_locality,
                    dense_rank() OVER (
                        PARTITION BY c.locality, c.indicator, c.point, c.value_text ORDER BY a.source_id
                    ) AS source_number,
                    dense_rank() OVER (
                        PARTITION BY c.locality, c.indicator, c.point, c.value_text ORDER BY v.text_hash
                    ) AS text_number
                FROM observation c
                JOIN article a ON a.id = c.article_id
                JOIN article_version v ON v.article_id = a.id AND v.superseded_at IS NULL
                WHERE
                    c.withdrawn IS NULL
                    AND c.confidence >= (SELECT number FROM parameter WHERE name = 'published_threshold')
            ) told
        ) counted
    ) numbered
) chosen
JOIN observation o ON o.id = chosen.id
JOIN source s ON s.id = chosen.source
JOIN locality l ON l.code = chosen.locality
LEFT JOIN locality p ON p.code = l.province
JOIN indicator i ON i.code = chosen.indicator
WHERE chosen.place = 1
