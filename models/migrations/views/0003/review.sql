-- What waits for a person: one row a claim that was read with too little confidence for the view series (why unsure),
-- and one a figure that became no claim. why says which:
-- unsure    below parameter published_threshold
-- unnamed   no indicator of the catalogue fits;  tie  two fit alike
-- undated   nothing says its period;  unplaced  its place is not one known unit
-- aside     a rule's threshold, one company's or one part's figure: left out on purpose
-- label is the indicator's Vietnamese name, or what the words around the figure are about, to group and count by.
-- place are the words for the place of what is unplaced, candidates the ids of the localities that they may mean, with
-- a blank between two, none for a place that nobody knows.
SELECT
    waiting.why,
    waiting.label,
    waiting.place,
    waiting.candidates,
    waiting.unit,
    waiting.value_text,
    waiting.quote,
    waiting.confidence,
    waiting.indicator,
    waiting.locality,
    waiting.period,
    waiting.char_start,
    waiting.char_end,
    a.source_id AS source,
    a.identity AS article,
    v.title,
    v.published,
    v.url,
    v.archive_path
FROM (
    SELECT
        u.version_id, u.why, u.label, u.place, u.candidates, u.unit, u.value_text, u.quote, u.char_start, u.char_end,
        NULL AS confidence, NULL AS indicator, NULL AS locality, NULL AS period
    FROM uncatalogued u
    UNION ALL
    SELECT
        m.version_id, 'unsure', i.name_vi, '', '', o.unit, o.value_text, m.quote, m.char_start, m.char_end,
        o.confidence, o.indicator, o.locality, o.period
    FROM observation o
    JOIN indicator i ON i.code = o.indicator
    JOIN mention m ON m.observation_id = o.id
    WHERE
        o.withdrawn IS NULL
        AND NOT o.derived
        AND o.confidence < (SELECT number FROM parameter WHERE name = 'published_threshold')
) waiting
JOIN article_version v ON v.id = waiting.version_id AND v.superseded_at IS NULL
JOIN article a ON a.id = v.article_id
