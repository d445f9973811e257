-- One row a part of what a unit is made of: the unit itself, and every unit whose whole went into one of the parts
-- (locality_link of kind continued or merged). Before whole_since, the last day on which a part of another unit came or
-- a part of one of these went, they do not add up to the territory.
SELECT
    t.territory,
    w.name AS territory_name,
    t.part,
    l.name AS part_name,
    l.valid_from AS part_valid_from,
    l.valid_to AS part_valid_to,
    t.whole_since
FROM territory_part t
JOIN locality w ON w.id = t.territory
JOIN locality l ON l.id = t.part
