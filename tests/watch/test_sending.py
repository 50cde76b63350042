"""Sending to a real server: signed, bounded, never near unless allowed, no redirect followed.

The door itself is attacked in tests/web/test_fetching.py.
"""

import hashlib
import hmac
import socket
from datetime import UTC, datetime

import pytest
from tests.watch.conftest import Receiver

from openclout.cli.sending import TRIES, Hook, check_hook, send
from openclout.errors import InputError, NotDelivered

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
BODY = b'{"rule":"moved 5 points in a week"}'


def hook(receiver: Receiver, path: str = "/hook?key=1", allow: bool = True) -> Hook:
    """Name the server."""
    return Hook(receiver.url + path, "s3cret", allow)


def test_it_arrives_once_and_the_signature_covers_time_and_body(receiver: Receiver) -> None:
    assert send(hook(receiver), BODY, NOW) == 204
    [(path, headers, body)] = receiver.got
    assert (path, body) == ("/hook?key=1", BODY)
    stamp = str(int(NOW.timestamp()))
    expected = hmac.new(b"s3cret", stamp.encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert headers["OpenClout-Signature"] == f"t={stamp},v1={expected}"
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"] == receiver.url.removeprefix("http://")


def test_what_may_pass_is_tried_again_with_longer_pauses(receiver: Receiver) -> None:
    receiver.answers = [503, 429]
    pauses: list[float] = []
    assert send(hook(receiver), BODY, NOW, pauses.append) == 204
    assert pauses == [1.0, 2.0]
    assert len(receiver.got) == 3


@pytest.mark.parametrize("status", [500, 429, 0])
def test_the_tries_are_bounded(status: int, receiver: Receiver) -> None:
    receiver.answers = [status] * 9
    with pytest.raises(NotDelivered, match="nobody took the message"):
        send(hook(receiver), BODY, NOW, lambda _seconds: None)
    assert len(receiver.got) == TRIES


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 410])
def test_what_is_final_is_tried_once_and_redirects_are_not_followed(
    status: int, receiver: Receiver
) -> None:
    receiver.answers = [status]
    with pytest.raises(NotDelivered, match=f"it answered {status}") as caught:
        send(hook(receiver), BODY, NOW, lambda _seconds: None)
    assert len(receiver.got) == 1
    assert "key=1" not in str(caught.value)  # a query may hold a secret


def test_nobody_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotDelivered, match="did not answer"):
        send(Hook(f"http://127.0.0.1:{port}/", "s", True), BODY, NOW, lambda _seconds: None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_nothing_is_sent_near_unless_it_is_allowed(host: str, receiver: Receiver) -> None:
    port = receiver.url.rpartition(":")[2]
    near = Hook(f"http://{host}:{port}/", "s")
    with pytest.raises(NotDelivered):
        send(near, BODY, NOW, lambda _seconds: None)
    with pytest.raises(InputError, match="nothing may be sent to"):
        check_hook(near)
    assert receiver.got == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.example/", "javascript:alert(1)", "http://", "x.example",
     "http://user:word@x.example/", "http://x.example:99999/", "http://x.example/a b",
     "http://10.0.0.1/", "http://169.254.169.254/latest", ""],
)  # fmt: skip
def test_what_may_get_nothing_is_refused_when_it_is_named(url: str) -> None:
    with pytest.raises(InputError, match="nothing may be sent to"):
        check_hook(Hook(url, "s"))
