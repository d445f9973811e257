-- One row a current claim about a point of series, the preferred one and those that lost, with the words it was read from.
-- lost_by names the first rule of the view series that decided against it, NULL for the preferred one:
-- copy (its original speaks too), derived, rounded (approximate) or bound, quoted (of another place than the article's
-- own), fewer sources, earlier, confidence, key (nothing told them apart but the smaller key, source and address).
SELECT
    r.locality,
    c.locality_name,
    r.indicator,
    c.indicator_vi,
    c.scope,
    c.breakdown,
    c.measure,
    c.status,
    c.time_period,
    c.period,
    c.base,
    r.place = 1 AS preferred,
    r.lost_by,
    c.value,
    c.value_text,
    c.printed,
    c.unit,
    c.bound,
    c.derived,
    c.correction,
    c.confidence,
    r.sources,
    c.quote,
    c.char_start,
    c.char_end,
    c.source,
    c.article,
    c.title,
    c.published,
    c.url,
    c.archive_path,
    c.origin,
    c.first_seen,
    c.point,
    c.key
FROM (
    SELECT
        ranked.*,
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
        END AS lost_by
    FROM ranked_claim ranked
    WINDOW best AS (PARTITION BY territory, locality, indicator, point ORDER BY place)
) r
JOIN claims c
    ON
        c.point = r.point
        AND c.locality = r.locality
        AND c.indicator = r.indicator
        AND c.key = r.key
        AND c.source = r.source
        AND c.article = r.article
        AND c.withdrawn IS NULL
WHERE r.territory = r.locality
