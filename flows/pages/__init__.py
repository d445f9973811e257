"""Pages to look at: HTML that needs no server and asks nothing of the network."""
