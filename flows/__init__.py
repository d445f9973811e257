"""The outside world: network, disk, clock, schedule and command line."""
