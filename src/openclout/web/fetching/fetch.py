"""One request to an address that a user gave, within bounds of time, size and redirects."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urljoin

from openclout.web.fetching.guard import Goal, Unreachable, find_goal

AGENT = "OpenClout/1 (+proofs and webhooks)"
SECONDS = 10.0
MOST_BYTES = 1 << 20
REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `url` is where it came from at last, header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str


def get(
    url: str, reachable: tuple[str, ...] = (), headers: Mapping[str, str] | None = None
) -> Reply:
    """Fetch an address, following a few redirects, each looked at anew; raises Unreachable."""
    until = time.monotonic() + SECONDS
    for _hop in range(REDIRECTS + 1):
        reply = _ask("GET", url, b"", dict(headers or {}), reachable, until)
        if reply.status not in _MOVED or "location" not in reply.headers:
            return reply
        url, headers = urljoin(url, reply.headers["location"]), None
    raise Unreachable(f"the address leads on more than {REDIRECTS} times")


def post(
    url: str, body: bytes, headers: Mapping[str, str], reachable: tuple[str, ...] = ()
) -> Reply:
    """Send something to an address; a redirect is not followed. Raises Unreachable."""
    return _ask("POST", url, body, dict(headers), reachable, time.monotonic() + SECONDS)


def _ask(
    method: str,
    url: str,
    body: bytes,
    headers: dict[str, str],
    reachable: tuple[str, ...],
    until: float,
) -> Reply:
    goal = find_goal(url, reachable)
    sent = {"Host": goal.named, "User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
    try:
        with _connected(goal, until) as connection:
            connection.request(method, goal.path, body or None, sent)
            response = connection.getresponse()
            kept = {name.lower(): value for name, value in response.getheaders()}
            reply = Reply(response.status, kept, _read(response), url)
    except (OSError, HTTPException) as error:
        _left(until)
        raise Unreachable(f"{goal.host} did not answer ({type(error).__name__})") from None
    _left(until)  # an answer that was cut off looks whole where its length was not told
    return reply


def _read(response: HTTPResponse) -> bytes:
    found = response.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise Unreachable(f"the answer is longer than {MOST_BYTES >> 20} MiB")
    return found


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable(f"the answer took more than {SECONDS:.0f} seconds")
    return left


@contextmanager
def _connected(goal: Goal, until: float) -> Iterator[HTTPConnection]:
    """Give a connection that is cut off when the time is over, wherever a slow server has it."""
    connection = HTTPConnection(goal.host, goal.port)
    raw = _dial(goal, until)
    if goal.scheme == "https":
        trust = ssl.create_default_context()
        raw = trust.wrap_socket(raw, server_hostname=goal.host, do_handshake_on_connect=False)
    connection.sock = raw
    clock = threading.Timer(_left(until), _cut, (raw,))
    clock.start()
    try:
        if isinstance(raw, ssl.SSLSocket):
            raw.do_handshake()
        yield connection
    finally:
        clock.cancel()
        connection.close()
        raw.close()


def _cut(raw: socket.socket) -> None:
    with suppress(OSError):  # closed meanwhile
        socket.socket.shutdown(raw, socket.SHUT_RDWR)


def _dial(goal: Goal, until: float) -> socket.socket:
    """Connect to the numbers that were looked at, not to the name, which may mean others by now."""
    for number in goal.numbers:
        try:
            return socket.create_connection((number, goal.port), timeout=_left(until))
        except OSError:
            continue
    raise ConnectionError(f"nothing listens at {goal.host}")
