-- One row a claim: an article said that an indicator had a value in a locality over a period.
-- Claims that the article no longer makes are here too, with the moment they were withdrawn;
-- what was known at a moment T is first_seen <= T and (withdrawn is null or withdrawn > T).
-- quote, char_start and char_end are the first place that says it, in the last version of the text that does;
-- origin is the address of the article that this one is a copy of, also when that is not in the database; NULL for an
-- original. mentions counts all places of that version. value_text is the exact value, value the same as a number.
SELECT
    o.locality,
    l.name AS locality_name,
    p.name AS province_name,
    o.indicator,
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
    o.confidence,
    o.derived,
    o.correction,
    m.quote,
    m.char_start,
    m.char_end,
    (
        SELECT nullif(count(*), 0)
        FROM mention other
        WHERE other.observation_id = o.id AND other.version_id = m.version_id
    ) AS mentions,
    o.first_seen,
    o.withdrawn,
    o.extractor_version,
    a.source_id AS source,
    s.name AS source_name,
    a.identity AS article,
    v.title,
    v.published,
    v.url,
    v.archive_path,
    CASE
        WHEN first.stated LIKE 'http%' THEN first.stated
        WHEN k.origin_id IS NOT NULL THEN coalesce(first_version.url, first_article.identity)
    END AS origin,
    o.point,
    o.key
FROM observation o
JOIN article a ON a.id = o.article_id
JOIN source s ON s.id = a.source_id
JOIN article_version v ON v.article_id = a.id AND v.superseded_at IS NULL
JOIN locality l ON l.id = o.locality
LEFT JOIN locality p ON p.id = l.province
JOIN indicator i ON i.code = o.indicator
LEFT JOIN likeness k ON k.article_id = a.id
LEFT JOIN likeness first ON first.article_id = coalesce(k.origin_id, k.article_id)
LEFT JOIN article first_article ON first_article.id = k.origin_id
LEFT JOIN article_version first_version
    ON first_version.article_id = k.origin_id AND first_version.superseded_at IS NULL
LEFT JOIN mention m
    ON
        m.observation_id = o.id
        -- found over its index: whoever asks for a few claims pays for those
        AND (m.version_id, m.char_start, m.char_end) = (
            SELECT mention.version_id, mention.char_start, mention.char_end
            FROM mention
            JOIN article_version version ON version.id = mention.version_id
            WHERE mention.observation_id = o.id
            ORDER BY version.fetched_at DESC, version.content_hash DESC, mention.char_start, mention.char_end
            LIMIT 1
        )
