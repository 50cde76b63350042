"""Sending what a watch found to somebody's address: signed, bounded, and never near unless allowed.

The same door as the site's webhooks (web/fetching): http and https only, every number that a name
means is looked at, the connection goes to the number that was looked at, no redirect is followed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from openclout.errors import InputError, NotDelivered
from openclout.web.fetching.fetch import post
from openclout.web.fetching.guard import Unreachable, find_goal
from openclout.web.fetching.signature import sign

TRIES = 3
_PAUSE = 1.0  # seconds before the second try, twice as many before each next
_AGAIN = (408, 425, 429)
"""Answers that may be another at the next try; so may those from 500 on."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to send, the secret to sign with, and whether it may be near us."""

    url: str
    secret: str
    allow_local: bool = False

    @property
    def reachable(self) -> tuple[str, ...]:
        """The places near us that may be asked: this one, or none."""
        try:
            parts = urlsplit(self.url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        except ValueError:
            return ()
        return (f"{parts.hostname}:{port}",) if self.allow_local else ()

    @property
    def shown(self) -> str:
        """The address without its query, where secrets stand."""
        return urlsplit(self.url)._replace(query="", fragment="").geturl()


def check_hook(hook: Hook) -> None:
    """Raise InputError where nothing may be sent to."""
    try:
        find_goal(hook.url, hook.reachable)
    except Unreachable as error:
        raise InputError(
            f'nothing may be sent to "{hook.url}": {error}',
            place="--webhook",
            fix="give an address such as https://hooks.example/openclout, or add --allow-local",
        ) from None


def send(
    hook: Hook, body: bytes, now: datetime, pause: Callable[[float], None] = time.sleep
) -> int:
    """Send a JSON body, trying up to three times; give the status of the answer, 200 to 299.

    Raises NotDelivered where nobody took it, or nothing may be sent there.
    """
    headers = {
        "Content-Type": "application/json",
        "OpenClout-Event": "watch",
        "OpenClout-Signature": sign(hook.secret, body, now),
    }
    said = ""
    for attempt in range(TRIES):
        if attempt:
            pause(_PAUSE * 2 ** (attempt - 1))
        try:
            status = post(hook.url, body, headers, hook.reachable).status
        except Unreachable as error:
            said = str(error)
            continue
        if 200 <= status < 300:
            return status
        said = f"it answered {status}"
        if status < 500 and status not in _AGAIN:
            break
    raise NotDelivered(
        f"nobody took the message ({said})",
        place=hook.shown,
        fix="mend the receiver; what was to be told is told at the next run",
    )
