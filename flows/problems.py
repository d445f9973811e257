"""What can go wrong outside, as one small tree. Every message says who, what, and where it is mended.

Problem
├── BadWord            a word of the command line that means nothing
├── SettingsProblem    the environment or .env
├── SourceProblem      a source's YAML
│   └── UnknownSource  an id that no file has
├── CorrectionsProblem the file of corrections
├── ListingProblem     a source's lists of articles
├── SurveyProblem     a site in which no articles are found
├── FetchProblem
│   ├── Forbidden      robots.txt, a scheme or an address that we do not visit
│   ├── Unreachable    no answer: DNS, refused, reset, timeout, TLS
│   ├── BadAnswer      an answer that is no page: 4xx, 5xx, a block page, redirects without end
│   ├── TooLarge       more bytes than the source allows
│   ├── TooSlow        more seconds than the source allows
│   └── GivenUp        not asked for: the source is left alone until the next run
├── ArchiveProblem     data/raw
├── FileProblem        an article that cannot be read
│   └── MissingFile    a file given on the command line that is not there
├── AlreadyRunning     another run holds the lock
├── ClusterProblem     a Dask cluster, or one of its workers
└── ServerProblem      a server of ours: Prefect's, the pages of `solieu browse`
"""

from __future__ import annotations


class Problem(Exception):
    """Something that a person can mend; the message is meant for that person."""


def unwritten(file: object, error: OSError) -> str:
    """A file that cannot be written, as a person reads it; whatever that was, all can be run again."""
    return f"{file}: cannot be written ({error.strerror}): mend that and run it again"


class BadWord(Problem):
    pass


class SettingsProblem(Problem):
    pass


class SourceProblem(Problem):
    pass


class UnknownSource(SourceProblem):
    pass


class CorrectionsProblem(Problem):
    pass


class ListingProblem(Problem):
    pass


class SurveyProblem(Problem):
    pass


class FetchProblem(Problem):
    pass


class Forbidden(FetchProblem):
    pass


class Unreachable(FetchProblem):
    pass


class BadAnswer(FetchProblem):
    def __init__(self, message: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class TooLarge(FetchProblem):
    pass


class TooSlow(FetchProblem):
    pass


class GivenUp(FetchProblem):
    pass


class ArchiveProblem(Problem):
    pass


class FileProblem(Problem):
    pass


class MissingFile(FileProblem):
    pass


class AlreadyRunning(Problem):
    pass


class ClusterProblem(Problem):
    pass


class ServerProblem(Problem):
    pass
