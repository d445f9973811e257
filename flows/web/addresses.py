"""Web addresses: one spelling a page, the domain that is asked politely, the hosts that are never asked."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from courlan import extract_domain, normalize_url

from flows.problems import Forbidden, Unreachable

_IPV6, _NAT64 = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("64:ff9b::/96")


def canonical(url: str) -> str:
    """One spelling a page: no fragment, no trackers; the query stays, for on portals it is the identity.

    >>> canonical("https://Bao.vn:443/tin/slug-a1.html?utm_source=x#top")
    'https://bao.vn/tin/slug-a1.html'
    """
    return urldefrag(str(normalize_url(url.strip()))).url


def absolute(link: str, page: str) -> str | None:
    """A link as `page` means it, canonical; None when it is no web page (mailto:, javascript:, broken)."""
    try:
        url = urljoin(page, link.strip())
        parts = urlsplit(url)
        return canonical(url) if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def domain(url: str) -> str:
    """The registrable domain (baokhanhhoa.vn of https://news.baokhanhhoa.vn/…), else the host itself."""
    return extract_domain(url) or urlsplit(url).hostname or ""


def moved(url: str, old: str, new: str) -> str:
    """`url` with the origin of `old` replaced by that of `new`; other origins stay."""
    parts, before, after = urlsplit(url), urlsplit(old), urlsplit(new)
    if (parts.scheme, parts.netloc) != (before.scheme, before.netloc):
        return url
    return urlunsplit((after.scheme, after.netloc, parts.path, parts.query, ""))


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port, the port also where it is left out."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def is_public(address: str) -> bool:
    """Whether an IP address is a single host of the public internet, also by the IPv4 address inside an IPv6 one.

    >>> [is_public(a) for a in ("8.8.8.8", "10.0.0.1", "224.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(ip.packed[12:]) if ip in _NAT64 else None)
        if inside is None and ip not in _IPV6:
            return False
        ip = inside or ip
    return ip.is_global and not ip.is_multicast


def check_public(url: str) -> None:
    """Raise Forbidden unless the host is public by every address: no page may lead us into a private network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Forbidden(f"{url}: only http and https are visited")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise Unreachable(f"{url}: no address for {parts.hostname} ({error})") from None
    for *_, place in found:
        if not is_public(str(place[0])):
            raise Forbidden(f"{url}: {parts.hostname} is a private address ({place[0]})")
