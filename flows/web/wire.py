"""Connections of one source: to public addresses alone, with its own domain trusted as `flows/web/trust.py` tells."""

from __future__ import annotations

import socket
from typing import Any, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import InsecureRequestWarning

from flows.problems import Forbidden
from flows.sources import Source
from flows.web.addresses import domain, is_public, origin
from flows.web.trust import tls_context

urllib3.disable_warnings(InsecureRequestWarning)  # the report says it instead, once a night


class Session(requests.Session):
    """A session that leaves redirects to us: the usual one reads all of a redirect's body, however large or slow."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Wire(HTTPAdapter):
    """Connections for one source's visit. Raises OSError when its `ca` cannot be read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._context = tls_context(source.polite.tls, source.ca)
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if self._source.polite.tls == "unverified" and self._is_own(request):
            kwargs["verify"] = False
        return super().send(request, *args, **kwargs)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> tuple[Any, Any]:
        host, pool = super().build_connection_pool_key_attributes(request, *args, **kwargs)
        if self._context and self._is_own(request):
            pool["ssl_context"] = self._context
        return host, pool

    def get_connection_with_tls_context(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        pool = cast(HTTPConnectionPool, super().get_connection_with_tls_context(request, *args, **kwargs))
        if not self._is_served(request):
            pool.ConnectionCls = PublicHTTPS if pool.scheme == "https" else PublicHTTP
        return pool

    def _is_served(self, request: requests.PreparedRequest) -> bool:
        """Whether it goes to `served_at`, the only place that may be private."""
        place = self._source.served_at
        return place is not None and origin(place) == origin(str(request.url))

    def _is_own(self, request: requests.PreparedRequest) -> bool:
        return self._is_served(request) or domain(str(request.url)) == domain(self._source.url)


class PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _public(super()._new_conn(), self.host)


class PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _public(super()._new_conn(), self.host)


def _public(connected: socket.socket, host: str) -> socket.socket:
    """The connection, before anything is sent on it. A name that was public when it was asked about may have led
    elsewhere when it was asked again; where we are connected to is not a matter of names. Raises Forbidden.
    """
    address = str(connected.getpeername()[0])
    if not is_public(address):
        connected.close()
        raise Forbidden(f"{host} is a private address ({address})")
    return connected
