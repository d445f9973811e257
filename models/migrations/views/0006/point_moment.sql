-- One row a point and a stretch of time, from known_from until before known_to (NULL: until now), in which no article
-- that speaks about the point was loaded, changed or taken down, nor read otherwise.
SELECT locality, indicator, point, known_from, known_to
FROM (
    SELECT
        locality,
        indicator,
        point,
        moment AS known_from,
        lead(moment) OVER (PARTITION BY locality, indicator, point ORDER BY moment) AS known_to
    FROM (
        -- not UNION, into which SQLite takes no condition: a moment that is here twice has a stretch without length
        SELECT locality, indicator, point, first_seen AS moment FROM observation
        UNION ALL
        SELECT locality, indicator, point, withdrawn FROM observation WHERE withdrawn IS NOT NULL
        UNION ALL
        SELECT c.locality, c.indicator, c.point, v.fetched_at
        FROM observation c
        JOIN article_version v
            ON
                v.article_id = c.article_id
                AND v.fetched_at > c.first_seen
                AND (c.withdrawn IS NULL OR v.fetched_at < c.withdrawn)
    ) moments
) stretches
WHERE known_to IS NULL OR known_to > known_from
