"""A site that fails and fails is left alone; one bad page among good ones is not held against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug import Response

from flows.archive import Archive
from flows.gather import gather
from flows.problems import BadAnswer, FetchProblem, Forbidden, GivenUp, ListingProblem, TooLarge, TooSlow, Unreachable
from flows.report import SourceReport, gathered
from flows.sources import read_source
from flows.web.patience import Patience
from flows.web.visit import Pauses, Visit, new_session
from tests.faulty import Faulty, answer
from tests.sites import HOST, Site, site

__all__ = ["site"]

SILENCE = Unreachable("http://bao.example/a: no answer (timed out)")
REFUSAL = BadAnswer("http://bao.example/a: answered 403 Forbidden", 403)
BLOCK = BadAnswer("http://bao.example/a: a block page", 200)
MISSING = BadAnswer("http://bao.example/a: answered 404 Not Found", 404)
LARGE = TooLarge("http://bao.example/a: more than 9 bytes")
SLOW = TooSlow("http://bao.example/a: took more than 60 s")
ROBOTS = Forbidden("http://bao.example/a: robots.txt does not allow it")


def visited(file: Path) -> SourceReport:
    """A source's line of the report after a visit."""
    source = read_source(file)
    with new_session("solieu test") as session:
        try:
            found = gather(Visit(source, session, Pauses()), Archive(file.parent / "raw"))
        except ListingProblem as problem:
            return gathered(source, problem)
    return gathered(source, found)


@pytest.mark.parametrize(
    ("problems", "over"),
    [
        ([SILENCE] * 4, None),
        ([SILENCE] * 5, "5 pages in a row gave no answer"),
        ([SILENCE, ROBOTS] * 5, "5 pages in a row gave no answer"),
        ([SILENCE, REFUSAL] * 4, None),
        ([SILENCE, BLOCK] * 5, "10 pages in a row failed (a block page)"),
        ([REFUSAL] * 9 + [MISSING, REFUSAL], None),
        ([REFUSAL] * 9 + [LARGE, REFUSAL], None),
        ([SLOW] * 10, "10 pages in a row failed (took more than 60 s)"),
        ([REFUSAL] * 9 + [ROBOTS] * 9, None),
        ([REFUSAL] * 9 + [ROBOTS, REFUSAL], "10 pages in a row failed (answered 403 Forbidden)"),
        ([MISSING, LARGE, ROBOTS] * 99, None),
    ],
)
def test_what_is_counted_against_a_site(problems: list[FetchProblem], over: str | None) -> None:
    patience = Patience()
    for problem in problems:
        patience.lost(problem)
    assert patience.over == over


def test_a_page_that_comes_is_a_new_beginning() -> None:
    patience = Patience()
    for problem in [REFUSAL] * 9:
        patience.lost(problem)
    patience.answered()
    for problem in [REFUSAL] * 9:
        patience.lost(problem)
    patience.check()
    patience.lost(REFUSAL)
    with pytest.raises(GivenUp, match="10 pages in a row failed"):
        patience.check()


def test_three_hundred_articles_behind_a_wall_cost_ten_requests(site: Site) -> None:
    names = [f"x{number}" for number in range(300)]
    site.list_articles(*names)
    site.pages |= {f"/{name}.html": Response("no", 403) for name in names}
    line = visited(site.source())
    why = "10 pages in a row failed (answered 403 FORBIDDEN), 290 were not tried"
    assert (line.failed, line.unchanged, line.error) == (10, 0, why)
    assert line.mend[-1] == f"bao: {why}"
    assert len([path for path in site.asked if ".html" in path]) == 10


def test_a_site_that_goes_silent_is_left_alone_until_the_next_night(site: Site) -> None:
    links = "".join(f"<a href='/x{number}.html'>x</a>" for number in range(9)).encode()
    server = Faulty({"/tin/": answer("200 OK", links)} | {f"/x{number}.html": b"" for number in range(9)})
    line = visited(site.source(served_at=server.url))
    server.close()
    assert (line.failed, line.unchanged) == (5, 0)
    assert line.error == "5 pages in a row gave no answer, 4 were not tried"


def test_dead_lists_are_not_asked_for_ever(site: Site) -> None:
    lists = {f"/l{number}/": b"" for number in range(12)}
    server = Faulty(dict(lists))
    line = visited(site.source(served_at=server.url, list={"pages": [f"{HOST}{path}" for path in lists]}))
    server.close()
    assert server.asked == ["/robots.txt", *list(lists)[:5]]
    assert line.error is not None
    assert line.error.endswith("; 5 pages in a row gave no answer, 7 of 12 lists were not read")


def test_what_good_lists_gave_is_told_when_the_others_use_up_the_patience(site: Site) -> None:
    site.list_articles("a", "b")
    site.article("a", "1,5")
    lists = [f"{HOST}/tin/", *(f"{HOST}/l{number}/" for number in range(12))]
    site.pages |= {f"/l{number}/": Response("no", 403) for number in range(12)}
    line = visited(site.source(list={"pages": lists}))
    assert (line.listed, line.fetched, line.failed) == (2, 0, 0)
    assert line.error == "10 pages in a row failed (answered 403 FORBIDDEN), 2 were not tried"
    assert "bao: 10 pages in a row failed (answered 403 FORBIDDEN), 2 of 13 lists were not read" in line.mend
    assert len(site.asked) == 12


def test_a_site_that_asks_for_an_hour_is_asked_nothing_more_tonight(site: Site) -> None:
    site.list_articles("a", "b", "c")
    site.article("a", "1,5")
    site.pages["/b.html"] = Response("later", 503, headers={"Retry-After": "3600"})
    line = visited(site.source(polite={"gap": 0, "attempts": 3}))
    why = "bao.example asks to be left alone for 3600 s (Retry-After), 1 were not tried"
    assert (line.kept, line.failed, line.error) == (1, 1, why)
    assert line.mend == ["bao: http://bao.example/b.html: answered 503 SERVICE UNAVAILABLE", f"bao: {why}"]
    assert site.asked == ["/robots.txt 404", "/tin/ 200", "/a.html 200", "/b.html 503"]
