"""Pages to look at the database with: Datasette, told by us what everything means, and unable to write."""
