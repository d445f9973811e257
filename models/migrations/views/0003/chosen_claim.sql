-- One row a point and a territory that the point's locality is part of (itself, and what its whole went into):
-- the claim that is preferred, by the rule that the view series tells, and how many there were to choose from.
-- series are the rows whose territory is the locality; territory_series adds up those of one territory.
SELECT
    id, territory, locality, indicator, point, source, article, title, published, url,
    claims, sources, different_values
FROM (
    -- every layer has one kind of partition: SQLite then looks only at the territory or indicator that is asked for
    SELECT
        numbered.*,
        count(*) OVER (PARTITION BY territory, locality, indicator, point) AS claims,
        max(value_number) OVER (PARTITION BY territory, locality, indicator, point) AS different_values,
        row_number() OVER (
            PARTITION BY territory, locality, indicator, point
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
            dense_rank() OVER (PARTITION BY territory, locality, indicator, point ORDER BY value_text) AS value_number
        FROM (
            SELECT
                told.*,
                max(source_number) OVER (PARTITION BY territory, locality, indicator, point, value_text) AS all_sources,
                max(text_number) OVER (PARTITION BY territory, locality, indicator, point, value_text) AS all_texts
            FROM (
                SELECT
                    c.id,
                    t.territory,
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
                        PARTITION BY t.territory, c.locality, c.indicator, c.point, c.value_text ORDER BY a.source_id
                    ) AS source_number,
                    dense_rank() OVER (
                        PARTITION BY t.territory, c.locality, c.indicator, c.point, c.value_text ORDER BY v.text_hash
                    ) AS text_number
                FROM territory_part t
                JOIN observation c ON c.locality = t.part
                JOIN article a ON a.id = c.article_id
                JOIN article_version v ON v.article_id = a.id AND v.superseded_at IS NULL
                WHERE
                    c.withdrawn IS NULL
                    AND c.confidence >= (SELECT number FROM parameter WHERE name = 'published_threshold')
            ) told
        ) counted
    ) numbered
) ranked
WHERE place = 1
