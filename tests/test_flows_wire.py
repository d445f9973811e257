"""Where we connect to and whom we trust there: addresses, names that change their mind, certificates."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from flows.problems import FetchProblem, Forbidden, SourceProblem, Unreachable
from flows.sources import load_sources, read_source
from flows.web.addresses import canonical, check_public, is_public
from flows.web.fetch import Page, fetch
from flows.web.visit import Pauses, Visit, new_session
from tests.certificates import certificate, server_context
from tests.faulty import Faulty, answer, moved
from tests.sites import HOST, Site, site

__all__ = ["site"]

pytestmark = pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
BODY = b"<html><p>Bai viet</p></html>"
PAGES = {"/a.html": answer("200 OK", BODY)}


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with new_session("solieu test") as made:
        yield made


@pytest.mark.parametrize(
    ("address", "public"),
    {
        "8.8.8.8": True,
        "2606:2800:220:1::1": True,
        "::ffff:8.8.8.8": True,
        "64:ff9b::8.8.8.8": True,
        "127.0.0.1": False,
        "0.0.0.0": False,
        "10.1.2.3": False,
        "100.64.0.1": False,
        "169.254.169.254": False,
        "192.168.0.1": False,
        "224.0.0.1": False,
        "255.255.255.255": False,
        "::": False,
        "::1": False,
        "::127.0.0.1": False,
        "::ffff:127.0.0.1": False,
        "64:ff9b::127.0.0.1": False,
        "64:ff9b:1::127.0.0.1": False,
        "2002:7f00:1::": False,
        "fc00::1": False,
        "fe80::1%eth0": False,
        "fec0::1": False,
        "ff02::1": False,
        "ff0e::1": False,
    }.items(),
)
def test_which_addresses_are_hosts_of_the_public_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::ffff:7f00:1]", "224.0.0.1", "[ff0e::1]"],
)
def test_a_private_host_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(Forbidden, match="is a private address"):
        check_public(canonical(f"http://{host}/"))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_elsewhere_when_it_is_asked_again_gets_nothing_from_us(
    site: Site, session: requests.Session, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    server, true_answer = Faulty(PAGES), socket.getaddrinfo
    places = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr("socket.getaddrinfo", lambda _host, *how, **more: true_answer(next(places), *how, **more))
    here = f"{scheme}://lua.example:{server.listener.getsockname()[1]}"
    guest = Visit(read_source(site.source(url=here, served_at=None)), session, Pauses())
    with pytest.raises(Forbidden, match=rf"^{here}/robots\.txt: lua\.example is a private address \(127\.0\.0\.1\)$"):
        fetch(f"{here}/a.html", guest)
    server.close()
    assert (list(places), server.asked) == ([], [])


def test_only_the_place_where_a_source_is_served_may_be_private(site: Site, session: requests.Session) -> None:
    other = Faulty(PAGES)
    server = Faulty({"/a.html": moved(f"{other.url}/a.html")})
    guest = Visit(read_source(site.source(served_at=server.url)), session, Pauses())
    with pytest.raises(Forbidden, match=r"127\.0\.0\.1 is a private address"):
        fetch(f"{HOST}/a.html", guest)
    assert other.asked == []
    for one in (server, other):
        one.close()


def test_a_source_may_have_a_name_of_its_own_for_us(site: Site, session: requests.Session) -> None:
    source = read_source(site.source(polite={"gap": 0, "user_agent": "Mozilla/5.0 (toa soan)"}))
    fetch(site.article("a", "1,5"), Visit(source, session, Pauses()))
    assert {request.headers["User-Agent"] for request, _ in site.server.log} == {"Mozilla/5.0 (toa soan)"}


@pytest.fixture
def own_certificate(tmp_path: Path) -> Path:
    return certificate(tmp_path, "127.0.0.1")


@pytest.fixture
def secure(own_certificate: Path) -> Iterator[Faulty]:
    """A server on loopback whose certificate nobody signed."""
    made = Faulty(dict(PAGES), server_context(own_certificate))
    yield made
    made.close()


def ask(site: Site, server: Faulty, session: requests.Session, **polite: object) -> Page | None:
    file = site.source(
        url="https://bao.example", served_at=server.url, polite={"gap": 0, "attempts": 1, "timeout": 3, **polite}
    )
    return fetch("https://bao.example/a.html", Visit(read_source(file), session, Pauses()))


def test_a_certificate_that_nobody_signed_is_refused_with_where_to_mend_it(
    site: Site, secure: Faulty, session: requests.Session
) -> None:
    with pytest.raises(Unreachable, match=r"self-signed certificate.*; .*bao\.yml, polite\.tls or polite\.ca\)$"):
        ask(site, secure, session)
    assert secure.asked == []


def test_a_certificate_beside_the_yaml_is_trusted(
    site: Site, secure: Faulty, session: requests.Session, own_certificate: Path
) -> None:
    own_certificate.rename(site.sources / "ca.pem")
    page = ask(site, secure, session, ca="ca.pem")
    assert page is not None
    assert page.body == BODY


def test_a_certificate_of_another_name_is_refused_also_when_its_signer_is_trusted(
    site: Site, session: requests.Session, tmp_path: Path
) -> None:
    other = certificate(tmp_path, "khac.example")
    server = Faulty(dict(PAGES), server_context(other))
    with pytest.raises(Unreachable, match="certificate is not valid for '127"):
        ask(site, server, session, ca=str(other))
    server.close()


def test_unverified_is_for_one_domain_and_is_said_every_time(
    site: Site, secure: Faulty, session: requests.Session
) -> None:
    page = ask(site, secure, session, tls="unverified")
    assert page is not None
    (source,), _ = load_sources(site.sources)
    assert source.warnings == [f"bao.example: no certificate is checked ({source.file}, polite.tls: unverified)"]


def test_unverified_does_not_reach_another_domain(
    site: Site, secure: Faulty, session: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, true_answer = Faulty(dict(PAGES), secure.tls), socket.getaddrinfo
    secure.said["/a.html"] = moved(f"https://khac.example:{other.listener.getsockname()[1]}/a.html")
    monkeypatch.setattr("socket.getaddrinfo", lambda _host, *how, **more: true_answer("127.0.0.1", *how, **more))
    for judge in ("addresses", "wire"):
        monkeypatch.setattr(f"flows.web.{judge}.is_public", lambda _: True)
    with pytest.raises(Unreachable, match=r"^https://khac\.example:\d+/robots\.txt: no answer \(self-signed"):
        ask(site, secure, session, tls="unverified")
    assert other.asked == []
    other.close()


def test_legacy_takes_keys_of_old_and_still_checks_the_certificate(
    site: Site, session: requests.Session, tmp_path: Path, own_certificate: Path
) -> None:
    weak = certificate(tmp_path, "127.0.0.1", bits=1024)
    server = Faulty(dict(PAGES), server_context(weak))
    with pytest.raises(Unreachable, match="key too weak"):
        ask(site, server, session, ca=str(weak))
    assert ask(site, server, session, ca=str(weak), tls="legacy") is not None
    with pytest.raises(FetchProblem, match="self-signed certificate"):
        ask(site, server, session, ca=str(own_certificate), tls="legacy")
    server.close()


@pytest.mark.parametrize(
    ("polite", "complaint"),
    [
        ({"ca": "none.pem"}, r"bao\.yml: polite\.ca: .*none\.pem has no certificates \(No such file or directory\)$"),
        ({"ca": "bao.yml"}, r"bao\.yml: polite\.ca: .*bao\.yml has no certificates \(.*\)$"),
        ({"ca": "ca.pem", "tls": "unverified"}, r"polite: ca: nothing is checked with tls: unverified$"),
        ({"tls": "off"}, r"polite\.tls: input should be 'strict', 'legacy' or 'unverified'$"),
        ({"user_agent": "a\nb"}, r"polite\.user_agent: string should match pattern"),
    ],
)
def test_what_cannot_be_meant_is_refused_when_sources_are_read(
    site: Site, polite: dict[str, str], complaint: str
) -> None:
    site.source(polite=polite)
    sources, problems = load_sources(site.sources)
    assert sources == []
    with pytest.raises(SourceProblem, match=complaint):
        raise problems[0]
