"""Fetching what a stranger named: little, soon, from the public internet only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2
import orjson
from django.utils.translation import gettext as _

from openclout.web.here import this_site
from openclout.web.proof.guard import Guard, Refused

MOST = 1 << 20  # bytes of an answer, with its headers
SECONDS = 10.0  # for all of it, redirects included
REDIRECTS = 4
_AGENT = "OpenClout/1 (proof of an account; +{origin})"


class Unreached(Exception):
    """What was to be fetched could not be; the text is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: where it came from at last, and its content."""

    url: str
    status: int
    headers: httpx2.Headers
    body: bytes

    @property
    def text(self) -> str:
        """The content as text; UTF-8 unless the answer says otherwise."""
        return httpx2.Response(200, headers=self.headers, content=self.body).text

    def json(self) -> Any:
        """The content as JSON; raises Unreached where it is none."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise Unreached(
                _("%(place)s did not answer in JSON.") % {"place": _host(self.url)}
            ) from None


class Transport(httpx2.BaseTransport):
    """httpx over the guard; no proxy, no environment, nothing kept open."""

    def __init__(self, seconds: float = SECONDS, most: int = MOST) -> None:
        """`seconds` for all requests, `most` bytes for each answer."""
        guard = Guard(seconds, most, this_site().outside.loopback)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_keepalive_connections=0,
            network_backend=guard,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask, and read the answer whole."""
        check_address(str(request.url))
        request.headers["Accept-Encoding"] = "identity"  # what is packed small may be large
        asked = httpcore2.Request(
            method=request.method,
            url=str(request.url),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        try:
            body = answer.read()
        finally:
            answer.close()
        headers = httpx2.Headers(answer.headers)
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Refused("the answer is packed, though it was asked for plain")
        return httpx2.Response(answer.status, headers=headers, content=body)

    def close(self) -> None:
        """End all connections."""
        self._pool.close()


def check_address(url: str) -> None:
    """Raise Refused unless an address is of the web and names no user."""
    try:
        parts = urlsplit(url)
        _port = parts.port  # raises ValueError where it is none
    except ValueError:
        raise Refused(f"{url} is not an address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"{parts.scheme or url} is not of the web")
    if parts.username or parts.password:
        raise Refused("an address with a user's name in it is not fetched")


def fetch(
    url: str,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most: int = MOST,
) -> Fetched:
    """Fetch an address, or send it a form; follows redirects of a GET, each judged anew.

    Raises Unreached for whatever is refused, too large, too slow or not there.
    """
    with (
        reaching(url),
        httpx2.Client(transport=Transport(seconds, most), trust_env=False) as client,
    ):
        for _step in range(REDIRECTS + 1):
            agent = {"User-Agent": _AGENT.format(origin=this_site().origin)}
            asked = client.build_request("POST" if data else "GET", url, data=data,
                                         headers={**agent, **(headers or {})})  # fmt: skip
            answer = client.send(asked, follow_redirects=False)
            if data or not answer.has_redirect_location:
                return Fetched(url, answer.status_code, answer.headers, answer.content)
            url = urljoin(url, answer.headers["Location"])
    raise Unreached(_("%(place)s leads on and on.") % {"place": _host(url)})


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Turn all that can go wrong on the way into Unreached."""
    try:
        yield
    except Refused:
        raise Unreached(_("%(place)s is not a public website.") % {"place": _host(url)}) from None
    except (httpcore2.TimeoutException, httpx2.TimeoutException):
        raise Unreached(_("%(place)s took too long.") % {"place": _host(url)}) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, httpx2.InvalidURL,
            OSError, UnicodeError, ValueError):  # fmt: skip
        raise Unreached(_("%(place)s could not be read.") % {"place": _host(url)}) from None


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0][:80] or url[:80]
