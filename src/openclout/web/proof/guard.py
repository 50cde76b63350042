"""The guard of everything that fetches an address which a stranger gave (SSRF).

Names are resolved once, the addresses judged, and the connection goes to the judged address, so a
name that answers otherwise the second time (DNS rebinding) changes nothing. The judgement sits in
the network layer: redirects, and whatever a library asks for on its own, pass it too.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

PORTS = (80, 443)
_TRANSLATED = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96",
                "192.0.0.0/24", "192.88.99.0/24")
)  # fmt: skip
"""IPv6 in which an IPv4 address is wrapped (NAT64, 6to4, Teredo, the old compatible form), and
what older Pythons take for public."""


class Refused(OSError):
    """An address that is not fetched from."""


def judge(address: str, port: int, loopback: Iterable[int] = ()) -> None:
    """Raise Refused unless an IP address is one of the public internet's, and the port a web's.

    `loopback` are ports that may be reached on this machine, for tests.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    if found.is_loopback and port in loopback:
        return
    wrapped = any(found in net for net in _TRANSLATED if net.version == found.version)
    if not found.is_global or found.is_multicast or found.is_reserved or wrapped:
        raise Refused(f"{address} is not an address of the public internet")
    if port not in PORTS:
        raise Refused(f"port {port} is not one of the web's")


class Stream(httpcore2.NetworkStream):
    """A connection with an end: so many bytes and so many seconds, however they trickle."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float, most: int) -> None:
        """`deadline` is a time of the monotonic clock; `most` are bytes that may come in."""
        self._inner, self._deadline, self._left = inner, deadline, most

    def _rest(self, timeout: float | None) -> float:
        rest = self._deadline - time.monotonic()
        if rest <= 0:
            raise httpcore2.ReadTimeout("it took too long")
        return min(rest, timeout) if timeout is not None else rest

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, within what is left."""
        content = self._inner.read(max_bytes, self._rest(timeout))
        self._left -= len(content)
        if self._left < 0:
            raise httpcore2.ReadError("it is too large")
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, within the time that is left."""
        self._inner.write(buffer, self._rest(timeout))

    def close(self) -> None:
        """End the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Go on encrypted; the certificate is that of the name, not of the address."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._rest(timeout))
        return Stream(inner, self._deadline, self._left)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._inner.get_extra_info(info)


class Guard(httpcore2.NetworkBackend):
    """Connects to judged addresses only."""

    def __init__(self, seconds: float, most: int, loopback: Iterable[int] = ()) -> None:
        """All connections together may take `seconds`; each may bring `most` bytes."""
        self._deadline = time.monotonic() + seconds
        self._most, self._loopback = most, frozenset(loopback)
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, judge every address, connect to the first."""
        addresses = resolve(host, port)
        for address in addresses:  # one private address among public ones is an attack as well
            judge(address, port, self._loopback)
        rest = self._deadline - time.monotonic()
        if rest <= 0:
            raise httpcore2.ConnectTimeout("it took too long")
        limit = min(rest, timeout) if timeout is not None else rest
        inner = self._inner.connect_tcp(addresses[0], port, limit, local_address, socket_options)
        return Stream(inner, self._deadline, self._most)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore2.NetworkStream:
        """Never."""
        del path, timeout, socket_options
        raise Refused("a socket of this machine is not an address of the public internet")

    def sleep(self, seconds: float) -> None:
        """Wait, but not past the end."""
        time.sleep(max(min(seconds, self._deadline - time.monotonic()), 0))


def resolve(host: str, port: int) -> list[str]:
    """Give the addresses of a name, IPv4 first; raises Refused where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"{host} is not known") from None
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    return sorted(addresses, key=lambda address: ":" in address)
