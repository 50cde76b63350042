"""Webhook: a JSON body sent to somebody's address, signed, without harm to what is near us.

Only http and https; no address of this machine or a private network, whatever a name resolves to
and however it is written, unless that is allowed; the connection goes to the very address that was
checked; no redirect is followed. A signature covers the time and the body, so that neither can be
changed nor sent again later:

    X-OpenClout-Signature: sha256=HMAC-SHA256(secret, X-OpenClout-Timestamp + "." + body)
"""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from openclout.errors import InputError, NotDelivered

TIMEOUT = 10.0  # seconds, for each step of a try
TRIES = 3
_PAUSE = 1.0  # seconds before the second try, twice as many before each next
_READ = 1024  # bytes of an answer that are looked at
_AGAIN = (408, 425, 429)
"""Answers that may be another at the next try; so may those from 500 on."""
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 behind IPv6
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to send, the secret to sign with, and whether it may be near us."""

    url: str
    secret: str
    allow_local: bool = False


def check_url(url: str) -> SplitResult:
    """Take an address apart; raises InputError for one that nothing may be sent to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(url, str(error)) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _refused(url, "it is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "it holds a user's name or a password")
    if port == 0 or any(letter <= " " for letter in url):
        raise _refused(url, "it has a port or a letter that no address has")
    return parts


def send(
    hook: Hook, body: bytes, now: datetime, pause: Callable[[float], None] = time.sleep
) -> int:
    """Send a JSON body, trying up to three times; give the status of the answer, 200 to 299.

    Raises InputError where nothing may be sent to the address, NotDelivered where nobody took it.
    """
    parts = check_url(hook.url)
    headers = _headers(hook, body, now)
    said = ""
    for attempt in range(TRIES):
        if attempt:
            pause(_PAUSE * 2 ** (attempt - 1))
        try:
            status = _try(parts, hook.allow_local, body, headers)
        except (OSError, http.client.HTTPException) as error:
            said = f"{type(error).__name__}: {error}"
            continue
        if 200 <= status < 300:
            return status
        said = f"it answered {status}"
        if 300 <= status < 400:
            said += ", and redirects are not followed"
        if status < 500 and status not in _AGAIN:
            break
    raise NotDelivered(
        f"nobody took the message ({said})",
        place=_shown(parts),
        fix="mend the receiver; what was to be told is told at the next run",
    )


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Give the signature of a body sent at a time (Unix seconds)."""
    message = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_public(address: Address) -> bool:
    """Tell whether an address is anybody's: not this machine, nor a private network.

    An address within an address of another kind must be public, too.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast


def _headers(hook: Hook, body: bytes, now: datetime) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "openclout-watch",
        "X-OpenClout-Timestamp": timestamp,
        "X-OpenClout-Signature": sign(hook.secret, timestamp, body),
    }


def _try(parts: SplitResult, allow_local: bool, body: bytes, headers: dict[str, str]) -> int:
    address = _resolve(parts, allow_local)
    connection = _Pinned(parts, address)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read(_READ)
        return answer.status
    finally:
        connection.close()


def _resolve(parts: SplitResult, allow_local: bool) -> str:
    """Give the first address of a host; raises InputError where any of them is not public."""
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise _refused(parts.geturl(), str(error)) from None
    addresses = [str(row[4][0]) for row in found]
    for text in addresses:
        if not allow_local and not is_public(ipaddress.ip_address(text.partition("%")[0])):
            raise _refused(
                parts.geturl(), f"{host} is {text}, of this machine or a private network",
                "name a public address, or add the rule with --allow-local",
            )  # fmt: skip
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address, under the host's name.

    A second look-up, which might say something else, is never made.
    """

    def __init__(self, parts: SplitResult, address: str) -> None:
        port = parts.port or _PORTS[parts.scheme]
        super().__init__(parts.hostname or "", port, timeout=TIMEOUT)
        self._address, self._secure = address, parts.scheme == "https"
        self.default_port = _PORTS[parts.scheme]

    def connect(self) -> None:
        """Open the connection, and make sure of the host's certificate."""
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _refused(
    url: str, why: str, fix: str = "give an address such as https://hooks.example/openclout"
) -> InputError:
    return InputError(f'nothing may be sent to "{url}": {why}', place="--webhook", fix=fix)


def _shown(parts: SplitResult) -> str:
    """Give an address without its query, where secrets stand."""
    return parts._replace(query="", fragment="").geturl()
