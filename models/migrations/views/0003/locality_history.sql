-- One row an event of a unit: it was preceded or succeeded by another one (event_date is the first day of the new
-- state; kind and share say how much of the old unit went there), or was given a name. The other unit is other.
SELECT
    happened.locality,
    l.code,
    l.name,
    l.type,
    l.tier,
    p.name AS province_name,
    l.valid_from,
    l.valid_to,
    happened.event,
    happened.event_date,
    happened.kind,
    happened.other,
    happened.other_name,
    happened.share,
    happened.decree
FROM (
    SELECT
        k.old AS locality, 'succeeded by' AS event, k.effective AS event_date, k.kind, k.new AS other,
        n.name AS other_name, k.share, k.decree
    FROM locality_link k
    JOIN locality n ON n.id = k.new
    UNION ALL
    SELECT k.new, 'preceded by', k.effective, k.kind, k.old, o.name, k.share, k.decree
    FROM locality_link k
    JOIN locality o ON o.id = k.old
    UNION ALL
    SELECT d.locality, 'named', d.valid_from, NULL, NULL, d.name, NULL, d.decree
    FROM locality_name d
    WHERE d.valid_from IS NOT NULL
) happened
JOIN locality l ON l.id = happened.locality
LEFT JOIN locality p ON p.id = l.province
