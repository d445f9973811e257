"""What can go wrong in this room.

    DatabaseProblem   the database cannot be reached, read or written
    └── NoDatabase    it is not there yet
    LoadProblem       a record does not say what a row needs
    UnknownName       a query names a locality or an indicator that nobody knows

Every message is one line for a person; none holds a password.
"""

from __future__ import annotations


class DatabaseProblem(Exception):
    """The database is missing, wrong, read-only, locked or of another version."""


class NoDatabase(DatabaseProblem):
    """Nothing was stored so far: no file, or no tables."""


class LoadProblem(ValueError):
    """A record cannot be stored as it stands; nothing of its article was written."""


class UnknownName(LookupError):
    """No locality or indicator of this name is in the database."""

    def __str__(self) -> str:
        return str(self.args[0])
