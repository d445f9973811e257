"""A page becomes facts: same bytes in, same facts out; no network, no clock, no database."""
