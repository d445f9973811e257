-- One row a point and a territory that the point's locality is part of (itself, and what its whole went into): the
-- preferred claim, and how many there were to choose from. territory_series adds up those of one territory.
SELECT t.territory, o.locality, o.indicator, o.point, r.claim_id AS id, r.claims, r.sources, r.different_values
FROM territory_part t
JOIN observation o ON o.locality = t.part
JOIN ranked_claim r ON r.claim_id = o.id AND r.place = 1
