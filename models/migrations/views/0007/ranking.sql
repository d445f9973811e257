-- The rule, worked out from scratch: one row a claim that stands{when}, with its place among the claims
-- about its point; place 1 is preferred, lost_by is as in the view sources_of.
SELECT
    claim_id,
    locality,
    indicator,
    point,
    place,
    claims,
    sources,
    different_values,
    CASE
        WHEN place = 1 THEN NULL
        WHEN gives_way <> first_value(gives_way) OVER best THEN 'copy'
        WHEN follows <> first_value(follows) OVER best THEN 'derived'
        WHEN roughness <> first_value(roughness) OVER best THEN CASE roughness WHEN 1 THEN 'rounded' ELSE 'bound' END
        WHEN quoted <> first_value(quoted) OVER best THEN 'quoted'
        WHEN sources <> first_value(sources) OVER best THEN 'fewer sources'
        WHEN
            coalesce(CAST(published AS TEXT), '') <> coalesce(CAST(first_value(published) OVER best AS TEXT), '')
            THEN 'earlier'
        WHEN confidence <> first_value(confidence) OVER best THEN 'confidence'
        ELSE 'key'
    END AS lost_by,
    version_id{stretch}
FROM (
    -- every layer has one kind of partition: SQLite then looks only at the points that are asked for
    SELECT
        numbered.*,
        count(*) OVER (PARTITION BY locality, indicator, point{moment}) AS claims,
        max(value_number) OVER (PARTITION BY locality, indicator, point{moment}) AS different_values,
        row_number() OVER (
            PARTITION BY locality, indicator, point{moment}
            ORDER BY
                gives_way,
                follows,
                roughness,
                quoted,
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
            dense_rank() OVER (PARTITION BY locality, indicator, point{moment} ORDER BY value_text) AS value_number
        FROM (
            SELECT
                told.*,
                max(source_number) OVER (PARTITION BY locality, indicator, point{moment}, value_text) AS sources
            FROM (
                SELECT
                    c.id AS claim_id,
                    c.locality,
                    c.indicator,
                    c.point,
                    c.value_text,
                    c.confidence,
                    c.key,
                    a.source_id AS source,
                    a.identity AS article,
                    v.id AS version_id,
                    v.published,
                    CASE WHEN c.derived THEN 1 ELSE 0 END AS follows,
                    CASE c.bound WHEN 'eq' THEN 0 WHEN 'approx' THEN 1 ELSE 2 END AS roughness,
                    CASE WHEN v.locality = c.locality THEN 0 ELSE 1 END AS quoted{stretch},
                    -- a copy counts as what its original's publisher says, and gives way where the original speaks too
                    dense_rank() OVER (
                        PARTITION BY c.locality, c.indicator, c.point{moment}, c.value_text
                        ORDER BY coalesce(original.source_id, a.source_id)
                    ) AS source_number,
                    CASE
                        WHEN original.id IS NOT NULL AND EXISTS (
                            SELECT 1
                            FROM observation said
                            WHERE
                                said.article_id = original.id
                                AND said.point = c.point
                                AND {said_open}
                                AND said.confidence
                                    >= (SELECT number FROM parameter WHERE name = 'published_threshold')
                        ) THEN 1
                        ELSE 0
                    END AS gives_way
                FROM observation c
                JOIN article a ON a.id = c.article_id{moments}
                JOIN article_version v ON v.article_id = a.id AND {v_then}
                LEFT JOIN likeness k ON k.article_id = a.id
                LEFT JOIN article original ON original.id = k.origin_id
                WHERE
                    {c_open}
                    AND c.confidence >= (SELECT number FROM parameter WHERE name = 'published_threshold')
            ) told
        ) counted
    ) numbered
) ranked
WINDOW best AS (PARTITION BY locality, indicator, point{moment} ORDER BY place)
