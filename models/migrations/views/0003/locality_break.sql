-- One row a locality: what a reader of its series has to know. '' for a unit without history, else for example
-- 'begins 2025-07-01: merged from 2 units' or 'ends 2025-06-30: merged into Tỉnh Khánh Hòa (56@2025)', or both.
SELECT
    l.id AS locality,
    -- scalar queries over indexes: whoever asks for one locality pays for one
    substr(
        coalesce((
            SELECT
                CASE count(*)
                    WHEN 0 THEN ''
                    WHEN 1 THEN '; begins ' || l.valid_from || ': ' || max(
                        CASE k.kind
                            WHEN 'continued' THEN 'continues '
                            WHEN 'merged' THEN 'merged from '
                            ELSE 'divided from '
                        END || o.name || ' (' || o.id || ')'
                    )
                    ELSE '; begins ' || l.valid_from || ': merged from ' || count(*) || ' units'
                END
            FROM locality_link k
            JOIN locality o ON o.id = k.old
            WHERE
                k.new = l.id
                AND k.effective = l.valid_from
                -- a new commune came from communes; that it lay in a district is no part more
                AND (o.tier = l.tier OR NOT EXISTS (
                    SELECT 1
                    FROM locality_link s
                    JOIN locality t ON t.id = s.old
                    WHERE s.new = l.id AND t.tier = l.tier
                ))
        ), '')
        || coalesce('; ends ' || l.valid_to || (
            SELECT
                CASE count(*)
                    WHEN 0 THEN ''
                    WHEN 1 THEN ': ' || max(
                        CASE k.kind
                            WHEN 'continued' THEN 'continued by '
                            WHEN 'merged' THEN 'merged into '
                            ELSE 'a part went to '
                        END || n.name || ' (' || n.id || ')'
                    )
                    ELSE ': divided among ' || count(*) || ' units'
                END
            FROM locality_link k
            JOIN locality n ON n.id = k.new
            WHERE k.old = l.id AND k.effective > l.valid_to
        ), ''),
        3
    ) AS series_break
FROM locality l
