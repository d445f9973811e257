-- One row a point{when}: locality, scope, indicator, breakdown, period, status, measure and base.
-- Of the claims that articles make about a point, this is the preferred one, by this rule, the first that decides:
-- 1. of a copy and its original, where both speak about the point, the original
-- 2. printed in the article before derived by arithmetic
-- 3. exact (eq) before approximate (approx) before a bound (gt, lt, ge, le)
-- 4. the article's own locality before a place that it quotes
-- 5. a value that more sources give; copies count as their original's source, so that they count once
-- 6. published later; an article without a date comes last
-- 7. read with more confidence
-- 8. the smaller key, source and address, so that the answer is always the same
-- A claim read with less confidence than parameter published_threshold is not here: it waits in the view review.
-- series_break says where a unit's series begins or ends, and what it goes on from or with.
-- claims counts the claims about the point, sources those who give this very value, different_values what they say.
SELECT
    {of}.locality,
    l.name AS locality_name,
    p.name AS province_name,
    l.valid_from AS locality_valid_from,
    l.valid_to AS locality_valid_to,
    coalesce(b.words, '') AS series_break,
    {of}.indicator,
    i.name_vi AS indicator_vi,
    i.name_en AS indicator_en,
    o.scope,
    o.breakdown,
    o.measure,
    o.status,
    CASE o.status WHEN 'actual' THEN 'A' WHEN 'estimate' THEN 'E' WHEN 'target' THEN 'F' END AS obs_status,
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
    o.unit AS unit_measure,
    o.bound,
    o.out_of,
    o.among,
    chosen.claims,
    chosen.sources,
    chosen.different_values,
    o.confidence,
    o.derived,
    o.correction,
    a.source_id AS source,
    s.name AS source_name,
    a.identity AS article,
    v.title,
    v.published,
    v.url,
    o.point,
    o.key{more}
FROM {ranked} chosen
JOIN observation o ON o.id = chosen.claim_id
JOIN article a ON a.id = o.article_id
JOIN article_version v ON {version}
JOIN source s ON s.id = a.source_id
JOIN locality l ON l.id = {of}.locality
LEFT JOIN locality p ON p.id = l.province
LEFT JOIN series_break b ON b.locality = l.id
JOIN indicator i ON i.code = {of}.indicator
WHERE chosen.place = 1
