"""Which addresses the site may ask: public ones, resolved once and then connected to as resolved.

A user's address can lead into the operator's own net: by a private number, by a name that means
one, by a redirect, or by a name that means another number when it is asked a second time
(rebinding). So a name is resolved here, every number that it means is looked at, and the connection
goes to the number that was looked at.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """An address that is not asked, or did not answer; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a request goes: the parts of its address, and the numbers that its name means now."""

    scheme: str
    host: str
    port: int
    path: str
    numbers: tuple[str, ...]

    @property
    def named(self) -> str:
        """The host as the `Host` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def find_goal(url: str, reachable: tuple[str, ...] = ()) -> Goal:
    """Resolve an address; raises Unreachable where it may not be asked.

    `reachable` are `host:port` of the operator's own net that may be asked all the same.
    """
    scheme, host, port, path = _parts(url)
    known = f"{host}:{port}" in reachable
    if not known and port != PORTS[scheme]:
        raise Unreachable(f"only the usual ports are asked, not {port}")
    numbers = _resolve(host, port)
    if not known and not all(is_public(number) for number in numbers):
        raise Unreachable(f"{host} is no address that everybody can reach")
    return Goal(scheme, host, port, path, numbers)


def _parts(url: str) -> tuple[str, str, int, str]:
    if len(url) > 2000 or _ODD.search(url) or not url.isascii():
        raise Unreachable("the address has letters that none may have")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unreachable("this is no address") from None
    if parts.scheme not in PORTS or not host:
        raise Unreachable("an address starts with https:// and a name")
    if "@" in parts.netloc:
        raise Unreachable("an address with a user's name in it is not asked")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host.rstrip("."), port or PORTS[parts.scheme], path


def _resolve(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"nothing is called {host}") from None
    return tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def is_public(number: str) -> bool:
    """Tell whether a number of IP's is one that everybody can reach.

    >>> [is_public(number) for number in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1")]
    [True, False, False]
    """
    seen = ipaddress.ip_address(number)
    return all(one.is_global and not one.is_multicast for one in (seen, *_within(seen)))


def _within(seen: Number) -> list[Number]:
    """Give the IPv4 numbers that an IPv6 number stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(seen, ipaddress.IPv4Address):
        return []
    found: list[Number] = [one for one in (seen.ipv4_mapped, seen.sixtofour) if one]
    found += seen.teredo or ()
    if seen in _NAT64:
        found.append(ipaddress.IPv4Address(int(seen) & 0xFFFFFFFF))
    return found
