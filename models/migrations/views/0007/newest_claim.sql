-- The rule, worked out from scratch: the preferred claim of the last known point of each locality, indicator, scope,
-- breakdown and measure, as the view latest tells.
SELECT claim_id, locality, indicator
FROM (
    SELECT
        r.claim_id,
        o.locality,
        o.indicator,
        row_number() OVER (
            PARTITION BY o.locality, o.indicator, o.scope, o.breakdown, o.measure
            ORDER BY
                o.period_end DESC,
                o.period_start,
                CASE o.status WHEN 'actual' THEN 0 ELSE 1 END,
                o.base,
                o.point
        ) AS place
    FROM ranked_claim r
    JOIN observation o ON o.id = r.claim_id
    WHERE r.place = 1 AND o.status <> 'target'
) ranked
WHERE place = 1
