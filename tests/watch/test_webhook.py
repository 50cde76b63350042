"""Webhooks against a real server: signed, bounded, never sent to what is near unless allowed."""

import hashlib
import hmac
import ipaddress
import socket
from datetime import UTC, datetime

import pytest
from tests.watch.conftest import Receiver

from openclout.errors import InputError, NotDelivered
from openclout.webhook import TRIES, Hook, check_url, is_public, send

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
BODY = b'{"rule":"moved 5 points in a week"}'


def hook(receiver: Receiver, path: str = "/hook?key=1", allow: bool = True) -> Hook:
    """Name the server."""
    return Hook(receiver.url + path, "s3cret", allow)


def test_it_arrives_once_and_the_signature_covers_time_and_body(receiver: Receiver) -> None:
    assert send(hook(receiver), BODY, NOW) == 204
    [(path, headers, body)] = receiver.got
    assert (path, body) == ("/hook?key=1", BODY)
    stamp = headers["X-OpenClout-Timestamp"]
    assert stamp == str(int(NOW.timestamp()))
    expected = hmac.new(b"s3cret", stamp.encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert headers["X-OpenClout-Signature"] == f"sha256={expected}"
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


def test_nobody_there_is_told(receiver: Receiver) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotDelivered, match="ConnectionRefusedError"):
        send(Hook(f"http://127.0.0.1:{port}/", "s", True), BODY, NOW, lambda _seconds: None)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::1]",  # noqa: S104
     "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
     "169.254.169.254", "[fe80::1]", "[fd00::1]", "100.64.0.1", "224.0.0.1", "[2002:7f00:1::]"],
)  # fmt: skip
def test_nothing_is_sent_near_unless_it_is_allowed(host: str, receiver: Receiver) -> None:
    port = receiver.url.rpartition(":")[2]
    near = Hook(f"http://{host}:{port}/", "s")
    with pytest.raises(InputError, match=r"of this machine or a private network.*--allow-local"):
        send(near, BODY, NOW, lambda _seconds: None)
    assert receiver.got == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.example/", "gopher://x.example", "javascript:alert(1)",
     "http://", "//x.example", "x.example", "http://user:word@x.example/", "http://x.example:0/",
     "http://x.example:99999/", "http://x.example/a b", "http://x.example/\r\nHost: y", ""],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="nothing may be sent to"):
        check_url(url)


def test_public_addresses_are() -> None:
    for text in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"):
        assert is_public(ipaddress.ip_address(text))
