-- One row something in the current version of an article that does not add up, or was doubtful about its page; nothing
-- is mended for it. claim_keys is a JSON list of the keys of the claims it is about, as in the view claims.
SELECT
    f.check_name,
    f.message,
    CAST(f.claim_keys AS TEXT) AS claim_keys,
    a.source_id AS source,
    a.identity AS article,
    v.title,
    v.published,
    v.url,
    v.archive_path,
    v.fetched_at
FROM finding f
JOIN article_version v ON v.id = f.version_id AND v.superseded_at IS NULL
JOIN article a ON a.id = v.article_id
