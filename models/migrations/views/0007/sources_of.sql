-- One row a current claim about a point of series, the preferred one and those that lost, with the words it was read from.
-- lost_by names the first rule of the view series that decided against it, NULL for the preferred one:
-- copy (its original speaks too), derived, rounded (approximate) or bound, quoted (of another place than the article's
-- own), fewer sources, earlier, confidence, key (nothing told them apart but the smaller key, source and address).
SELECT
    c.locality,
    c.locality_name,
    c.indicator,
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
FROM claims c
JOIN article a ON a.source_id = c.source AND a.identity = c.article
JOIN observation o ON o.article_id = a.id AND o.key = c.key AND o.withdrawn IS NULL
JOIN ranked_claim r ON r.claim_id = o.id
WHERE c.withdrawn IS NULL
