"""What can go wrong in this room.

    DatabaseProblem   the database cannot be reached, read or written
    └── NoDatabase    it is not there yet
    LoadProblem       a record does not say what a row needs
    UnknownName       a query names a locality, an indicator, a source or a word that nobody knows
    MissingLibrary    what was asked for needs a library that is not installed

Every message is one line for a person; none holds a password.
"""

from __future__ import annotations


class DatabaseProblem(Exception):
    """The database is missing, wrong, read-only, locked or of another version."""


class NoDatabase(DatabaseProblem):
    """Nothing was stored so far: no file, or no tables."""


class LoadProblem(ValueError):
    """A record cannot be stored as it stands; nothing of its article was written."""


class MissingLibrary(Exception):
    """An optional library is not there; the message says how to install it."""


class UnknownName(LookupError):
    """No locality, indicator or source of this name is in the database, or no claim says this word."""

    def __str__(self) -> str:
        return str(self.args[0])
