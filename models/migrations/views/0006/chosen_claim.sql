-- One row a point and a territory that the point's locality is part of: the claim that is preferred, and how many there
-- were to choose from. territory_series adds up those of one territory.
SELECT *
FROM ranked_claim
WHERE place = 1
