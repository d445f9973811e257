"""The sample sites on loopback: real HTTP with robots.txt, lists, and 304 for what has not changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
import yaml

from flows.samples import sample_sources, serve_samples


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, str]]:
    with serve_samples() as served:
        yield served


def test_every_source_has_its_own_address(sites: dict[str, str]) -> None:
    assert list(sites) == [file.parent.name for file in sample_sources()] == ["khanhhoa", "lamdong", "tayninh"]
    assert len(set(sites.values())) == 3
    assert all(address.startswith("http://127.0.0.1:") for address in sites.values())


def test_lists_and_robots_answer(sites: dict[str, str]) -> None:
    for file in sample_sources():
        source, address = yaml.safe_load(file.read_text(encoding="utf-8")), sites[file.parent.name]
        lists = [url for urls in (source["list"].get("rss", []), source["list"].get("pages", [])) for url in urls]
        for url in [f"{source['url']}/robots.txt", *lists]:
            answer = requests.get(url.replace(source["url"], address), timeout=5)
            assert (answer.status_code, "charset=utf-8" in answer.headers["Content-Type"]) == (200, True)


def test_an_unchanged_page_is_not_sent_twice(sites: dict[str, str]) -> None:
    url = f"{sites['khanhhoa']}/kinh-te/"
    first = requests.get(url, timeout=5)
    again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Last-Modified"]


def test_a_missing_page_and_a_way_out_are_not_found(sites: dict[str, str]) -> None:
    for path in ("/khong-co.html", "/../source.yml", "/%2e%2e/source.yml"):
        with requests.Session() as session:
            request = session.prepare_request(requests.Request("GET", sites["khanhhoa"]))
            request.url = f"{sites['khanhhoa']}{path}"
            assert session.send(request, timeout=5).status_code == 404
