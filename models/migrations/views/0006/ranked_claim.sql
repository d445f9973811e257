-- One row a claim that stands{when} and a territory that its locality is part of (itself, and what its whole
-- went into), with its place among the claims about its point by the rule that the view series tells: place 1 is preferred.
SELECT
    id, territory, locality, indicator, point, source, article, title, published, url,
    claims, sources, different_values, place,
    gives_way, follows, roughness, quoted, confidence, key{stretch}
FROM (
    -- every layer has one kind of partition: SQLite then looks only at the territory or indicator that is asked for
    SELECT
        numbered.*,
        count(*) OVER (PARTITION BY territory, locality, indicator, point{moment}) AS claims,
        max(value_number) OVER (PARTITION BY territory, locality, indicator, point{moment}) AS different_values,
        row_number() OVER (
            PARTITION BY territory, locality, indicator, point{moment}
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
            dense_rank() OVER (
                PARTITION BY territory, locality, indicator, point{moment}
                ORDER BY value_text
            ) AS value_number
        FROM (
            SELECT
                told.*,
                max(source_number) OVER (
                    PARTITION BY territory, locality, indicator, point{moment}, value_text
                ) AS sources
            FROM (
                SELECT
                    c.id,
                    t.territory,
                    c.locality,
                    c.indicator,
                    c.point,
                    c.value_text,
                    c.confidence,
                    c.key,
                    a.source_id AS source,
                    a.identity AS article,
                    v.title,
                    v.published,
                    v.url,
                    CASE WHEN c.derived THEN 1 ELSE 0 END AS follows,
                    CASE c.bound WHEN 'eq' THEN 0 WHEN 'approx' THEN 1 ELSE 2 END AS roughness,
                    CASE WHEN v.locality = c.locality THEN 0 ELSE 1 END AS quoted{stretch},
                    -- a copy counts as what its original's publisher says, and gives way where the original speaks too
                    dense_rank() OVER (
                        PARTITION BY t.territory, c.locality, c.indicator, c.point{moment}, c.value_text
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
                FROM territory_part t
                JOIN observation c ON c.locality = t.part
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
